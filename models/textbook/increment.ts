import { int, record, vector, type Model, type ValueOf } from "#check";
import { oracle } from "./oracle.ts";
import { textbookActionOf, textbookPropertyOf } from "./source.ts";

/** Room in the counter, for as many threads. */
const MOST = 5;

const State = record({
  thread: vector("thread", record({ pc: int(1, 3), copy: int(0, MOST) })),
  counter: int(0, MOST),
});
type State = ValueOf<typeof State>;

const cites = { source: "stateright, examples/increment.rs", atomic: "one load or store" };
const action = textbookActionOf<State>();
const args = { k: "thread" } as const;
const actor = ({ k }: { readonly k: number }): string => `thread ${k}`;

/** Up to five threads increment a shared counter without a lock. */
export const increment: Model<State> = {
  name: "increment",
  state: State,
  init: ({ thread }) => [{ thread: Array.from({ length: thread }, () => ({ pc: 1, copy: 0 })), counter: 0 }],
  actions: [
    action("Read", {
      ...cites,
      actor,
      args,
      guard: (s, { k }) => s.thread[k].pc === 1,
      effect: (d, { k }) => {
        d.thread[k].copy = d.counter;
        d.thread[k].pc = 2;
      },
    }),
    action("Write", {
      ...cites,
      actor,
      args,
      guard: (s, { k }) => s.thread[k].pc === 2,
      effect: (d, { k }) => {
        d.counter = d.thread[k].copy + 1;
        d.thread[k].pc = 3;
      },
    }),
  ],
};

export const everyIncrementCounts = textbookPropertyOf<State>().invariant({
  id: "every-increment-counts",
  statement: "The counter equals the number of threads that have written it.",
  source: "stateright, examples/increment.rs, property fin",
  holds: (s) => s.counter === s.thread.filter(({ pc }) => pc === 3).length,
});

export const incrementScenario = oracle({
  name: "oracle/increment",
  about: "Three threads increment a counter without a lock",
  model: increment,
  scope: { thread: 3 },
  properties: [everyIncrementCounts],
  expected: [
    { property: "every-increment-counts", verdict: "violated", because: "two threads read the same value" },
  ],
});

export default incrementScenario;
