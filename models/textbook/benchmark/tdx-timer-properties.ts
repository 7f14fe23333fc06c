import type { State } from "./tdx-timer-state.ts";
import { textbookPropertyOf } from "../source.ts";

const { invariant } = textbookPropertyOf<State>();
const common = { source: "tdx-timer benchmark, invariant", args: { i: "vcpu" } } as const;

/** The four parts of the benchmark's invariant. */
export const properties = [
  invariant({
    ...common,
    id: "mode-follows-pc",
    statement: "A vCPU's mode is GUEST or EXITING exactly while its thread is at RUN, E4 or E5.",
    holds: ({ vcpu }, { i }) =>
      (vcpu[i].mode === "GUEST" || vcpu[i].mode === "EXITING") === ["RUN", "E4", "E5"].includes(vcpu[i].pc),
  }),
  invariant({
    ...common,
    id: "blocked-follows-pc",
    statement: "A vCPU's mode is BLOCKED exactly while its thread is at BLK.",
    holds: ({ vcpu }, { i }) => (vcpu[i].mode === "BLOCKED") === (vcpu[i].pc === "BLK"),
  }),
  invariant({
    ...common,
    id: "posted-ipi-has-on",
    statement: "While the IPI vector is in the PIR, PID.ON is set.",
    antecedent: ({ vcpu }, { i }) => vcpu[i].pirI,
    holds: ({ vcpu }, { i }) => vcpu[i].on,
  }),
  invariant({
    ...common,
    id: "no-lost-wakeup",
    statement: "A blocked vCPU has nothing to wake for, and its timer is still going to fire.",
    antecedent: ({ vcpu }, { i }) => vcpu[i].mode === "BLOCKED",
    holds: ({ vcpu }, { i }) => {
      const { hr, on, irrT, irrI, unb, evt, pend } = vcpu[i];
      return hr !== "OFF" && !on && !irrT && !irrI && !unb && !evt && (pend === 0 || hr === "KICK");
    },
  }),
];
