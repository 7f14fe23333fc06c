import type { Action } from "#check";
import { threadAt } from "../predicates.ts";
import { action, cpu, type State } from "../state.ts";
import { guestExits, guestHalts } from "./any-guest.ts";
import { followedVector } from "./any-sender.ts";

/** An interrupt of a higher priority than all in service, whoever sends it. */
const interruptArrives: Action<State> = action("interrupt_arrives", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "kvm_cpu_has_injectable_intr() is true",
  source: "timer 2.5 S2",
  atomic: "as if it had come before KVM_REQ_EVENT was tested",
  guard: (s, { v }) =>
    threadAt(s.vcpu[v], "EVENTS") && !s.vcpu[v].apicvActive && !s.vcpu[v].irr[followedVector],
  effect: (d, { v }) => {
    d.vcpu[v].irr[followedVector] = true;
    d.vcpu[v].req.EVENT = true;
  },
});

/** KVM_RUN comes back without an exit of the guest: a signal, a request that userspace has to handle. */
const returnsEarly: Action<State> = action("signal_pending", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "vcpu_run(): signal_pending(), immediate_exit, a request for userspace",
  source: "timer 2.4",
  atomic: "a test of what others set, and a return",
  guard: (s, { v }) => threadAt(s.vcpu[v], "RUN_TOP"),
  effect: (d, { v }) => {
    d.vcpu[v].pc = "TO_USER";
  },
});

/** The vCPU is halted still, or is not to run yet, as KVM_RUN begins. */
const isHalted: Action<State> = action("still_halted", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "vcpu_run(): kvm_vcpu_running() is false, vcpu_block()",
  source: "timer 2.4 step 1",
  atomic: "reads mp_state, which only this thread writes",
  guard: (s, { v }) => threadAt(s.vcpu[v], "RUN_TOP"),
  effect: (d, { v }) => {
    d.vcpu[v].pc = "BLOCK_TO_SW";
  },
});

/** What a guest, its userspace and its host may do with a vCPU's thread. */
export const anyRunLoop: readonly Action<State>[] = [
  guestExits,
  guestHalts,
  interruptArrives,
  returnsEarly,
  isHalted,
];
