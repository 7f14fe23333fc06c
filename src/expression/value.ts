import type { Args } from "../model/action.ts";
import type { Node } from "../schema/domain.ts";
import { inText, ofType, refuse, type Checked, type Context } from "./checked.ts";
import { checkWord } from "./check-sides.ts";
import { contextOf } from "./check-term.ts";
import type { Expression } from "./condition.ts";
import type { Names } from "./names.ts";
import { parse } from "./syntax.ts";
import { inWords, typeOfNode, type Type, type TypeOf } from "./type.ts";

/** An expression whose value is written to a leaf of the state. */
export interface Value extends Expression {
  /** The value, from the state before the step and, where the expression may say `after.`, the state after it. */
  readonly of: (state: unknown, args: Args, after?: unknown) => boolean | number | string;
  /** Whether it says `after.` */
  readonly saysAfter: boolean;
}

/** Refuses a value that the target may not take. */
const checkFits = (value: Checked, target: Type, context: Context): void => {
  if (target.kind === "vector" || target.kind === "record")
    refuse(context, value.term, `what is written to is ${inWords(target)}: write to its fields one by one`);
  ofType(context, value, target);
  if (target.kind === "word") {
    checkWord(context, value, "what is written to", target.values);
    const odd = (value.type as TypeOf<"word">).values.find((word) => !target.values.includes(word));
    if (odd !== undefined)
      refuse(
        context,
        value.term,
        `${inText(context, value)} may be ${odd}, where ${inWords(target)} is wanted`,
      );
  }
  if (target.kind === "number") {
    const { min, max } = value.type as TypeOf<"number">;
    if (min < target.min || max > target.max)
      refuse(
        context,
        value.term,
        `${inText(context, value)} ${value.varies ? `may be ${max > target.max ? max : min}` : "is out of range"}, where ${inWords(target)} is wanted`,
      );
  }
  if (target.kind === "set" && (value.type as TypeOf<"set">).family !== target.family)
    refuse(
      context,
      value.term,
      `${inText(context, value)} is ${inWords(value.type)}, where ${inWords(target)} is wanted`,
    );
};

/**
 * Reads and checks the value that is written to a leaf of the kind of `target`. @throws ExpressionError with what is wrong
 * and where; also where the value may be outside the target's domain.
 */
export const valueOf = (text: string, names: Omit<Names, "step">, target: Node): Value => {
  const term = parse(text);
  const context = contextOf(text, names);
  const value = context.check(term, context);
  checkFits(value, typeOfNode(target, names.scope), context);
  return {
    text,
    reads: [...context.reads],
    saysAfter: context.noted.saysAfter,
    of: (state, args, after) =>
      value.run({ state, after, action: "", args, at: [] }) as boolean | number | string,
  };
};
