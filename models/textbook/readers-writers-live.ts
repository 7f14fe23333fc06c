import { has, type ValueOf } from "#check";
import { liveTable, mayStop, oracle, type LiveRow } from "./oracle.ts";
import { readersWriters } from "./readers-writers.ts";
import { textbookPropertyOf } from "./source.ts";

type State = ValueOf<typeof readersWriters.state>;

const { infinitelyOften, weak } = textbookPropertyOf<State>();
const said = {
  source: "tlaplus/Examples ReadersWriters Liveness",
  args: { a: "actor" },
} as const;
const reads = weak({ action: "TryRead", each: "args.a" });
const writes = weak({ action: "TryWrite", each: "args.a" });
const serves = weak({ action: "Serve" });
const stops = weak({ action: "Stop" });

const goesOn = "whoever is active may go on for ever";
const stuck = { unfair: mayStop, "no-stop": goesOn };
type Names = "unfair" | "wf" | "no-stop" | "no-try-read";

const row = (
  id: string,
  statement: string,
  holds: (s: State, a: number) => boolean,
  fails: LiveRow<State, Names>["fails"],
): LiveRow<State, Names> => ({
  id,
  fails,
  make: (id, fairness) =>
    infinitelyOften({ ...said, id, fairness, statement, holds: (s, { a }) => holds(s, a) }),
});

/** What each actor does again and again, by what is assumed. */
export const readersWritersLive = liveTable<State>()(
  {
    unfair: [],
    wf: [reads, writes, serves, stops],
    "no-stop": [reads, writes, serves],
    "no-try-read": [writes, serves, stops],
  },
  [
    row("reads-again", "Each actor reads again and again.", (s, a) => has(s.readers, a), {
      ...stuck,
      "no-try-read": "nobody needs to ask",
    }),
    row("writes-again", "Each actor writes again and again.", (s, a) => has(s.writers, a), stuck),
    row("stops-reading", "Each actor is not reading, again and again.", (s, a) => !has(s.readers, a), stuck),
    row("stops-writing", "Each actor is not writing, again and again.", (s, a) => !has(s.writers, a), stuck),
  ],
);

export default oracle({
  name: "oracle/readers-writers-live",
  about: "Two actors read and write through a fair queue: what each does again and again",
  model: readersWriters,
  scope: { actor: 2, slot: 4 },
  ...readersWritersLive,
});
