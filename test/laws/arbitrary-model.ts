import fc from "fast-check";
import { arbitraryOf } from "../../src/derive/arbitrary.ts";
import { leavesOf, type Leaf } from "../../src/derive/component.ts";
import type { PathKey } from "../../src/state-path.ts";
import type { LeafValue } from "../../src/derive/leaf.ts";
import type { Domain, Scope } from "../../src/schema/domain.ts";
import { problemOf, type Problem, type Property } from "#check";
import type { Action, Args, Ranges } from "../../src/model/action.ts";
import { arbitraryScope, arbitrarySchema } from "../fixtures/arbitrary-schema.ts";

/**
 * A generated program looks at leaves by number (modulo the number of leaves), so that any program runs on any schema.
 * What it looks at, and what it writes, depends on what it saw before.
 */
interface Test {
  readonly leaf: number;
  readonly modulus: number;
  readonly then: Test | boolean;
  readonly otherwise: Test | boolean;
}
interface Write {
  readonly kind: "set" | "copy" | "same" | "next";
  readonly leaf: number;
  readonly from: number;
  /** Written only where this holds of the draft as it is by then. */
  readonly when: Test | boolean;
}
export interface Rule {
  readonly actor: string;
  readonly guard: Test | boolean;
  readonly writes: readonly Write[];
}
export interface Claim {
  readonly kind: "invariant" | "step" | "sometimes";
  readonly antecedent: Test | boolean;
  readonly holds: Test | boolean;
  /** A step property looks at the state after the step first. */
  readonly after: boolean;
}

const place = fc.nat({ max: 40 });
const { test } = fc.letrec<{ test: Test | boolean }>((tie) => ({
  test: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    fc.boolean(),
    fc.record({ leaf: place, modulus: fc.constantFrom(2, 3), then: tie("test"), otherwise: tie("test") }),
  ),
}));
const write: fc.Arbitrary<Write> = fc.record({
  kind: fc.constantFrom("set", "copy", "same", "next"),
  leaf: place,
  from: place,
  when: fc.oneof({ arbitrary: fc.constant(true), weight: 2 }, { arbitrary: test, weight: 1 }),
});
export const rule: fc.Arbitrary<Rule> = fc.record({
  actor: fc.constantFrom("CPU0", "CPU1"),
  guard: test,
  writes: fc.array(write, { maxLength: 5 }),
});
export const claim: fc.Arbitrary<Claim> = fc.record({
  kind: fc.constantFrom("invariant", "step", "sometimes"),
  antecedent: test,
  holds: test,
  after: fc.boolean(),
});

/** Where a program's leaves are in a state, and what its codes are there. */
interface Place {
  readonly leaf: Leaf;
  readonly toState: (code: number) => number;
  readonly toProgram: (code: number) => number;
}
/** What a program may do with a state. */
export interface Access {
  readonly holds: (test: Test | boolean, state: unknown) => boolean;
  readonly run: (write: Write, draft: unknown) => void;
}
/** The access to a state that a step or property with these arguments has. */
export type AccessFor = (args: Args) => Access;

const asTheyAre = (leaf: Leaf): Place => ({ leaf, toState: (code) => code, toProgram: (code) => code });

/** The leaves of a state, read and written on whatever object an engine hands out. */
export const accessOf = (
  schema: Domain<unknown>,
  scope: Scope,
  placeOf: (leaf: Leaf, number: number) => Place = asTheyAre,
): Access => {
  const places = leavesOf(schema.node, scope).map(placeOf);
  const parent = (state: unknown, path: readonly PathKey[]): Record<PathKey, unknown> =>
    path.slice(0, -1).reduce((here, key) => (here as Record<PathKey, never>)[key], state) as never;
  const pick = (leaf: number): Place | undefined => places[leaf % places.length];
  const get = (state: unknown, { path }: Leaf): LeafValue => parent(state, path)[path.at(-1)!] as LeafValue;
  const code = (state: unknown, leaf: number): number => {
    const at = pick(leaf);
    return at === undefined ? 0 : at.toProgram(at.leaf.encode(get(state, at.leaf)));
  };
  const holds = (test: Test | boolean, state: unknown): boolean =>
    typeof test === "boolean"
      ? test
      : holds(code(state, test.leaf) % test.modulus === 0 ? test.then : test.otherwise, state);
  const run = ({ kind, leaf, from, when }: Write, draft: unknown): void => {
    const to = pick(leaf);
    if (to === undefined || !holds(when, draft)) return;
    const wanted = {
      set: () => from,
      copy: () => code(draft, from),
      same: () => code(draft, leaf),
      next: () => code(draft, leaf) + 1,
    }[kind]();
    const { path, size, decode } = to.leaf;
    parent(draft, path)[path.at(-1)!] = decode(to.toState(wanted % size));
  };
  return { holds, run };
};

