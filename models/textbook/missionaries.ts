import { bool, count, none, record, set, subsetOf, type Model, type ValueOf } from "#check";
import { oracle } from "./oracle.ts";
import { textbookActionOf, textbookPropertyOf } from "./source.ts";

const State = record({ boatIsEast: bool, east: set("person") });
type State = ValueOf<typeof State>;

const source = "tlaplus/Examples MissionariesAndCannibals; Amarel 1968";

/** The first half of the people are missionaries. */
const missionaries = 0b000111;
const everybody = 0b111111;

const isSafe = (bank: number): boolean =>
  (bank & missionaries) === none || count(bank & ~missionaries) <= count(bank & missionaries);
const here = ({ boatIsEast, east }: State): number => (boatIsEast ? east : everybody & ~east);

/** Three missionaries and three cannibals cross a river; where a crossing leads is what forbids it. */
export const missionariesAndCannibals: Model<State> = {
  name: "missionaries",
  state: State,
  init: () => [{ boatIsEast: true, east: everybody }],
  actions: [
    textbookActionOf<State>()("Move", {
      actor: "boat",
      source,
      atomic: "one step of the specification",
      args: { who: subsetOf("person") },
      guard: (s, { who }) => (who & ~here(s)) === none && count(who) >= 1 && count(who) <= 2,
      effect: (d, { who }) => {
        d.east ^= who;
        d.boatIsEast = !d.boatIsEast;
      },
      guardAfter: (_, after) => isSafe(after.east) && isSafe(everybody & ~after.east),
    }),
  ],
};

export const allAcross = textbookPropertyOf<State>().sometimes({
  id: "all-across",
  statement: "Everybody is on the west bank.",
  source: `${source}: Solution is violated`,
  holds: (s) => s.east === none,
});

export default oracle({
  name: "oracle/missionaries",
  about: "Three missionaries and three cannibals cross a river in a boat for two",
  model: missionariesAndCannibals,
  scope: { person: 6 },
  properties: [allAcross],
  expected: [{ property: "all-across", verdict: "witnessed" }],
});
