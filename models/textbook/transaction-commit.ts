import { oneOf, record, vector, type Model, type ValueOf } from "#check";
import { deadlockFree, oracle } from "./oracle.ts";
import { textbookActionOf, textbookPropertyOf } from "./source.ts";

/** A resource manager's part in a transaction. */
export const Manager = oneOf("working", "prepared", "committed", "aborted");
const State = record({ rm: vector("rm", Manager) });
type State = ValueOf<typeof State>;

const source = "tlaplus/Examples TCommit";
const cites = { source, atomic: "one step of the specification" };
const action = textbookActionOf<State>();
const args = { r: "rm" } as const;
const actor = ({ r }: { readonly r: number }): string => `RM${r}`;

/** What every commit protocol must achieve: all managers commit, or all abort (Gray and Lamport). */
export const transactionCommit: Model<State> = {
  name: "transaction-commit",
  state: State,
  init: ({ rm }) => [{ rm: Array.from({ length: rm }, () => "working" as const) }],
  actions: [
    action("Prepare", {
      ...cites,
      actor,
      args,
      guard: (s, { r }) => s.rm[r] === "working",
      effect: (d, { r }) => {
        d.rm[r] = "prepared";
      },
    }),
    action("DecideCommit", {
      ...cites,
      actor,
      args,
      guard: (s, { r }) =>
        s.rm[r] === "prepared" && s.rm.every((other) => other === "prepared" || other === "committed"),
      effect: (d, { r }) => {
        d.rm[r] = "committed";
      },
    }),
    action("DecideAbort", {
      ...cites,
      actor,
      args,
      guard: (s, { r }) => (s.rm[r] === "working" || s.rm[r] === "prepared") && !s.rm.includes("committed"),
      effect: (d, { r }) => {
        d.rm[r] = "aborted";
      },
    }),
  ],
};

/** Managers never disagree on the outcome. */
export const consistent = textbookPropertyOf<{ readonly rm: State["rm"] }>().invariant({
  id: "consistent",
  statement: "No resource manager has aborted while another has committed.",
  source: "tlaplus/Examples TCConsistent",
  holds: (s) => !(s.rm.includes("aborted") && s.rm.includes("committed")),
});

const scope = { rm: 3 };

export default oracle({
  name: "oracle/transaction-commit",
  about: "Three resource managers agree to commit or to abort; both ends are final",
  model: transactionCommit,
  scope,
  properties: [consistent, deadlockFree(transactionCommit, scope, source)],
  expected: [
    { property: "consistent", verdict: "holds" },
    { property: "deadlock-free", verdict: "violated", because: "a decided transaction is over" },
  ],
});
