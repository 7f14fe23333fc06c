import type { Domain, LeafNode, Node, Scope } from "../schema/domain.ts";
import { sizeOf } from "../schema/domain.ts";
import { fold, leafCases } from "../schema/fold.ts";
import { CheckError } from "../errors.ts";
import { leavesOf, type Leaf } from "./component.ts";
import { leafCode } from "./leaf.ts";
import { checkFits } from "./check-fits.ts";
import { perScope } from "./per-scope.ts";

/** States as rows of leaf codes and back; `decode(encode(s))` equals `s`. */
export interface Codec<S> {
  /** The number of codes in a row. */
  readonly width: number;
  /** The codes of a state. @throws CheckError when a leaf is outside its domain, or the state has another shape. */
  readonly encode: (state: S) => Int32Array;
  readonly decode: (row: ArrayLike<number>) => S;
  /** The same, frozen through and through as it is made: to freeze it afterwards takes longer than to make it. */
  readonly decodeFrozen: (row: ArrayLike<number>) => S;
}

const made = perScope((domain: Domain<unknown>, scope): Codec<unknown> => {
  if (domain.node.kind !== "record" || Object.keys(domain.node.fields).length === 0)
    throw new CheckError("model", "the state of a model is a record, and has at least one field");
  const leaves = leavesOf(domain.node, scope);
  const write = writer(domain.node, scope);
  const encode = (state: unknown): Int32Array => {
    const row = new Int32Array(leaves.length);
    return write(state, row, 0) < 0 ? complain(state) : row;
  };
  const complain = (state: unknown): never => {
    checkFits(domain.node, state, [], scope);
    throw new Error("a state that cannot be encoded has nothing wrong with it");
  };
  return {
    width: leaves.length,
    encode,
    decode: decoder(domain.node, leaves, scope, (made) => made),
    decodeFrozen: decoder(domain.node, leaves, scope, Object.freeze),
  };
});

/** The codec of a schema in a scope. @throws CheckError `model` when it is no schema of states. */
export const codecOf = <S>(domain: Domain<S>, scope: Scope): Codec<S> => made(domain, scope) as Codec<S>;

/** Writes a value's codes into a row from a place on; gives the place after them, or -1 when the value does not fit. */
type Write = (value: unknown, row: Int32Array, at: number) => number;

const writer = (root: Node, scope: Scope): Write => {
  const leaf = (node: LeafNode): Write => {
    const { encode } = leafCode(node, scope);
    return (value, row, at) => {
      const code = encode(value);
      row[at] = code;
      return code < 0 ? -1 : at + 1;
    };
  };
  return fold<Write>({
    ...leafCases(leaf),
    vector: ({ family, item }, go) => {
      const write = go(item);
      const size = sizeOf(scope, family);
      return (value, row, at) => {
        if (!Array.isArray(value) || value.length !== size) return -1;
        let next = at;
        for (let i = 0; i < size && next >= 0; i++) next = write(value[i], row, next);
        return next;
      };
    },
    record: ({ fields }, go) => {
      const names = Object.keys(fields);
      const writers = Object.values(fields).map(go);
      return (value, row, at) => {
        if (typeof value !== "object" || value === null || Array.isArray(value)) return -1;
        let next = at;
        for (let i = 0; i < names.length && next >= 0; i++)
          next = writers[i]((value as Record<string, unknown>)[names[i]], row, next);
        return Object.keys(value).length === names.length ? next : -1;
      };
    },
  })(root);
};

/** Reads consume codes in the order of the schema, the order in which `leavesOf` lists the leaves. */
const decoder = (
  root: Node,
  leaves: readonly Leaf[],
  scope: Scope,
  finish: <T extends object>(made: T) => T,
): ((row: ArrayLike<number>) => unknown) => {
  type Cursor = { readonly row: ArrayLike<number>; next: number };
  type Read = (cursor: Cursor) => unknown;
  const leaf: Read = (cursor) => {
    const i = cursor.next++;
    return leaves[i].decode(cursor.row[i]);
  };
  const read = fold<Read>({
    ...leafCases(() => leaf),
    vector: ({ family, item }, go) => {
      const reader = go(item);
      const size = sizeOf(scope, family);
      return (cursor) => {
        const made: unknown[] = [];
        for (let i = 0; i < size; i++) made.push(reader(cursor));
        return finish(made);
      };
    },
    record: ({ fields }, go) => {
      const names = Object.keys(fields);
      const readers = Object.values(fields).map(go);
      return (cursor) => {
        const made: Record<string, unknown> = {};
        for (let i = 0; i < names.length; i++) made[names[i]] = readers[i](cursor);
        return finish(made);
      };
    },
  })(root);
  return (row) => read({ row, next: 0 });
};
