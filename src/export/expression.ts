import type { Choice } from "./choice.ts";
import type { Variable } from "./names.ts";
import { KEEP } from "./rules.ts";

/** How a format writes expressions. */
export interface Operators {
  readonly and: string;
  readonly or: string;
  readonly equals: string;
  readonly differs: string;
  readonly otherwise: (condition: string, then: string, rest: string) => string;
  readonly no: string;
  readonly yes: string;
}

/** The variable of a leaf, as it is to be read. */
export type VariableOf = (leaf: number) => Variable;

/** Writes choices as expressions of a format. */
export class Expressions {
  readonly #operators: Operators;

  constructor(operators: Operators) {
    this.#operators = operators;
  }

  /** A choice between 0 and 1 as a condition. */
  condition(choice: Choice, of: VariableOf): string {
    const { and, or, no, yes } = this.#operators;
    if (typeof choice === "number") return choice === 0 ? no : yes;
    const variable = of(choice.leaf);
    const ways = choice.ways
      .filter(({ gives }) => gives !== 0)
      .map((way) => {
        const here = this.#among(variable, way.codes);
        if (way.gives === 1) return here;
        // oxlint-disable-next-line unbounded/no-recursion -- as deep as leaves are read one after the other
        const below = this.condition(way.gives, of);
        // Where it is true on all other ways, they need not be told apart from this one.
        const needless = choice.ways.every((other) => other === way || other.gives === 1);
        return needless ? below : `(${here} ${and} ${below})`;
      });
    return ways.length === 1 ? ways[0] : `(${ways.join(` ${or} `)})`;
  }

  /** Any of some conditions. */
  any(choices: readonly Choice[], of: VariableOf): string {
    const { or, no, yes } = this.#operators;
    if (choices.includes(1)) return yes;
    const open = [
      ...new Set(choices.filter((choice) => choice !== 0).map((choice) => this.condition(choice, of))),
    ];
    return open.length === 0 ? no : open.length === 1 ? open[0] : `(${open.join(` ${or} `)})`;
  }

  /** A choice among the values of a variable; `keep` is what it is where it stays. */
  value(choice: Choice, target: Variable, keep: string, of: VariableOf): string {
    if (choice === KEEP) return keep;
    if (typeof choice === "number") return target.text(choice);
    const variable = of(choice.leaf);
    return choice.ways
      .map(({ codes, gives }) => ({
        codes,
        // oxlint-disable-next-line unbounded/no-recursion -- as deep as leaves are read one after the other
        text: this.value(gives, target, keep, of),
      }))
      .reduceRight<string | undefined>(
        (rest, { codes, text }) =>
          rest === undefined ? text : this.#operators.otherwise(this.#among(variable, codes), text, rest),
        undefined,
      )!;
  }

  /** That a variable has one of some of its codes. */
  #among({ name, codes: all, text }: Variable, codes: readonly number[]): string {
    const { and, or, equals, differs } = this.#operators;
    const others = all.filter((code) => !codes.includes(code));
    const [operator, joined, named] =
      codes.length <= others.length || others.length === 0
        ? [equals, or, all.filter((code) => codes.includes(code))]
        : [differs, and, others];
    const parts = named.map((code) => `${name} ${operator} ${text(code)}`);
    return parts.length === 1 ? parts[0] : `(${parts.join(` ${joined} `)})`;
  }
}
