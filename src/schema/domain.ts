/** What a state is: a tree of small finite domains, from which every other view is derived. */
export type Node =
  | { readonly kind: "bool" }
  | { readonly kind: "int"; readonly min: number; readonly max: number }
  | { readonly kind: "oneOf"; readonly values: readonly string[] }
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

/** The integers `min` to `max`, both included, at most 2^31. @throws RangeError when that is no range of integers. */
export const int = (min: number, max: number): Domain<number> => {
  if (!Number.isInteger(min) || !Number.isInteger(max) || max < min)
    throw new RangeError(`int(${min}, ${max}) is no range of integers`);
  if (max - min >= 2 ** 31) throw new RangeError(`int(${min}, ${max}) has more than 2^31 members`);
  return { node: { kind: "int", min, max } };
};

/** One of the given words. @throws RangeError when there is no word, or a word is given twice. */
export const oneOf = <const V extends readonly string[]>(...values: V): Domain<V[number]> => {
  if (values.length === 0) throw new RangeError("oneOf needs a word");
  if (new Set(values).size !== values.length)
    throw new RangeError(`oneOf has a word twice: ${values.join(", ")}`);
  return { node: { kind: "oneOf", values } };
};

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

/** The number of members of `family`. @throws RangeError when the scope does not size it, or sizes it outside 1 to 64. */
export const sizeOf = (scope: Scope, family: string): number => {
  const size = scope[family];
  if (size === undefined) throw new RangeError(`the scope gives no size for the family "${family}"`);
  if (!Number.isInteger(size) || size < 1 || size > 64)
    throw new RangeError(`the scope gives the family "${family}" the size ${size}; sizes are 1 to 64`);
  return size;
};
