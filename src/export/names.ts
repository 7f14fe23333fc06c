import type { Leaf } from "../derive/component.ts";
import type { PathKey } from "../state-path.ts";

/** Words that mean something in one of the formats, or in the C that is made of it. */
const TAKEN: ReadonlySet<string> = new Set(
  (
    "active alias array assert assume atomic begin bit bool boolean break by byte case chan clear const cover cproctype " +
    "d_step do else elsif empty end enabled endalias endexists endfor endforall endfunction endif endprocedure endrecord " +
    "endrule endruleset endstartstate endswitch endwhile enum error eval exists false fi flush for forall from full " +
    "function get_priority goto hidden if in init inline int invariant is isundefined len liveness local ltl mtype nempty " +
    "never nfull notrace np_ od of pc_value pid printf priority procedure proctype property provided put record return " +
    "rule ruleset run scalarset select set_priority short show skip smallest startstate stop switch system then timeout to " +
    "trace true type typedef undefine union unless unsigned var while xr xs " +
    "auto char continue default double extern float long main register signed sizeof static struct void volatile now " +
    "nothing world"
  ).split(" "),
);

/** Gives each text a name of its own that all formats take: letters, digits and underscores, whatever their case. */
export class Names {
  readonly #given = new Set<string>(TAKEN);

  /** A name like the text that was not given before. */
  of(text: string): string {
    const plain = text.replaceAll(/\W+/g, "_").replace(/_+$/, "");
    const base = /^[a-z]/i.test(plain) ? plain : `x_${plain.replace(/^_+/, "")}`;
    let name = base;
    for (let n = 2; this.#given.has(name.toLowerCase()); n++) name = `${base}_${n}`;
    this.#given.add(name.toLowerCase());
    return name;
  }
}

/** A word that a leaf may be, and the name of its code. */
export interface Word {
  readonly name: string;
  readonly code: number;
}

/** A leaf as formats write it. */
export interface Variable {
  readonly name: string;
  /** The name under which a rule keeps the value that it had before. */
  readonly before: string;
  /** The codes that it has in some state, in ascending order. */
  readonly codes: readonly number[];
  /** A value as it is written where it is compared or assigned. */
  readonly text: (code: number) => string;
  /** A value as a number. */
  readonly number: (code: number) => number;
}

const patternOf = (path: readonly PathKey[]): string =>
  path.filter((key) => typeof key !== "number").join("_");

/** The leaves as variables, and the names of their words: one for all members of a vector. */
export const variablesOf = (
  leaves: readonly Leaf[],
  values: readonly (readonly number[])[],
): { readonly variables: readonly Variable[]; readonly words: readonly Word[] } => {
  const names = new Names();
  const own = leaves.map(({ path }) => names.of(path.join("_")));
  const words = new Map<string, Word>();
  const wordOf = (leaf: Leaf, code: number): string => {
    const pattern = `${patternOf(leaf.path)}_${String(leaf.decode(code))}`;
    const word = words.get(pattern) ?? { name: names.of(pattern), code };
    words.set(pattern, word);
    return word.name;
  };
  const variables = leaves.map((leaf, i): Variable => {
    const number = (code: number): number => (leaf.node.kind === "int" ? code + leaf.node.min : code);
    const isWord = leaf.node.kind === "oneOf";
    return {
      name: own[i],
      before: names.of(`before_${own[i]}`),
      codes: values[i],
      number,
      text: (code) => (isWord ? wordOf(leaf, code) : String(number(code))),
    };
  });
  for (const { codes, text } of variables) if (codes.length > 1) codes.forEach(text);
  return { variables, words: [...words.values()] };
};
