import type { Action } from "#check";
import { threadAt } from "../../predicates.ts";
import { action, cpu, type State } from "../../state.ts";
import { inGuest, leave } from "../../leave.ts";
import { msrWriteExit } from "../../vm-exits.ts";
import type { OfVcpu } from "../../citation.ts";
import { cancels } from "../../prints/timers.ts";

/** The emulation of a TDCR write that changes the divider: kvm_lapic_reg_write(), case APIC_TDCR. */

const guestWrites = action("guest_write_tdcr", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: msrWriteExit(" of APIC_TDCR, another divider"),
  source: "timer 1.0, 1.14",
  atomic: "the exit is one event of the CPU",
  guard: (s, { v }) => inGuest(s, v),
  effect: (d, { v }) => leave(d, v, "TDCR"),
});

/** The write restarts the timer; with a guard, unless a one-shot was delivered and so has no deadline. */
export const tdcrCancel = (guarded: boolean): Action<State> =>
  action("tdcr_hrtimer_cancel", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: "kvm_lapic_reg_write(APIC_TDCR): hrtimer_cancel(), update_target_expiration()",
    prints: (s, { v }: OfVcpu) => cancels(s, v),
    source: "timer 1.14, 9.4 F5, UNSURE list 5",
    atomic:
      "waits while the callback runs; then only this thread touches the deadline, which stays in the past if it was",
    guard: (s, { v }) => threadAt(s.vcpu[v], "TDCR_CANCEL") && s.timer[v].hr !== "CALLBACK",
    effect: (d, { v }) => {
      const timer = d.timer[v];
      timer.hr = "INACTIVE";
      timer.on = "OWN";
      d.vcpu[v].irq.HRTIMER = false;
      d.vcpu[v].pc = guarded && !timer.periodic && !timer.deadline ? "CLEAR_UNBLOCK" : "RESTART";
    },
  });

/** TDCR writes. */
const tdcr: readonly Action<State>[] = [guestWrites, tdcrCancel(false)];

export default tdcr;
