import { type ValueOf } from "#check";
import { liveTable, mayStop, oracle } from "./oracle.ts";
import { peterson } from "./peterson.ts";
import { textbookPropertyOf } from "./source.ts";

type State = ValueOf<typeof peterson.state>;

const { leadsTo, infinitelyOften, weak } = textbookPropertyOf<State>();
const said = { source: "tlaplus/Examples locks_auxiliary_vars Peterson" };
const starved = "the other process may go round for ever while this one could move";

/** Who gets into the lock in the end, by what is assumed. */
export const petersonLive = liveTable<State>()(
  { unfair: [], "wf-next": [weak()], "wf-process": [weak({ each: "actor" })] },
  [
    {
      id: "somebody-enters",
      fails: { unfair: mayStop },
      make: (id, fairness) =>
        leadsTo({
          ...said,
          id,
          fairness,
          statement: "When a process waits at the lock, some process gets in.",
          from: (s) => s.process.some(({ pc }) => pc === "a3"),
          to: (s) => s.process.some(({ pc }) => pc === "cs"),
        }),
    },
    {
      id: "first-enters",
      fails: { unfair: mayStop, "wf-next": starved },
      make: (id, fairness) =>
        leadsTo({
          ...said,
          id,
          fairness,
          statement: "When the first process wants to get in, it gets in.",
          from: ({ process: [first] }) => first.pc === "a1" || first.pc === "a2" || first.pc === "a3",
          to: ({ process: [first] }) => first.pc === "cs",
        }),
    },
    {
      id: "first-enters-again",
      fails: { unfair: mayStop, "wf-next": starved },
      make: (id, fairness) =>
        infinitelyOften({
          ...said,
          id,
          fairness,
          statement: "The first process gets in again and again.",
          holds: ({ process: [first] }) => first.pc === "cs",
        }),
    },
  ],
);

export default oracle({
  name: "oracle/peterson-live",
  about: "Peterson's lock: who gets in, in the end",
  model: peterson,
  scope: { process: 2 },
  ...petersonLive,
});
