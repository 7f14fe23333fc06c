import type { State } from "../models/textbook/benchmark/tdx-timer-state.ts";
import { textbookPropertyOf } from "../models/textbook/source.ts";

type Vcpu = State["vcpu"][number];
const { invariant } = textbookPropertyOf<State>();

/** An invariant of each vCPU that is true in the benchmark. */
const each = (id: string, antecedent: (v: Vcpu) => boolean, holds: (v: Vcpu) => boolean) =>
  invariant({
    id,
    statement: "-",
    source: "tdx-timer benchmark",
    args: { i: "vcpu" },
    antecedent: (s, { i }) => antecedent(s.vcpu[i]),
    holds: (s, { i }) => holds(s.vcpu[i]),
  });

const inside = (v: Vcpu): boolean => v.mode === "GUEST" || v.mode === "EXITING";
const points = ["RUN", "T1", "T2", "T3", "HC", "BLK", "E1", "E2", "E3", "E4", "E5"] as const;
const timers = ["OFF", "ARMED", "FIRE", "POST", "KICK"] as const;

/** Twenty different invariants, to see what asking many costs. */
export const manyInvariants = [
  ...points.map((pc) =>
    each(
      `mode-at-${pc.toLowerCase()}`,
      (v) => v.pc === pc,
      (v) => inside(v) === ["RUN", "E4", "E5"].includes(pc) && (v.mode === "BLOCKED") === (pc === "BLK"),
    ),
  ),
  ...timers.map((hr) =>
    each(
      `posted-has-on-while-${hr.toLowerCase()}`,
      (v) => v.hr === hr && v.pirI,
      (v) => v.on,
    ),
  ),
  each(
    "blocked-timer-runs",
    (v) => v.mode === "BLOCKED",
    (v) => v.hr !== "OFF",
  ),
  each(
    "blocked-has-no-irr",
    (v) => v.mode === "BLOCKED",
    (v) => !v.irrT && !v.irrI,
  ),
  each(
    "blocked-has-no-request",
    (v) => v.mode === "BLOCKED",
    (v) => !v.unb && !v.evt && !v.on,
  ),
  each(
    "blocked-has-no-pending",
    (v) => v.mode === "BLOCKED" && v.hr !== "KICK",
    (v) => v.pend === 0,
  ),
];
