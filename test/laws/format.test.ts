import fc from "fast-check";
import { enablePatches, produceWithPatches } from "immer";
import { describe, expect, test } from "vitest";
import { leavesOf } from "../../src/derive/component.ts";
import type { PathKey } from "../../src/state-path.ts";
import { formatOf } from "../../src/derive/format.ts";
import { pathText } from "../../src/errors.ts";
import { twoStates } from "../fixtures/arbitrary-schema.ts";

enablePatches();

const parentOf = (state: unknown, path: readonly PathKey[]): Record<PathKey, unknown> =>
  path.slice(0, -1).reduce<unknown>((here, key) => (here as Record<PathKey, unknown>)[key], state) as Record<
    PathKey,
    unknown
  >;
/** The value at a path that is not empty. */
const valueAt = (state: unknown, path: readonly PathKey[]): unknown => parentOf(state, path)[path.at(-1)!];

describe("format", () => {
  test("a state is printed with every leaf once", () => {
    fc.assert(
      fc.property(twoStates, ({ schema, scope, a }) => {
        const names = formatOf(schema, scope)
          .state(a)
          .map((line) => line.slice(0, line.indexOf(" = ")));
        expect(names).toEqual(leavesOf(schema.node, scope).map(({ path }) => pathText(path)));
        expect(new Set(names).size).toBe(names.length);
      }),
    );
  });

  test("two states are printed alike exactly when they do not differ", () => {
    fc.assert(
      fc.property(twoStates, ({ schema, scope, a, b }) => {
        const { state, diff } = formatOf(schema, scope);
        expect(state(a).join("\n") === state(b).join("\n")).toBe(diff(a, b).length === 0);
        expect(diff(a, a)).toEqual([]);
      }),
    );
  });

  test("a diff is what immer records while one state is turned into the other", () => {
    fc.assert(
      fc.property(twoStates, ({ schema, scope, a, b }) => {
        const [turned, patches] = produceWithPatches(a as object, (draft) => {
          for (const { path } of leavesOf(schema.node, scope))
            parentOf(draft, path)[path.at(-1)!] = valueAt(b, path);
        });
        expect(turned).toEqual(b);
        const recorded = patches.map(({ path, value }) => [pathText(path), [valueAt(a, path), value]]);
        const changes = formatOf(schema, scope)
          .diff(a, b)
          .map(({ path, from, to }) => [pathText(path), [from, to]]);
        expect(changes).toHaveLength(recorded.length);
        expect(Object.fromEntries(changes)).toEqual(Object.fromEntries(recorded));
      }),
    );
  });

  test("a change is printed as the leaf's path and the two values that the states are printed with", () => {
    fc.assert(
      fc.property(twoStates, ({ schema, scope, a, b }) => {
        const { state, diff, change } = formatOf(schema, scope);
        const before = state(a);
        const after = state(b);
        for (const each of diff(a, b)) {
          const name = pathText(each.path);
          const [, from, to] = /: (.*) -> (.*)$/s.exec(change(each))!;
          expect(before).toContain(`${name} = ${from}`);
          expect(after).toContain(`${name} = ${to}`);
        }
      }),
    );
  });
});
