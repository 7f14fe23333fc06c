import fc from "fast-check";
import { problemOf, type Domain, type Problem, type Scope } from "#check";
import { arbitraryOf } from "../../src/derive/arbitrary.ts";
import { codecOf } from "../../src/derive/codec.ts";
import { leavesOf } from "../../src/derive/component.ts";
import { allNames, familiesOf, renamedRow, renamingOf, type Names } from "../../src/derive/renaming.ts";
import type { Args, Ranges } from "../../src/model/action.ts";
import { arbitrarySchema, arbitraryTables } from "../fixtures/arbitrary-schema.ts";
import {
  accessOf,
  actionOf,
  claim,
  propertyOf,
  rule,
  type Access,
  type AccessFor,
} from "./arbitrary-model.ts";

const scope: fc.Arbitrary<Scope> = fc.constantFrom(
  { cpu: 2, irq: 1, slot: 1 },
  { cpu: 3, irq: 1, slot: 1 },
  { cpu: 2, irq: 2, slot: 1 },
  { cpu: 1, irq: 3, slot: 1 },
);

/** The families of a schema that have members to exchange. */
export const interchangeable = (schema: Domain<unknown>, scope: Scope): readonly string[] =>
  familiesOf(schema).filter((family) => scope[family] > 1);

const argOf = (family: string, role: number): string => `${family}${role}`;
const roles = (size: number): readonly number[] => Array.from({ length: size }, (_, i) => i);

/** One argument for each member of some families: which member plays its part. */
const cast = (families: readonly string[], scope: Scope): Ranges =>
  Object.fromEntries(
    families.flatMap((family) => roles(scope[family]).map((role) => [argOf(family, role), family])),
  );

const namesOf = (families: readonly string[], scope: Scope, args: Args): Names =>
  Object.fromEntries(
    families.map((family) => [
      family,
      roles(scope[family]).map((role) => args[argOf(family, role)] as number),
    ]),
  );
const isCast = (names: Names): boolean =>
  Object.values(names).every((members) => new Set(members).size === members.length);

const inverse = (names: Names): Names =>
  Object.fromEntries(
    Object.entries(names).map(([family, members]) => [family, members.map((_, i) => members.indexOf(i))]),
  );

/** Any program, symmetric because it is there once for every way in which members can play the parts of its members. */
const staged = (schema: Domain<unknown>, scope: Scope, families: readonly string[]): AccessFor => {
  const leaves = leavesOf(schema.node, scope);
  const known = new Map<string, Access>();
  const made = (names: Names): Access => {
    const there = renamingOf(schema, scope, names);
    const back = renamingOf(schema, scope, inverse(names));
    return accessOf(schema, scope, (_, part) => {
      const at = there.to[part];
      return {
        leaf: leaves[at],
        toState: (code) => there.codes[part]?.(code) ?? code,
        toProgram: (code) => back.codes[at]?.(code) ?? code,
      };
    });
  };
  return (args) => {
    const key = Object.values(args).join();
    const access = known.get(key) ?? made(namesOf(families, scope, args));
    known.set(key, access);
    return access;
  };
};

/** All states that differ from these in names only. */
const closed = (
  schema: Domain<unknown>,
  scope: Scope,
  families: readonly string[],
  states: readonly unknown[],
): readonly unknown[] => {
  const { encode, decode } = codecOf(schema, scope);
  const renamings = allNames(families, scope).map((names) => renamingOf(schema, scope, names));
  return states.flatMap((state) => [
    state,
    ...renamings.map((renaming) => decode(renamedRow(renaming, encode(state)))),
  ]);
};

/** What states are like: a schema, and how large it is. */
interface Shape {
  readonly schema: Domain<unknown>;
  readonly scope: Scope;
}

/** A small model that is symmetric in each of the families of its schema, and starts wherever one of them starts. */
const symmetricOf = (shape: fc.Arbitrary<Shape>): fc.Arbitrary<Problem<unknown>> =>
  shape
    .chain(({ schema, scope }) =>
      fc.record({
        schema: fc.constant(schema),
        scope: fc.constant(scope),
        start: fc.array(arbitraryOf(schema, scope), { minLength: 1, maxLength: 2 }),
        rules: fc.array(rule, { minLength: 1, maxLength: 3 }),
        claims: fc.array(claim, { maxLength: 3 }),
      }),
    )
    .map(({ schema, scope, start, rules, claims }) => {
      const families = interchangeable(schema, scope);
      const access = staged(schema, scope, families);
      const args = cast(families, scope);
      const able = (args: Args): boolean => isCast(namesOf(families, scope, args));
      const started = closed(schema, scope, families, start);
      const model = {
        name: "generated",
        state: schema,
        init: () => started,
        actions: rules.map((rule, i) => actionOf(`R${i}`, rule, access, args, able)),
      };
      return problemOf<unknown>(
        model,
        scope,
        claims.map((claim, i) => propertyOf(`p${i}`, claim, access, args, able)),
        started,
      );
    });

/** Any symmetric model over any schema. */
export const arbitrarySymmetric = symmetricOf(
  fc
    .record({ schema: arbitrarySchema, scope })
    .filter(({ schema, scope }) => interchangeable(schema, scope).length > 0),
);

/** Symmetric models whose members have a part in several vectors, and are told apart by whichever of them. */
export const arbitraryTabular = symmetricOf(
  fc.record({
    schema: arbitraryTables,
    scope: fc.constantFrom<Scope>(
      { cpu: 3, irq: 1 },
      { cpu: 3, irq: 1 },
      { cpu: 2, irq: 2 },
      { cpu: 3, irq: 2 },
    ),
  }),
);
