import fc from "fast-check";
import { int, problemOf, record, vector, type Problem, type Property } from "#check";
import type { Action } from "../../src/model/action.ts";

const places = 5;
const values = 3;

/** A few values, which steps look at one after the other: which one next depends on what was seen. */
const State = record({ value: vector("place", int(0, values - 1)) });
interface State {
  readonly value: readonly number[];
}

/** A decision tree: whether a value is one of some, or two values are the same. */
type Tree = boolean | Fork;
interface Fork {
  readonly at: number;
  readonly is: readonly number[] | { readonly sameAs: number };
  readonly then: Tree;
  readonly otherwise: Tree;
}
interface Rule {
  readonly guard: Tree;
  readonly at: number;
  readonly to: number | "next";
  /** Where this is so it throws, if it does at all. */
  readonly throws: Tree;
}
interface Claim {
  readonly kind: "invariant" | "sometimes" | "step";
  readonly antecedent: Tree;
  readonly holds: Tree;
}

const place = fc.nat({ max: places - 1 });
const some = fc.uniqueArray(fc.nat({ max: values - 1 }), { minLength: 1, maxLength: values - 1 });
const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3, depthSize: "small", withCrossShrink: true },
    fc.boolean(),
    fc.record({
      at: place,
      is: fc.oneof(some, fc.record({ sameAs: place })),
      then: tie("tree"),
      otherwise: tie("tree"),
    }),
  ),
}));
const guard = fc
  .record({ at: place, is: fc.oneof(some, fc.record({ sameAs: place })), then: tree, otherwise: tree })
  .map((fork): Tree => fork);
const claim: fc.Arbitrary<Claim> = fc.record({
  kind: fc.constantFrom("invariant", "sometimes", "step"),
  antecedent: tree,
  holds: tree,
});

const said = { statement: "-", args: {} } as const;

const isSo = (tree: Tree, state: State): boolean => {
  if (typeof tree === "boolean") return tree;
  const value = state.value[tree.at];
  const so = "sameAs" in tree.is ? value === state.value[tree.is.sameAs] : tree.is.includes(value);
  return isSo(so ? tree.then : tree.otherwise, state);
};

const action = ({ guard, at, to, throws }: Rule, name: string): Action<State> => ({
  name,
  actor: () => "CPU0",
  args: {},
  guard: (s) => isSo(guard, s),
  effect: (d) => {
    if (isSo(throws, d as State)) throw new Error("thrown");
    d.value[at] = to === "next" ? (d.value[at] + 1) % values : to;
  },
});

const property = ({ kind, antecedent, holds }: Claim, id: string): Property<State> => {
  switch (kind) {
    case "invariant":
      return { ...said, id, kind, antecedent: (s) => isSo(antecedent, s), holds: (s) => isSo(holds, s) };
    case "sometimes":
      return { ...said, id, kind, holds: (s) => isSo(antecedent, s) && isSo(holds, s) };
    case "step":
      return {
        ...said,
        id,
        kind,
        antecedent: (before, after) => isSo(antecedent, before) && !isSo(antecedent, after),
        holds: (before, after) => isSo(holds, before) === isSo(holds, after),
      };
  }
};

const problemsOf = (throws: fc.Arbitrary<Tree>, kinds: fc.Arbitrary<Claim>): fc.Arbitrary<Problem<State>> =>
  fc
    .record({
      start: fc.array(fc.nat({ max: values - 1 }), { minLength: places, maxLength: places }),
      rules: fc.array(
        fc.record({
          guard,
          at: place,
          to: fc.oneof(fc.nat({ max: values - 1 }), fc.constant("next" as const)),
          throws,
        }),
        { minLength: 4, maxLength: 12 },
      ),
      claims: fc.array(kinds, { maxLength: 2 }),
    })
    .map(({ start, rules, claims }) => {
      const actions = rules.map((rule, i) => action(rule, `R${i}`));
      const starts = [{ value: start }];
      return problemOf<State>(
        { name: "branching", state: State, init: () => starts, actions },
        { place: places },
        claims.map((each, i) => property(each, `p${i}`)),
        starts,
      );
    });

/** Any small system whose steps look at one value or another, depending on what they saw: what they wait for changes. */
export const arbitraryBranching = problemsOf(fc.constant(false), claim);

/** The same, with steps that throw in some states. */
export const arbitraryThrowing = problemsOf(
  fc.oneof({ arbitrary: fc.constant<Tree>(false), weight: 4 }, { arbitrary: guard, weight: 1 }),
  claim,
);
