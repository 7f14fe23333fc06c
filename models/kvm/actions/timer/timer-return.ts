import type { Draft } from "#check";
import type { State } from "../../state.ts";

/** Where the vCPU thread goes once it has started, restarted or stopped the timer: back to whoever called for it. */
export const timerReturn = (d: Draft<State>, v: number): void => {
  const vcpu = d.vcpu[v];
  const timer = d.timer[v];
  if (vcpu.loadedAt !== "NONE") {
    vcpu.pc = vcpu.loadedAt;
    vcpu.loadedAt = "NONE";
  }
  // An exit fastpath enters again without leaving guest mode: sync_pir_to_irr(), kvm_vcpu_exit_request().
  else if (vcpu.mode !== "OUTSIDE") vcpu.pc = "SYNC_PIR";
  else if (timer.switching === "TO_SW") vcpu.pc = "BLOCK_WAIT";
  else {
    timer.switching = "NONE";
    vcpu.pc = "CLEAR_UNBLOCK";
  }
};

/** What follows apic_timer_expired(apic, false), by its callers. */
export const afterExpiry = (d: Draft<State>, v: number): void => {
  const { hv, periodic, period } = d.timer[v];
  if (hv) d.vcpu[v].pc = "HV_CANCEL";
  else if (periodic) {
    d.timer[v].due = false;
    if (period) d.timer[v].deadline = true;
    d.vcpu[v].pc = "SW_ENQUEUE";
  } else timerReturn(d, v);
};
