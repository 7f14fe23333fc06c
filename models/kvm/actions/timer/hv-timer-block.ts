import type { Action } from "#check";
import { hltExits, threadAt } from "../../predicates.ts";
import { action, cpu, type State } from "../../state.ts";
import { inGuest, leave } from "../../leave.ts";
import { timerReturn } from "./timer-return.ts";
import { hltExit } from "../../vm-exits.ts";
import type { OfVcpu } from "../../citation.ts";
import { kvmVcpuWakeup } from "../../tracepoints/run-loop.ts";

/** vcpu_block() as far as the timers go: what it does before and after the wait, which ends at any moment. */

const halts = action("guest_hlt_until_woken", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: hltExit(),
  source: "timer 8 G_HLT",
  atomic: "the exit is one event of the CPU",
  guard: (s, { v }) => inGuest(s, v) && !s.vcpu[v].irr.timer && hltExits(s),
  effect: (d, { v }) => leave(d, v, "HLT"),
});

const toSw = action("switch_to_sw_timer", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "vcpu_block(): kvm_lapic_hv_timer_in_use(), kvm_lapic_switch_to_sw_timer()",
  branch: (s, { v }: OfVcpu) =>
    `vcpu_block(): ${s.timer[v].hv ? "kvm_lapic_switch_to_sw_timer()" : "kvm_lapic_hv_timer_in_use() is false"}`,
  source: "m21; timer 1.10, 2.10",
  atomic: "a test of what only this thread writes",
  guard: (s, { v }) => threadAt(s.vcpu[v], "BLOCK_TO_SW"),
  effect: (d, { v }) => {
    if (d.timer[v].hv) {
      d.timer[v].switching = "TO_SW";
      d.vcpu[v].pc = "SW_START";
    } else d.vcpu[v].pc = "BLOCK_WAIT";
  },
});

const wakes = action("switch_to_hv_timer", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "vcpu_block(): kvm_vcpu_halt() returns; kvm_lapic_switch_to_hv_timer() of a timer that was in use",
  branch: (s, { v }: OfVcpu) =>
    `vcpu_block(): kvm_vcpu_halt() returns${s.timer[v].switching === "TO_SW" ? "; kvm_lapic_switch_to_hv_timer()" : ""}`,
  prints: () => [kvmVcpuWakeup.event({})],
  source: "m21; timer 1.10, 2.10",
  atomic: "an interrupt, an NMI or a signal ends the wait at any moment; which one matters to no timer",
  guard: (s, { v }) => threadAt(s.vcpu[v], "BLOCK_WAIT"),
  effect: (d, { v }) => {
    if (d.timer[v].switching === "TO_SW") {
      d.timer[v].switching = "TO_HV";
      d.vcpu[v].pc = "RESTART";
    } else timerReturn(d, v);
  },
});

/** A halt, and the switches of timers around it. */
export const hvTimerBlock: readonly Action<State>[] = [halts, toSw, wakes];

export default hvTimerBlock;
