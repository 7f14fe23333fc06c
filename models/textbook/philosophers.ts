import { bool, oneOf, record, variant, vector, type Draft, type Model, type ValueOf } from "#check";
import { deadlockFree, oracle } from "./oracle.ts";
import { textbookActionOf, textbookPropertyOf } from "./source.ts";

const State = record({
  philosopher: vector(
    "philosopher",
    record({ mood: oneOf("thinking", "hungry", "eating"), holds: record({ left: bool, right: bool }) }),
  ),
  /** Fork `i` lies to the left of philosopher `i`. */
  taken: vector("philosopher", bool),
});
type State = ValueOf<typeof State>;
type Philosopher = State["philosopher"][number];
type Mood = Philosopher["mood"];
type Side = keyof Philosopher["holds"];

const source = "rumur, doc/intro-to-murphi.rst";
const action = textbookActionOf<State>();
const about = {
  source,
  atomic: "one rule of the tutorial",
  args: { i: "philosopher" },
  actor: ({ i }: { readonly i: number }) => `philosopher ${i}`,
} as const;

/** The fork on one side of a philosopher, in a circle of `n`. */
const fork = (side: Side, i: number, n: number): number => (side === "left" ? i : (i + 1) % n);
const opposite = (side: Side): Side => (side === "left" ? "right" : "left");
const lower = (side: Side, i: number, n: number): boolean => fork(side, i, n) < fork(opposite(side), i, n);

type Rule = (him: Philosopher, side: Side, i: number, n: number) => boolean;
const always: Rule = () => true;
const capital = (side: Side): string => (side === "left" ? "Left" : "Right");

const hold = (d: Draft<State>, side: Side, i: number, held: boolean): void => {
  d.philosopher[i].holds[side] = held;
  d.taken[fork(side, i, d.taken.length)] = held;
};
const take = (side: Side, rule: Rule = always) =>
  action(`take${capital(side)}`, {
    ...about,
    guard: (s, { i }) => {
      const him = s.philosopher[i];
      const n = s.taken.length;
      return him.mood === "hungry" && !him.holds[side] && !s.taken[fork(side, i, n)] && rule(him, side, i, n);
    },
    effect: (d, { i }) => hold(d, side, i, true),
  });
const drop = (side: Side, rule: Rule = always) =>
  action(`drop${capital(side)}`, {
    ...about,
    guard: (s, { i }) => {
      const him = s.philosopher[i];
      return him.mood === "thinking" && him.holds[side] && rule(him, side, i, s.taken.length);
    },
    effect: (d, { i }) => hold(d, side, i, false),
  });
const turn = (name: string, from: Mood, to: Mood, ready: (him: Philosopher) => boolean = () => true) =>
  action(name, {
    ...about,
    guard: (s, { i }) => s.philosopher[i].mood === from && ready(s.philosopher[i]),
    effect: (d, { i }) => {
      d.philosopher[i].mood = to;
    },
  });

/** Dijkstra's philosophers, who pick up their two forks in any order. */
export const naivePhilosophers: Model<State> = {
  name: "philosophers-naive",
  state: State,
  init: ({ philosopher }) => [
    {
      philosopher: Array.from({ length: philosopher }, () => ({
        mood: "hungry" as const,
        holds: { left: false, right: false },
      })),
      taken: Array.from({ length: philosopher }, () => false),
    },
  ],
  actions: [
    take("left"),
    take("right"),
    turn("eat", "hungry", "eating", ({ holds }) => holds.left && holds.right),
    turn("finish", "eating", "thinking"),
    turn("hungry", "thinking", "hungry"),
    drop("left"),
    drop("right"),
  ],
};

const lowerFirst: Rule = (him, side, i, n) => him.holds[opposite(side)] || lower(side, i, n);
const higherFirst: Rule = (him, side, i, n) => !him.holds[opposite(side)] || !lower(side, i, n);

/** The same philosophers, who take the fork with the lower number first and put it down last. */
export const orderedPhilosophers = variant(naivePhilosophers, "philosophers-ordered", {
  replace: [
    take("left", lowerFirst),
    take("right", lowerFirst),
    drop("left", higherFirst),
    drop("right", higherFirst),
  ],
});

export const forkHeldOnce = textbookPropertyOf<State>().invariant({
  id: "fork-held-once",
  statement: "A philosopher who holds the right fork has a neighbour who does not hold it as the left one.",
  source,
  args: { i: "philosopher" },
  antecedent: (s, { i }) => s.philosopher[i].holds.right,
  holds: (s, { i }) => !s.philosopher[(i + 1) % s.philosopher.length].holds.left,
});

const scope = { philosopher: 5 };

export default [
  oracle({
    name: "oracle/philosophers-naive",
    about: "Five philosophers take their forks in any order",
    model: naivePhilosophers,
    scope,
    properties: [forkHeldOnce, deadlockFree(naivePhilosophers, scope, source)],
    expected: [
      { property: "fork-held-once", verdict: "holds" },
      { property: "deadlock-free", verdict: "violated", because: "everybody holds one fork" },
    ],
  }),
  oracle({
    name: "oracle/philosophers-ordered",
    about: "Five philosophers take the fork with the lower number first",
    model: orderedPhilosophers,
    scope,
    properties: [forkHeldOnce, deadlockFree(orderedPhilosophers, scope, source)],
    expected: [
      { property: "fork-held-once", verdict: "holds" },
      { property: "deadlock-free", verdict: "holds" },
    ],
  }),
];
