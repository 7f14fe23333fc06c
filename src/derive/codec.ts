import { domainError, undeclaredError } from "../errors.ts";
import type { Domain, Node, Scope } from "../schema/domain.ts";
import { sizeOf } from "../schema/domain.ts";
import { fold } from "../schema/fold.ts";
import { leavesOf, type Leaf, type PathKey } from "./component.ts";

/** States as rows of leaf codes and back; `decode(encode(s))` equals `s`. */
export interface Codec<S> {
  /** The number of codes in a row. */
  readonly width: number;
  /** The codes of a state. @throws CheckError when a leaf is outside its domain, or the state has another shape. */
  readonly encode: (state: S) => Int32Array;
  readonly decode: (row: ArrayLike<number>) => S;
}

const at = (value: unknown, path: readonly PathKey[]): unknown => {
  let here = value;
  for (const key of path) here = (here as Record<PathKey, unknown> | undefined)?.[key];
  return here;
};

/** Complains about fields the schema does not have, and about vectors of another length. */
const checkShape = (node: Node, value: unknown, path: readonly PathKey[], scope: Scope): void => {
  if (node.kind === "record") {
    for (const key of Object.keys((value ?? {}) as object)) {
      const child = node.fields[key];
      if (child === undefined) throw undeclaredError([...path, key]);
      checkShape(child, (value as Record<string, unknown>)[key], [...path, key], scope);
    }
  } else if (node.kind === "vector") {
    const size = sizeOf(scope, node.family);
    if (!Array.isArray(value) || value.length !== size)
      throw domainError(path, value, `vector(${node.family}) of ${size}`);
    value.forEach((item, i) => checkShape(node.item, item, [...path, i], scope));
  }
};

/** The codec of a schema in a scope. */
export const codecOf = <S>(domain: Domain<S>, scope: Scope): Codec<S> => {
  const leaves = leavesOf(domain.node, scope);
  const encode = (state: S): Int32Array => {
    checkShape(domain.node, state, [], scope);
    return Int32Array.from(leaves, (leaf) => {
      const value = at(state, leaf.path);
      const code = leaf.encode(value);
      if (code < 0) throw domainError(leaf.path, value, leaf.name);
      return code;
    });
  };
  return {
    width: leaves.length,
    encode,
    decode: decoder(domain.node, leaves, scope) as (row: ArrayLike<number>) => S,
  };
};

/** Reads consume codes in the order of the schema, the order in which `leavesOf` lists the leaves. */
const decoder = (
  root: Node,
  leaves: readonly Leaf[],
  scope: Scope,
): ((row: ArrayLike<number>) => unknown) => {
  type Cursor = { readonly row: ArrayLike<number>; next: number };
  type Read = (cursor: Cursor) => unknown;
  const leaf: Read = (cursor) => {
    const i = cursor.next++;
    return leaves[i]!.decode(cursor.row[i]!);
  };
  const read = fold<Read>({
    bool: () => leaf,
    int: () => leaf,
    oneOf: () => leaf,
    index: () => leaf,
    set: () => leaf,
    vector: ({ family, item }, go) => {
      const reader = go(item);
      return (cursor) => Array.from({ length: sizeOf(scope, family) }, () => reader(cursor));
    },
    record: ({ fields }, go) => {
      const readers = Object.entries(fields).map(([name, child]) => [name, go(child)] as const);
      return (cursor) => Object.fromEntries(readers.map(([name, reader]) => [name, reader(cursor)]));
    },
  })(root);
  return (row) => read({ row, next: 0 });
};
