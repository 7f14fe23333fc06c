import {
  add,
  all,
  bool,
  has,
  none,
  oneOf,
  record,
  set,
  variant,
  vector,
  type Model,
  type ValueOf,
} from "#check";
import { oracle } from "./oracle.ts";
import { consistent, Manager } from "./transaction-commit.ts";
import { textbookActionOf, textbookPropertyOf } from "./source.ts";

const State = record({
  rm: vector("rm", Manager),
  /** The transaction manager, and the resource managers it knows to be prepared. */
  tm: record({ phase: oneOf("init", "committed", "aborted"), prepared: set("rm") }),
  /** The messages sent so far; none is ever lost or withdrawn. */
  sent: record({ prepared: set("rm"), commit: bool, abort: bool }),
});
type State = ValueOf<typeof State>;

const source = "tlaplus/Examples TwoPhase";
const cites = { source, atomic: "one step of the specification" };
const action = textbookActionOf<State>();
const { sometimes } = textbookPropertyOf<State>();
const args = { r: "rm" } as const;
const manager = ({ r }: { readonly r: number }): string => `RM${r}`;

const commitWhen = (ready: (s: State) => boolean) =>
  action("TMCommit", {
    ...cites,
    actor: "TM",
    guard: (s) => s.tm.phase === "init" && ready(s),
    effect: (d) => {
      d.tm.phase = "committed";
      d.sent.commit = true;
    },
  });

/** Two-phase commit: a transaction manager collects the votes and announces the outcome (Gray and Lamport). */
export const twoPhaseCommit: Model<State> = {
  name: "two-phase-commit",
  state: State,
  init: ({ rm }) => [
    {
      rm: Array.from({ length: rm }, () => "working" as const),
      tm: { phase: "init", prepared: none },
      sent: { prepared: none, commit: false, abort: false },
    },
  ],
  actions: [
    action("TMRcvPrepared", {
      ...cites,
      actor: "TM",
      args,
      guard: (s, { r }) => s.tm.phase === "init" && has(s.sent.prepared, r),
      effect: (d, { r }) => {
        d.tm.prepared = add(d.tm.prepared, r);
      },
    }),
    commitWhen((s) => s.tm.prepared === all(s.rm.length)),
    action("TMAbort", {
      ...cites,
      actor: "TM",
      guard: (s) => s.tm.phase === "init",
      effect: (d) => {
        d.tm.phase = "aborted";
        d.sent.abort = true;
      },
    }),
    action("RMPrepare", {
      ...cites,
      actor: manager,
      args,
      guard: (s, { r }) => s.rm[r] === "working",
      effect: (d, { r }) => {
        d.rm[r] = "prepared";
        d.sent.prepared = add(d.sent.prepared, r);
      },
    }),
    action("RMChooseToAbort", {
      ...cites,
      actor: manager,
      args,
      guard: (s, { r }) => s.rm[r] === "working",
      effect: (d, { r }) => {
        d.rm[r] = "aborted";
      },
    }),
    action("RMRcvCommit", {
      ...cites,
      actor: manager,
      args,
      guard: (s) => s.sent.commit,
      effect: (d, { r }) => {
        d.rm[r] = "committed";
      },
    }),
    action("RMRcvAbort", {
      ...cites,
      actor: manager,
      args,
      guard: (s) => s.sent.abort,
      effect: (d, { r }) => {
        d.rm[r] = "aborted";
      },
    }),
  ],
};

/** The seeded bug: the manager commits on some of the votes. */
export const hastyCommit = variant(twoPhaseCommit, "two-phase-commit-hasty", {
  replace: [commitWhen((s) => s.tm.prepared !== none)],
});

export const allAborted = sometimes({
  id: "all-aborted",
  statement: "Every resource manager has aborted.",
  source,
  holds: (s) => s.rm.every((rm) => rm === "aborted"),
});
export const allCommitted = sometimes({
  id: "all-committed",
  statement: "Every resource manager has committed.",
  source,
  holds: (s) => s.rm.every((rm) => rm === "committed"),
});

export default [
  oracle({
    name: "oracle/two-phase-commit",
    about: "A transaction manager and three resource managers over a network that loses nothing",
    model: twoPhaseCommit,
    scope: { rm: 3 },
    properties: [consistent, allAborted, allCommitted],
    expected: [
      { property: "consistent", verdict: "holds" },
      { property: "all-aborted", verdict: "witnessed" },
      { property: "all-committed", verdict: "witnessed" },
    ],
  }),
  oracle({
    name: "oracle/two-phase-commit-hasty",
    about: "Two-phase commit whose transaction manager does not wait for every vote",
    model: hastyCommit,
    scope: { rm: 3 },
    properties: [consistent],
    expected: [
      { property: "consistent", verdict: "violated", because: "a manager without a vote may still abort" },
    ],
  }),
];
