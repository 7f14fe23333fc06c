import { CheckError, nearest } from "../errors.ts";
import { own } from "./own.ts";
import { MOST_IN_SET } from "./set.ts";

/** A word for setting a field, and the value that sets it; any but its first where there is none. */
export interface Signal {
  readonly kind: string;
  readonly value?: string;
}

/** What a node is, in words; nothing that is derived from a schema depends on them. */
interface Told {
  readonly about?: string;
  /** What it is called that one actor sets it and another notices. */
  readonly signal?: Signal;
}

/** What a state is: a tree of small finite domains, from which every other view is derived. */
export type Node = Told & Shape;

type Shape =
  | { readonly kind: "bool" }
  | { readonly kind: "int"; readonly min: number; readonly max: number }
  | {
      readonly kind: "oneOf";
      readonly values: readonly string[];
      /** What each word means, in words of a reader's. */
      readonly meanings?: Readonly<Record<string, string>>;
    }
  | { readonly kind: "index"; readonly family: string }
  | { readonly kind: "set"; readonly family: string }
  | { readonly kind: "vector"; readonly family: string; readonly item: Node }
  | { readonly kind: "record"; readonly fields: Readonly<Record<string, Node>> };

/** A node that holds a value itself. */
export type LeafNode = Exclude<Node, { readonly kind: "vector" | "record" }>;

/** A finite set of `T`. The type parameter is seen by the type checker only. */
export interface Domain<out T> {
  readonly node: Node;
  readonly _?: { readonly value: T };
}

/** The values of a domain, as a type: `type State = ValueOf<typeof State>`. */
export type ValueOf<D> = D extends Domain<infer T> ? T : never;

/** How many members each family has in one run, for example `{ vcpu: 2, generation: 3 }`. */
export type Scope = Readonly<Record<string, number>>;

/** True or false. */
export const bool: Domain<boolean> = { node: { kind: "bool" } };

/** The integers `min` to `max`, both included and safe, at most 2^31. @throws CheckError when that is no range of integers. */
export const int = (min: number, max: number): Domain<number> => {
  if (!Number.isInteger(min) || !Number.isInteger(max) || max < min)
    throw new CheckError("model", `int(${min}, ${max}) is no range of integers`);
  if (!Number.isSafeInteger(min) || !Number.isSafeInteger(max))
    throw new CheckError("limit", `int(${min}, ${max}) goes beyond the safe integers, where n + 1 may be n`);
  if (max - min >= 2 ** 31) throw new CheckError("limit", `int(${min}, ${max}) has more than 2^31 members`);
  return { node: { kind: "int", min, max } };
};

/** One of the given words. @throws CheckError when there is no word, or a word is given twice. */
export const oneOf = <const V extends readonly string[]>(...values: V): Domain<V[number]> => {
  if (values.length === 0) throw new CheckError("model", "oneOf needs a word");
  if (new Set(values).size !== values.length)
    throw new CheckError("model", `oneOf has a word twice: ${values.join(", ")}`);
  return { node: { kind: "oneOf", values } };
};

/** A word that an object would put before all others, whatever its place: `"0"`, `"12"`. */
const isNumber = (word: string): boolean => /^(0|[1-9]\d*)$/.test(word);

/**
 * One of the words that are the keys, each with what it means: `words({ IDLE: "nothing is under way", SENT: "..." })`.
 * @throws CheckError when there is no word, or one is a whole number, whose place among the others would be lost.
 */
export const words = <const V extends Readonly<Record<string, string>>>(
  meanings: V,
): Domain<keyof V & string> => {
  const values = Object.keys(meanings);
  const number = values.find(isNumber);
  if (number !== undefined)
    throw new CheckError("model", `words({ "${number}": ... }): write whole numbers with oneOf`);
  if (values.length === 0) throw new CheckError("model", "words needs a word");
  return { node: { kind: "oneOf", values, meanings } };
};

/** The same domain, and in a sentence what it is for: `amount: about("Gallons in the jug.", int(0, 5))`. */
export const about = <T>(sentence: string, domain: Domain<T>): Domain<T> => ({
  node: { ...domain.node, about: sentence },
});

/** A member of a family, as its number from 0. */
export const index = (family: string): Domain<number> => ({ node: { kind: "index", family } });

/** A set of members of a family, as a bit mask; read and written with `has`, `add`, `del` and `none`. At most 30 members. */
export const set = (family: string): Domain<number> => ({ node: { kind: "set", family } });

/** One `item` for each member of a family. */
export const vector = <T>(family: string, item: Domain<T>): Domain<readonly T[]> => ({
  node: { kind: "vector", family, item: item.node },
});

/** Named fields. */
export const record = <F extends Readonly<Record<string, Domain<unknown>>>>(
  fields: F,
): Domain<{ readonly [K in keyof F]: ValueOf<F[K]> }> => ({
  node: {
    kind: "record",
    fields: Object.fromEntries(Object.entries(fields).map(([name, domain]) => [name, domain.node])),
  },
});

/** The most members that a family may have. */
const MOST_MEMBERS = 64;

/** The number of members of `family`. @throws CheckError when the scope does not size it, or sizes it outside 1 to 64. */
export const sizeOf = (scope: Scope, family: string): number => {
  const size = own(scope, family);
  if (size === undefined) {
    const near = nearest(family, Object.keys(scope));
    throw new CheckError(
      "model",
      `the scope gives no size for the family "${family}"${near === undefined ? "" : ` (did you mean "${near}"?)`}:` +
        ` write its number of members there, as in { ${JSON.stringify(family)}: 2 }`,
    );
  }
  if (!Number.isInteger(size) || size < 1 || size > MOST_MEMBERS)
    throw new CheckError(
      "limit",
      `the scope gives the family "${family}" the size ${String(size)}: a family has 1 to ${MOST_MEMBERS} members`,
    );
  return size;
};

/** The number of members of a family that there are sets of. @throws CheckError as `sizeOf`, and when a set cannot hold them. */
export const setSizeOf = (scope: Scope, family: string): number => {
  const size = sizeOf(scope, family);
  if (size > MOST_IN_SET)
    throw new CheckError(
      "limit",
      `the family "${family}" has ${size} members: a set holds at most ${MOST_IN_SET}, so make the family smaller in the scope`,
    );
  return size;
};
