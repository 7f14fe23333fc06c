import fc from "fast-check";
import { arbitraryOf } from "../src/derive/arbitrary.ts";
import type { Domain, Node, Scope } from "../src/schema/domain.ts";

/** The families that generated schemas range over. */
const FAMILIES = ["cpu", "irq", "slot"] as const;

/** Sizes for the families; small, so that states stay readable when a law fails. */
export const arbitraryScope: fc.Arbitrary<Scope> = fc.record(
  { cpu: fc.integer({ min: 1, max: 3 }), irq: fc.integer({ min: 1, max: 4 }), slot: fc.constant(1) },
  { noNullPrototype: true },
);

const family = fc.constantFrom(...FAMILIES);
const word = fc.constantFrom("idle", "run", "halt", "in guest", "0", "true");
/** Names that a careless walk over objects could trip on are among them. */
const fieldName = fc.constantFrom("a", "b", "pc", "on", "length", "constructor", "0", "toString");

const leaf: fc.Arbitrary<Node> = fc.oneof(
  fc.constant<Node>({ kind: "bool" }),
  fc
    .tuple(fc.integer({ min: -4, max: 4 }), fc.nat({ max: 9 }))
    .map(([min, span]): Node => ({ kind: "int", min, max: min + span })),
  fc.uniqueArray(word, { minLength: 1, maxLength: 4 }).map((values): Node => ({ kind: "oneOf", values })),
  family.map((family): Node => ({ kind: "index", family })),
  family.map((family): Node => ({ kind: "set", family })),
);

const recordOf = (child: fc.Arbitrary<Node>, minKeys: number): fc.Arbitrary<Node> =>
  fc
    .uniqueArray(fc.tuple(fieldName, child), { selector: ([name]) => name, minLength: minKeys, maxLength: 4 })
    .map((fields): Node => ({ kind: "record", fields: Object.fromEntries(fields) }));

const { node } = fc.letrec<{ node: Node }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    leaf,
    fc.tuple(family, tie("node")).map(([family, item]): Node => ({ kind: "vector", family, item })),
    recordOf(tie("node"), 0),
  ),
}));

/** Schemas of any shape whose root is a record, as the root of a state is. */
export const arbitrarySchema: fc.Arbitrary<Domain<unknown>> = recordOf(node, 1).map((node) => ({ node }));

const few: fc.Arbitrary<Node> = fc.oneof(
  fc.constant<Node>({ kind: "bool" }),
  fc.constant<Node>({ kind: "int", min: 0, max: 2 }),
  fc.constantFrom<Node>({ kind: "index", family: "irq" }, { kind: "set", family: "irq" }),
);
const table: fc.Arbitrary<Node> = fc
  .oneof(
    { arbitrary: few, weight: 2 },
    { arbitrary: recordOf(few, 2), weight: 1 },
    few.map((item): Node => ({ kind: "vector", family: "irq", item })),
  )
  .map((item) => ({ kind: "vector", family: "cpu", item }));

/** Schemas with two or three vectors over one family, whose members go by their places and often have equal items. */
export const arbitraryTables: fc.Arbitrary<Domain<unknown>> = fc
  .tuple(table, table, fc.oneof(few, table))
  .chain((nodes) => fc.shuffledSubarray(nodes, { minLength: 3 }))
  .map((nodes) => ({
    node: { kind: "record", fields: Object.fromEntries(nodes.map((node, i) => ["abc"[i], node])) },
  }));

/** Any schema, in any scope, with two of its states. */
export const twoStates = fc.tuple(arbitrarySchema, arbitraryScope).chain(([schema, scope]) =>
  fc.record({
    schema: fc.constant(schema),
    scope: fc.constant(scope),
    a: arbitraryOf(schema, scope),
    b: arbitraryOf(schema, scope),
  }),
);
