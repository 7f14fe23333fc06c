import fc from "fast-check";
import { expect, test } from "vitest";
import { componentsOf, leavesOf } from "../../src/derive/component.ts";
import { bool, int, record, vector } from "../../src/schema/domain.ts";
import { arbitraryScope, arbitrarySchema } from "../fixtures/arbitrary-schema.ts";

test("each top-level field is a component, and each member of a top-level vector", () => {
  const schema = record({
    vcpu: vector("vcpu", record({ on: bool })),
    vm: record({ inhibits: int(0, 3), bugged: bool }),
  });
  const { types, members } = componentsOf(schema, { vcpu: 2 });
  expect(types.map(({ name, leaves }) => [name, leaves.length])).toEqual([
    ["vcpu", 1],
    ["vm", 2],
  ]);
  expect(members).toEqual([
    { path: ["vcpu", 0], type: 0 },
    { path: ["vcpu", 1], type: 0 },
    { path: ["vm"], type: 1 },
  ]);
});

test("the leaves of the components are the leaves of the state, in order", () => {
  fc.assert(
    fc.property(arbitrarySchema, arbitraryScope, (schema, scope) => {
      const { types, members } = componentsOf(schema, scope);
      expect(
        members.flatMap(({ path, type }) => types[type].leaves.map((leaf) => [...path, ...leaf.path])),
      ).toEqual(leavesOf(schema.node, scope).map(({ path }) => path));
    }),
  );
});

test("a state that is no record is refused", () => {
  expect(() => componentsOf(bool, {})).toThrow("a state is a record of components");
});
