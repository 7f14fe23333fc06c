import { int, record, vector, type Model, type Property } from "#check";
import { oracle } from "./oracle.ts";
import { textbookActionOf, textbookPropertyOf } from "./source.ts";

interface State {
  readonly amount: readonly number[];
}
const action = textbookActionOf<State>();
const { invariant } = textbookPropertyOf<State>();
const cites = { source: "tlaplus/Examples DieHard", atomic: "one pour by hand" };
const actor = "heroes";

/** Jugs of fixed capacities, in gallons, beside a fountain; all are empty at first. */
export const jugs = (capacities: readonly number[]): Model<State> => ({
  name: `die-hard-${capacities.join("-")}`,
  state: record({ amount: vector("jug", int(0, Math.max(...capacities))) }),
  init: () => [{ amount: capacities.map(() => 0) }],
  actions: [
    action("Fill", {
      ...cites,
      actor,
      args: { jug: "jug" },
      guard: () => true,
      effect: (d, { jug }) => {
        d.amount[jug] = capacities[jug];
      },
    }),
    action("Empty", {
      ...cites,
      actor,
      args: { jug: "jug" },
      guard: () => true,
      effect: (d, { jug }) => {
        d.amount[jug] = 0;
      },
    }),
    action("Pour", {
      ...cites,
      actor,
      args: { from: "jug", to: "jug" },
      guard: (_, { from, to }) => from !== to,
      effect: (d, { from, to }) => {
        const moved = Math.min(d.amount[from], capacities[to] - d.amount[to]);
        d.amount[from] -= moved;
        d.amount[to] += moved;
      },
    }),
  ],
});

/** The puzzle, upside down: its solution is the counterexample. */
export const neverMeasured = (gallons: number): Property<State> =>
  invariant({
    id: `never-${gallons}-gallons`,
    statement: `No jug ever holds exactly ${gallons} gallons.`,
    source: "tlaplus/Examples DieHard NotSolved",
    holds: (s) => s.amount.every((amount) => amount !== gallons),
  });

export default oracle({
  name: "oracle/die-hard",
  about: "Measure four gallons with a jug of three and a jug of five",
  model: jugs([3, 5]),
  scope: { jug: 2 },
  properties: [neverMeasured(4)],
  expected: [{ property: "never-4-gallons", verdict: "violated", because: "the puzzle has a solution" }],
});
