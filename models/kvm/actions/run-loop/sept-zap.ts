import type { Action } from "#check";
import { threadAt } from "../../predicates.ts";
import { action, cpu, type State } from "../../state.ts";

/** A page of the SEPT is zapped again where the first time met a vCPU that entered: every vCPU is kept out meanwhile. */

const actor = "userspace";
const start = "tdx_no_vcpus_enter_start()";

const at = (where: State["vm"]["septZap"]) => (s: State) => s.vm.septZap === where;

const stopEntries = action("sept_zap_stops_entries", {
  actor,
  kernel: `${start}: wait_for_sept_zap`,
  source: "timer 4.7 E2",
  atomic: "one store; mmu_lock is held for writing, so that there is one zapper",
  guard: (s) => s.vm.septZap === "NONE" && s.vm.td === "RUNNABLE",
  effect: (d) => {
    d.vm.septZap = "KICK";
  },
});

const kick = action("sept_zap_kicks", {
  actor,
  kernel: `${start}: kvm_make_all_cpus_request(KVM_REQ_OUTSIDE_GUEST_MODE)`,
  source: "timer 4.7 E2, 2.2: WAIT, NO_ACTION, so that no bit is set",
  atomic: "the IPI follows the cmpxchg that decides on it; a vCPU that leaves meanwhile needs it no more",
  guard: at("KICK"),
  effect: (d) => {
    for (let v = 0; v < d.vcpu.length; v++) {
      const vcpu = d.vcpu[v];
      if (vcpu.mode !== "OUTSIDE") vcpu.irq.CALL_FUNCTION = true;
      if (vcpu.mode === "IN_GUEST") vcpu.mode = "EXITING";
    }
    d.vm.septZap = "WAIT";
  },
});

const wait = action("sept_zap_waits", {
  actor,
  kernel: `${start}: smp_call_function_many(wait): every target acked; TDH.MEM.PAGE.REMOVE`,
  source: "timer 2.2, 4.7 E2",
  atomic: "the wait ends once all acks are there",
  guard: (s) => s.vm.septZap === "WAIT" && s.vcpu.every(({ irq }) => !irq.CALL_FUNCTION),
  effect: (d) => {
    d.vm.septZap = "ZAP";
  },
});

const allowEntries = action("sept_zap_allows_entries", {
  actor,
  kernel: "tdx_no_vcpus_enter_stop(): wait_for_sept_zap",
  source: "timer 4.7 E2",
  atomic: "one store",
  guard: at("ZAP"),
  effect: (d) => {
    d.vm.septZap = "NONE";
  },
});

/** What tdx_vcpu_run() leaves as the exit reason where it does not enter: that of the exit before, or none. */
export type NotEntered = "stale" | "undefined";

/** tdx_vcpu_run() does not enter, and the exit that it did not have counts as handled. */
export const runWaits = (exitReason: NotEntered): Action<State> =>
  action("tdx_vcpu_run_waits", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel:
      "tdx_vcpu_run(): wait_for_sept_zap, EXIT_FASTPATH_EXIT_HANDLED; handle_exit_irqoff() by the exit reason",
    source: "timer 4.7 E2, 2.5 S11 to S13",
    atomic: "host IRQs are off; the flag is read once, and what the handler looks at is this thread's own",
    guard: (s, { v }) => s.vcpu[v].pc === "VENDOR_RUN" && s.vm.septZap !== "NONE",
    effect: (d, { v }) => {
      const vcpu = d.vcpu[v];
      if (exitReason === "undefined") vcpu.exit = "OTHER";
      vcpu.mode = "OUTSIDE";
      vcpu.pc = "EXIT_HANDLED";
    },
  });

const handled = action("exit_handled", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "vcpu_enter_guest(): local_irq_enable(); tdx_handle_exit(): the fastpath has handled it",
  source: "timer 2.5 S14 to S16",
  atomic: "pending host IRQs are handled before it is over",
  guard: (s, { v }) => threadAt(s.vcpu[v], "EXIT_HANDLED"),
  effect: (d, { v }) => {
    d.vcpu[v].pc = "CLEAR_UNBLOCK";
  },
});

/** The zapper, and a vCPU that waits for it. */
export const septZap: readonly Action<State>[] = [
  stopEntries,
  kick,
  wait,
  allowEntries,
  runWaits("stale"),
  handled,
];
