import { bool, int, record, vector, type Draft, type Model, type ValueOf } from "#check";
import { oracle } from "./oracle.ts";
import { textbookActionOf, textbookPropertyOf } from "./source.ts";

/** Room in the counter, for as many threads. */
const MOST = 5;

const State = record({
  thread: vector("thread", record({ pc: int(0, 4), copy: int(0, MOST) })),
  counter: int(0, MOST),
  locked: bool,
});
type State = ValueOf<typeof State>;

const action = textbookActionOf<State>();
const { invariant } = textbookPropertyOf<State>();
const source = "stateright, examples/increment_lock.rs";

/** The step that leaves a program point. */
const leave = (
  name: string,
  pc: number,
  effect: (d: Draft<State>, k: number) => void,
  guard: (s: State) => boolean = () => true,
) =>
  action(name, {
    source,
    atomic: "one load, store or lock operation",
    actor: ({ k }) => `thread ${k}`,
    args: { k: "thread" },
    guard: (s, { k }) => s.thread[k].pc === pc && guard(s),
    effect: (d, { k }) => {
      effect(d, k);
      d.thread[k].pc = pc + 1;
    },
  });

/** Up to five threads increment a shared counter under a lock. */
export const lockedIncrement: Model<State> = {
  name: "increment-locked",
  state: State,
  init: ({ thread }) => [
    { thread: Array.from({ length: thread }, () => ({ pc: 0, copy: 0 })), counter: 0, locked: false },
  ],
  actions: [
    leave(
      "Lock",
      0,
      (d) => {
        d.locked = true;
      },
      (s) => !s.locked,
    ),
    leave("Read", 1, (d, k) => {
      d.thread[k].copy = d.counter;
    }),
    leave("Write", 2, (d, k) => {
      d.counter = d.thread[k].copy + 1;
    }),
    leave(
      "Release",
      3,
      (d) => {
        d.locked = false;
      },
      (s) => s.locked,
    ),
  ],
};

export const everyLockedIncrementCounts = invariant({
  id: "every-increment-counts",
  statement: "The counter equals the number of threads that have written it.",
  source: `${source}, property fin`,
  holds: (s) => s.counter === s.thread.filter(({ pc }) => pc >= 3).length,
});
export const lockHeldOnce = invariant({
  id: "mutual-exclusion",
  statement: "At most one thread is between taking and releasing the lock.",
  source: `${source}, property mutex`,
  holds: (s) => s.thread.filter(({ pc }) => pc >= 1 && pc <= 3).length <= 1,
});

export default oracle({
  name: "oracle/increment-locked",
  about: "Three threads increment a counter under a lock",
  model: lockedIncrement,
  scope: { thread: 3 },
  properties: [everyLockedIncrementCounts, lockHeldOnce],
  expected: [
    { property: "every-increment-counts", verdict: "holds" },
    { property: "mutual-exclusion", verdict: "holds" },
  ],
});
