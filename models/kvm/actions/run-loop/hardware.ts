import type { Action } from "#check";
import type { VendorOps } from "../../ops.ts";
import { harvest } from "../../pir-sync.ts";
import { anyVector } from "../../predicates.ts";
import { action, cpu, type State } from "../../state.ts";

/** What the hardware does by itself: deadlines pass, notifications are processed. */
export const hardware = (ops: VendorOps): readonly Action<State>[] => [
  deadlineOwn,
  timerInterrupt,
  deadlineRemote,
  processPosted(ops),
];

const deadlineOwn = action("deadline_passes", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "ktime_get() reaches the hrtimer's expiry",
  source: "timer 8 W_DEADLINE",
  atomic: "time is abstracted: a deadline passes at any moment",
  guard: (s, { v }) => s.timer[v].hr === "ENQUEUED" && s.timer[v].on === "OWN" && !s.timer[v].due,
  effect: (d, { v }) => {
    d.timer[v].due = true;
  },
});

const timerInterrupt = action("timer_interrupt", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "local APIC timer interrupt of the vCPU's pCPU",
  source: "timer 8 W_DEADLINE, 6.1: the deadline may have passed before the interrupt comes",
  atomic: "one event of the CPU",
  guard: (s, { v }) => {
    const { hr, on, due } = s.timer[v];
    return hr === "ENQUEUED" && on === "OWN" && due && !s.vcpu[v].irq.HRTIMER;
  },
  effect: (d, { v }) => {
    d.vcpu[v].irq.HRTIMER = true;
  },
});

const deadlineRemote = action("deadline_passes_remote", {
  actor: "housekeeping",
  args: { v: "vcpu" },
  kernel: "ktime_get() reaches the hrtimer's expiry",
  source: "timer 8 W_DEADLINE, 1.12",
  atomic: "time is abstracted: a deadline passes at any moment",
  guard: (s, { v }) => s.timer[v].hr === "ENQUEUED" && s.timer[v].on === "HOUSEKEEPING" && !s.timer[v].due,
  effect: (d, { v }) => {
    d.timer[v].due = true;
  },
});

const processPosted = (ops: VendorOps): Action<State> =>
  action("process_posted_interrupts", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: "posted-interrupt processing: ON cleared, PIR moved to the virtual IRR, no exit",
    source: "timer 2.9, 8 W_PI_PROCESS",
    atomic: "ON is cleared before PIR is read, so a post in between notifies again",
    guard: (s, { v }) => {
      const vcpu = s.vcpu[v];
      return vcpu.pc === "NONROOT" && vcpu.irq.POSTED_INTR && ops.processesPosted(vcpu);
    },
    effect: (d, { v }) => {
      const vcpu = d.vcpu[v];
      vcpu.irq.POSTED_INTR = false;
      if (anyVector(vcpu.pir)) vcpu.rvi = "HIGHEST_IRR";
      harvest(d, v);
    },
  });

/** TDH.VP.ENTER may come back without having run the guest; ON and PIR are then untouched. */
export const enterFailed = action("tdh_vp_enter_busy", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "TDH.VP.ENTER: operand busy",
  source: "timer 4.7 E4, E5, UNSURE list 1",
  atomic: "one instruction",
  guard: (s, { v }) => s.vcpu[v].pc === "ENTER",
  effect: (d, { v }) => {
    d.vcpu[v].pc = "EXITED";
    d.vcpu[v].exit = "OTHER";
  },
});

export default hardware;
