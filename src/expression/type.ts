import { setSizeOf, sizeOf, type Node, type Scope } from "../schema/domain.ts";
import { fold } from "../schema/fold.ts";
import { setsOf, type Range } from "../model/action.ts";

/** What is known of a value before it is looked at. */
export type Type =
  | { readonly kind: "bool" }
  /** A whole number; `family` where it is the number of a member. */
  | { readonly kind: "number"; readonly min: number; readonly max: number; readonly family?: string }
  | { readonly kind: "word"; readonly values: readonly string[] }
  | { readonly kind: "set"; readonly family: string; readonly size: number }
  | { readonly kind: "vector"; readonly family: string; readonly size: number; readonly item: Node }
  | { readonly kind: "record"; readonly fields: Readonly<Record<string, Node>> };

/** A type of one kind. */
export type TypeOf<K extends Type["kind"]> = Extract<Type, { readonly kind: K }>;

const member = (scope: Scope, family: string): Type => ({
  kind: "number",
  min: 0,
  max: sizeOf(scope, family) - 1,
  family,
});
const setOf = (scope: Scope, family: string): Type => ({
  kind: "set",
  family,
  size: setSizeOf(scope, family),
});

/** The type of what stands at a node of a schema. */
export const typeOfNode = (node: Node, scope: Scope): Type =>
  fold<Type>({
    bool: () => ({ kind: "bool" }),
    int: ({ min, max }) => ({ kind: "number", min, max }),
    oneOf: ({ values }) => ({ kind: "word", values }),
    index: ({ family }) => member(scope, family),
    set: ({ family }) => setOf(scope, family),
    vector: ({ family, item }) => ({ kind: "vector", family, size: sizeOf(scope, family), item }),
    record: ({ fields }) => ({ kind: "record", fields }),
  })(node);

/** The type of an argument; undefined where its values are of several types. */
export const typeOfRange = (range: Range, scope: Scope): Type | undefined => {
  if (typeof range === "string") return member(scope, range);
  const family = setsOf(range);
  if (family !== undefined) return setOf(scope, family);
  const values = range as readonly (string | number)[];
  if (values.every((value) => typeof value === "string")) return { kind: "word", values };
  if (!values.every((value) => typeof value === "number")) return undefined;
  const sorted = values.toSorted((a, b) => a - b);
  return { kind: "number", min: sorted[0], max: sorted[sorted.length - 1] };
};

/** More words than these are not listed. */
const FEW = 12;

/** A type in words: `a number 0..2`. */
export const inWords = (type: Type): string => {
  switch (type.kind) {
    case "bool":
      return "true or false";
    case "number":
      return type.min === type.max ? `the number ${type.min}` : `a number ${type.min}..${type.max}`;
    case "word":
      return type.values.length > FEW ? "a word" : `one of ${type.values.join(", ")}`;
    case "set":
      return `a set of ${type.family}`;
    case "vector":
      return `a vector with one member for each ${type.family}`;
    case "record":
      return "a record of fields";
  }
};