export const actionOf = (
  name: string,
  rule: Rule,
  access: AccessFor,
  args: Ranges = {},
  able: (args: Args) => boolean = () => true,
): Action<unknown> => ({
  name,
  actor: () => rule.actor,
  args,
  guard: (state, args) => able(args) && access(args).holds(rule.guard, state),
  effect: (draft, args) => {
    for (const write of rule.writes) access(args).run(write, draft);
  },
});

export const propertyOf = (
  id: string,
  { kind, antecedent, holds: claim, after }: Claim,
  access: AccessFor,
  args: Ranges = {},
  able: (args: Args) => boolean = () => true,
): Property<unknown> => {
  const said = { id, statement: "-", args };
  const holds = (test: Test | boolean, state: unknown, of: Args): boolean =>
    able(of) && access(of).holds(test, state);
  if (kind === "sometimes") return { ...said, kind, holds: (state, of) => holds(claim, state, of) };
  if (kind === "invariant")
    return {
      ...said,
      kind,
      antecedent: (s, of) => holds(antecedent, s, of),
      holds: (s, of) => holds(claim, s, of),
    };
  const [first, second] = after ? [1, 0] : [0, 1];
  return {
    ...said,
    kind,
    antecedent: (...looked) => holds(antecedent, looked[first], looked[3]),
    holds: (...looked) => holds(claim, looked[second], looked[3]) || looked[2].action !== "R0",
  };
};

/** Any small model with any properties, over any schema. */
export const arbitraryProblem: fc.Arbitrary<Problem<unknown>> = fc
  .record({ schema: arbitrarySchema, scope: arbitraryScope })
  .chain(({ schema, scope }) =>
    fc.record({
      schema: fc.constant(schema),
      scope: fc.constant(scope),
      start: fc.array(arbitraryOf(schema, scope), { minLength: 1, maxLength: 3 }),
      rules: fc.array(rule, { minLength: 1, maxLength: 6 }),
      claims: fc.array(claim, { maxLength: 5 }),
    }),
  )
  .map(({ schema, scope, start, rules, claims }) => {
    const access = accessOf(schema, scope);
    const model = {
      name: "generated",
      state: schema,
      init: () => start,
      actions: rules.map((rule, i) => actionOf(`R${i}`, rule, () => access)),
    };
    return problemOf<unknown>(
      model,
      scope,
      claims.map((claim, i) => propertyOf(`p${i}`, claim, () => access)),
      start,
    );
  });

/** Any small model with constraints, or guards on successors, or both. */
export const arbitraryConstrained: fc.Arbitrary<Problem<unknown>> = fc
  .tuple(
    arbitraryProblem,
    fc.array(test, { maxLength: 2 }),
    fc.array(fc.record({ before: test, after: test }), { maxLength: 3 }),
  )
  .map(([{ model, scope, properties, start }, limits, guards]) => {
    const { holds } = accessOf(model.state, scope);
    const constraints = limits.map((limit, i) => ({
      id: `c${i}`,
      statement: "-",
      holds: (state: unknown) => holds(limit, state),
    }));
    const actions = model.actions.map((action, i) => {
      const guard = guards[i];
      return guard === undefined
        ? action
        : {
            ...action,
            guardAfter: (before: unknown, after: unknown) =>
              holds(guard.after, after) || holds(guard.before, before),
          };
    });
    return problemOf<unknown>({ ...model, actions, constraints }, scope, properties, start);
  });
