import { bool, index, oneOf, record, variant, vector, type Draft, type Model, type ValueOf } from "#check";
import { oracle } from "./oracle.ts";
import { textbookActionOf, textbookPropertyOf } from "./source.ts";

const State = record({
  process: vector("process", record({ pc: oneOf("a0", "a1", "a2", "a3", "cs", "a4"), wants: bool })),
  turn: index("process"),
});
type State = ValueOf<typeof State>;
type Point = State["process"][number]["pc"];

const action = textbookActionOf<State>();
const other = (i: number): number => 1 - i;

/** The step that leaves a program point, named after it. */
const leave = (
  from: Point,
  to: Point,
  effect: (d: Draft<State>, i: number) => void = () => undefined,
  guard: (s: State, i: number) => boolean = () => true,
) =>
  action(from, {
    source: "tlaplus/Examples locks_auxiliary_vars Peterson",
    atomic: "one load or store",
    actor: ({ i }) => `P${i}`,
    args: { i: "process" },
    guard: (s, { i }) => s.process[i].pc === from && guard(s, i),
    effect: (d, { i }) => {
      d.process[i].pc = to;
      effect(d, i);
    },
  });

/** Peterson's lock for two processes: say that you want in, give way, then wait for your turn. */
export const peterson: Model<State> = {
  name: "peterson",
  state: State,
  init: () => [
    {
      process: [
        { pc: "a0", wants: false },
        { pc: "a0", wants: false },
      ],
      turn: 0,
    },
  ],
  actions: [
    leave("a0", "a1"),
    leave("a1", "a2", (d, i) => {
      d.process[i].wants = true;
    }),
    leave("a2", "a3", (d, i) => {
      d.turn = other(i);
    }),
    leave("a3", "cs", undefined, (s, i) => !s.process[other(i)].wants || s.turn === i),
    leave("cs", "a4"),
    leave("a4", "a0", (d, i) => {
      d.process[i].wants = false;
    }),
  ],
};

/** The seeded bug: a process takes the turn instead of giving it away. */
export const rudePeterson = variant(peterson, "peterson-rude", {
  replace: [
    leave("a2", "a3", (d, i) => {
      d.turn = i;
    }),
  ],
});

export const mutualExclusion = textbookPropertyOf<State>().invariant({
  id: "mutual-exclusion",
  statement: "Two processes are never inside the lock at once.",
  source: "Peterson, Myths about the mutual exclusion problem, 1981",
  holds: (s) => s.process.filter(({ pc }) => pc === "cs" || pc === "a4").length <= 1,
});

export const petersonScenarios = [
  oracle({
    name: "oracle/peterson",
    about: "Two processes share a lock made of two flags and a turn",
    model: peterson,
    scope: { process: 2 },
    properties: [mutualExclusion],
    expected: [{ property: "mutual-exclusion", verdict: "holds" }],
  }),
  oracle({
    name: "oracle/peterson-rude",
    about: "Peterson's lock with the turn taken instead of given away",
    model: rudePeterson,
    scope: { process: 2 },
    properties: [mutualExclusion],
    expected: [
      {
        property: "mutual-exclusion",
        verdict: "violated",
        because: "both processes believe it is their turn",
      },
    ],
  }),
];

export default petersonScenarios;
