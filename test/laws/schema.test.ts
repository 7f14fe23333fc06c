import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { codecOf } from "../../src/derive/codec.ts";
import { leavesOf } from "../../src/derive/component.ts";
import type { PathKey } from "../../src/state-path.ts";
import { CheckError, pathText } from "../../src/errors.ts";
import type { Node, Scope } from "../../src/schema/domain.ts";
import { fold } from "../../src/schema/fold.ts";
import { arbitraryScope, arbitrarySchema, twoStates } from "../fixtures/arbitrary-schema.ts";
import { runs } from "../fixtures/runs.ts";

/** The tree again, counted without the walk that the codec uses. */
const sizeOf = (node: Node, scope: Scope): number =>
  fold<number>({
    bool: () => 1,
    int: () => 1,
    oneOf: () => 1,
    index: () => 1,
    set: () => 1,
    vector: ({ family, item }, go) => scope[family] * go(item),
    record: ({ fields }, go) => Object.values(fields).reduce((sum, child) => sum + go(child), 0),
  })(node);

const valueAt = (state: unknown, path: readonly PathKey[]): unknown =>
  path.reduce((here, key) => (here as Record<PathKey, unknown>)[key], state);
/** `state` with another value at `path`; a value of `undefined` stays as a field that holds it. */
const withValue = (state: unknown, path: readonly PathKey[], value: unknown): unknown => {
  const copy = structuredClone(state);
  const parent = valueAt(copy, path.slice(0, -1)) as Record<PathKey, unknown>;
  parent[path.at(-1)!] = value;
  return copy;
};
const refused = (encode: () => unknown): CheckError => {
  try {
    encode();
  } catch (error) {
    if (error instanceof CheckError) return error;
    throw error;
  }
  throw new Error("it was encoded");
};

describe("codec", () => {
  test("decode undoes encode", () => {
    fc.assert(
      fc.property(twoStates, ({ schema, scope, a }) => {
        const { encode, decode } = codecOf(schema, scope);
        expect(decode(encode(a))).toEqual(a);
      }),
    );
  });

  test("two states have the same row exactly when they are equal", () => {
    fc.assert(
      fc.property(twoStates, ({ schema, scope, a, b }) => {
        const { encode } = codecOf(schema, scope);
        const leaves = leavesOf(schema.node, scope);
        const equal = leaves.every(({ path }) => valueAt(a, path) === valueAt(b, path));
        expect(encode(a).join() === encode(b).join()).toBe(equal);
      }),
    );
  });

  test("a row has one code for each leaf, below the size of the leaf", () => {
    fc.assert(
      fc.property(twoStates, ({ schema, scope, a }) => {
        const { width, encode } = codecOf(schema, scope);
        const leaves = leavesOf(schema.node, scope);
        const row = encode(a);
        expect([width, row.length, leaves.length]).toEqual(Array(3).fill(sizeOf(schema.node, scope)));
        leaves.forEach(({ size }, i) => expect(row[i]).toSatisfy((code) => code >= 0 && code < size));
      }),
    );
  });

  test("every code of a leaf stands for one value", () => {
    fc.assert(
      fc.property(arbitrarySchema, arbitraryScope, (schema, scope) => {
        for (const { size, encode, decode } of leavesOf(schema.node, scope)) {
          const codes = Array.from({ length: size }, (_, code) => code);
          expect(codes.map((code) => encode(decode(code)))).toEqual(codes);
        }
      }),
    );
  });

  const outside = fc.constantFrom(NaN, undefined, null, 0.5, Infinity, 1e9, -1e9, "no such word", {}, []);
  test("a leaf outside its domain is refused by its path", () => {
    fc.assert(
      fc.property(twoStates, outside, fc.nat(), ({ schema, scope, a }, value, pick) => {
        const leaves = leavesOf(schema.node, scope);
        fc.pre(leaves.length > 0);
        const { path } = leaves[pick % leaves.length];
        const error = refused(() => codecOf(schema, scope).encode(withValue(a, path, value)));
        expect(error.code).toBe("domain");
        expect(error.message).toContain(pathText(path));
      }),
    );
  });

  test("a bool is no number and a number no bool", () => {
    const flags = { node: { kind: "record", fields: { on: { kind: "bool" } } } } as const;
    const counts = { node: { kind: "record", fields: { n: { kind: "int", min: 0, max: 1 } } } } as const;
    expect(refused(() => codecOf(flags, {}).encode({ on: 1 })).message).toContain("on = 1 is outside bool");
    expect(refused(() => codecOf(counts, {}).encode({ n: true })).message).toContain("n = true is outside");
  });

  test("minus zero is zero", () => {
    const schema = { node: { kind: "record", fields: { n: { kind: "int", min: -1, max: 1 } } } } as const;
    const { encode, decode } = codecOf<unknown>(schema, {});
    expect(encode({ n: -0 }).join()).toBe(encode({ n: 0 }).join());
    expect(decode(encode({ n: -0 }))).toEqual({ n: 0 });
  });

  /** Every record and vector of a state, with its path. */
  const branches = (node: Node, value: unknown, path: readonly PathKey[] = []): readonly Branch[] => {
    if (node.kind === "record")
      return [
        { node, path },
        ...Object.entries(node.fields).flatMap(([name, child]) =>
          branches(child, valueAt(value, [name]), [...path, name]),
        ),
      ];
    if (node.kind === "vector")
      return [
        { node, path },
        ...(value as readonly unknown[]).flatMap((item, i) => branches(node.item, item, [...path, i])),
      ];
    return [];
  };
  const spoilt = fc.constantFrom<readonly [string, (value: object) => unknown]>(
    ["undefined", () => undefined],
    ["null", () => null],
    ["a number", () => 3],
    ["a word", () => "idle"],
    ["one field too many", (value) => ({ ...value, surplus: 0 })],
    ["a field that every object inherits", (value) => ({ ...value, valueOf: 0 })],
    ["one member too many", (value) => (Array.isArray(value) ? [...value, value[0]] : [])],
    ["a member missing", (value) => (Array.isArray(value) ? value.slice(1) : [])],
  );
  test("a record or vector of another shape is refused", () => {
    fc.assert(
      fc.property(twoStates, spoilt, fc.nat(), ({ schema, scope, a }, [, spoil], pick) => {
        const all = branches(schema.node, a);
        const { path } = all[pick % all.length];
        const value = spoil(valueAt(a, path) as object);
        const state = path.length === 0 ? value : withValue(a, path, value);
        expect(refused(() => codecOf(schema, scope).encode(state)).code).toBe("domain");
      }),
      { numRuns: runs(400) },
    );
  });

  test("a field that is not there is refused", () => {
    fc.assert(
      fc.property(twoStates, fc.nat(), ({ schema, scope, a }, pick) => {
        const records = branches(schema.node, a).filter(
          ({ node }) => node.kind === "record" && Object.keys(node.fields).length > 0,
        );
        const { path } = records[pick % records.length];
        const copy = structuredClone(a);
        const holder = valueAt(copy, path) as Record<string, unknown>;
        delete holder[Object.keys(holder)[0]];
        expect(refused(() => codecOf(schema, scope).encode(copy)).code).toBe("domain");
      }),
    );
  });
});

interface Branch {
  readonly node: Node;
  readonly path: readonly PathKey[];
}
