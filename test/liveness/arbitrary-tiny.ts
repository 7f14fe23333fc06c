import fc from "fast-check";
import {
  int,
  problemOf,
  propertyOf,
  record,
  type Fairness,
  type Liveness,
  type Problem,
  type ValueOf,
} from "#check";
import type { Action, Args } from "../../src/model/action.ts";
import { conditionsOf, type StepFairness } from "../../src/model/fairness.ts";
import type { Tiny, TinyQuestion } from "./naive.ts";

/** Nine states over two components, so that guards and questions read across. */
const State = record({ a: record({ x: int(0, 2) }), b: record({ y: int(0, 2) }) });
type State = ValueOf<typeof State>;
const size = 9;
const numberOf = ({ a: { x }, b: { y } }: State): number => 3 * x + y;
const stateOf = (id: number): State => ({ a: { x: Math.floor(id / 3) }, b: { y: id % 3 } });

/** Where an action leads from each state, with each argument; none where it is not enabled. */
type Table = readonly (readonly (number | null)[])[];

const { leadsTo, eventually, infinitelyOften, eventuallyAlways, recurrent } = propertyOf<State>();

const id = fc.nat({ max: size - 1 });
const subset = fc.uniqueArray(id, { maxLength: size });
const table: fc.Arbitrary<Table> = fc.array(
  fc.array(fc.option(id, { freq: 2 }), { minLength: size, maxLength: size }),
  { minLength: 1, maxLength: 2 },
);
const names = ["A", "B", "C", "D"];
const actorOf = (name: string): string => (name < "C" ? "P0" : "P1");

const actionOf = (name: string, targets: Table): Action<State> => ({
  name,
  actor: () => actorOf(name),
  args: { k: targets.map((_, k) => k) },
  guard: (s, args) => target(targets, s, args) !== null,
  effect: (d, args) => {
    const to = stateOf(target(targets, d, args)!);
    d.a.x = to.a.x;
    if (d.b.y !== to.b.y) d.b.y = to.b.y;
  },
});
const target = (targets: Table, s: State, { k }: Args): number | null => targets[Number(k)][numberOf(s)];

/** A condition of states. */
const recurrence: fc.Arbitrary<Fairness<State>> = subset.map((states) =>
  recurrent("is there", (state) => states.includes(numberOf(state))),
);

/** A fairness condition as it is generated, before it is known which actions there are. */
const fairSteps = (actions: readonly string[]): fc.Arbitrary<Fairness<State>> =>
  fc
    .record(
      {
        strength: fc.constantFrom<"weak" | "strong">("weak", "strong"),
        action: fc.subarray([...actions], { minLength: 1 }),
        each: fc.constantFrom<NonNullable<StepFairness<State>["each"]>>("action", "actor", "step", "args.k", [
          "actor",
          "args.k",
        ]),
        only: fc.record({ before: subset, after: subset }),
      },
      { requiredKeys: ["strength"] },
    )
    .map(({ only, ...rest }) => ({
      ...rest,
      ...(only === undefined
        ? {}
        : {
            only: {
              says: "leads there",
              when: (before: State, after: State) =>
                only.before.includes(numberOf(before)) || only.after.includes(numberOf(after)),
            },
          }),
    }));

const fairness = (actions: readonly string[]): fc.Arbitrary<Fairness<State>> =>
  fc.oneof({ arbitrary: fairSteps(actions), weight: 3 }, { arbitrary: recurrence, weight: 1 });

interface Asked {
  readonly kind: "leadsTo" | "eventually" | "infinitelyOften" | "step" | "eventuallyAlways";
  readonly one: readonly number[];
  readonly other: readonly number[];
}
const asked: fc.Arbitrary<Asked> = fc.record({
  kind: fc.constantFrom("leadsTo", "eventually", "infinitelyOften", "step", "eventuallyAlways"),
  one: subset,
  other: subset,
});

const propertyIn = (
  id: string,
  { kind, one, other }: Asked,
  fairness: readonly Fairness<State>[],
): Liveness<State> => {
  const said = { id, statement: "-", fairness };
  const holds = (s: State): boolean => one.includes(numberOf(s));
  switch (kind) {
    case "leadsTo":
      return leadsTo({ ...said, from: holds, to: (s) => other.includes(numberOf(s)) });
    case "eventually":
      return eventually({ ...said, holds });
    case "infinitelyOften":
      return infinitelyOften({ ...said, holds });
    case "eventuallyAlways":
      return eventuallyAlways({ ...said, holds });
    case "step":
      return infinitelyOften({
        ...said,
        step: (before, after, { action }) =>
          holds(before) && (action === "A" || other.includes(numberOf(after))),
      });
  }
};

/** A tiny problem, and the same as a graph with the questions spelled out. */
export interface TinyProblem {
  readonly problem: Problem<State>;
  readonly graphs: readonly Tiny[];
  readonly questions: readonly TinyQuestion[];
}

const spelled = (
  problem: Problem<State>,
  property: Liveness<State>,
  tables: readonly Table[],
): { readonly graph: Tiny; readonly question: TinyQuestion } => {
  const edges = problem.steps.flatMap((step) =>
    Array.from({ length: size }, (_, from) => ({
      from,
      to: tables[names.indexOf(step.action.name)][Number(step.args["k"])][from],
      step: step.id,
    })).flatMap((edge) => (edge.to === null || edge.to === edge.from ? [] : [{ ...edge, to: edge.to }])),
  );
  const taken = (step: number) => {
    const { action, args, actor } = problem.steps[step];
    return { action: action.name, args, actor };
  };
  const conditions = conditionsOf(property.fairness, problem).map((condition) => {
    if ("recurs" in condition) return { recurs: (id: number) => condition.recurs(stateOf(id)) };
    const { strong, steps, when } = condition;
    return {
      strong,
      has: ({ from, to, step }: (typeof edges)[number]) =>
        steps.has(step) && (when === undefined || when(stateOf(from), stateOf(to), taken(step))),
    };
  });
  const starts = problem.start.map(numberOf);
  const of =
    (look: (state: State, args: Args) => boolean): ((id: number) => boolean) =>
    (id) =>
      look(stateOf(id), {});
  const question = (): TinyQuestion => {
    const { kind } = property;
    if (kind === "leadsTo") return { kind, from: of(property.from), to: of(property.to) };
    if (kind !== "infinitelyOften") return { kind, holds: of(property.holds) };
    const { step, holds } = property;
    return step === undefined
      ? { kind, holds: of(holds) }
      : { kind, step: ({ from, to, step: id }) => step(stateOf(from), stateOf(to), taken(id), {}) };
  };
  return { graph: { states: size, starts, edges, conditions }, question: question() };
};

/** Any tiny model with any liveness properties under any fairness. */
export const arbitraryTiny: fc.Arbitrary<TinyProblem> = fc
  .array(table, { minLength: 1, maxLength: names.length })
  .chain((tables) =>
    fc.record({
      tables: fc.constant(tables),
      starts: fc.uniqueArray(id, { minLength: 1, maxLength: 2 }),
      asked: fc.array(
        fc.record({
          question: asked,
          fairness: fc.array(fairness(names.slice(0, tables.length)), { maxLength: 3 }),
        }),
        { minLength: 1, maxLength: 3 },
      ),
    }),
  )
  .map(({ tables, starts, asked }) => {
    const start = starts.map(stateOf);
    const model = {
      name: "tiny",
      state: State,
      init: () => start,
      actions: tables.map((targets, i) => actionOf(names[i], targets)),
    };
    const properties = asked.map(({ question, fairness }, i) => propertyIn(`p${i}`, question, fairness));
    const problem = problemOf(model, {}, properties, start);
    const all = properties.map((property) => spelled(problem, property, tables));
    return { problem, graphs: all.map(({ graph }) => graph), questions: all.map(({ question }) => question) };
  });

/** The same with a constraint: a set of states that are expanded. */
export const arbitraryTinyWithin: fc.Arbitrary<TinyProblem> = fc
  .tuple(arbitraryTiny, fc.uniqueArray(id, { minLength: 4, maxLength: size }))
  .map(([{ problem, graphs, questions }, expanded]) => {
    const within = (id: number): boolean => expanded.includes(id);
    const holds = (state: State): boolean => within(numberOf(state));
    return {
      problem: { ...problem, constraints: [{ id: "expanded", statement: "-", holds }] },
      graphs: graphs.map((graph) => ({
        ...graph,
        edges: graph.edges.filter(({ from }) => within(from)),
        within,
      })),
      questions,
    };
  });
