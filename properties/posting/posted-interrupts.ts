import {
  asleep,
  interruptible,
  notificationInFlight,
  posterInFlight,
  wakeInFlight,
} from "../../models/kvm/blocking.ts";
import { anyVector } from "../../models/kvm/predicates.ts";
import { invariant, step } from "../../models/kvm/state.ts";

export const devicePostWakesBlockedVcpu = invariant({
  id: "device-post-wakes-blocked-vcpu",
  statement:
    "Wherever a device posts while the vCPU is scheduled out: no sleep in a halt that interrupts end is final with the " +
    "vector in PIR. A bounded form of 'eventually seen'",
  source: "timer 2.11, 9.2 Q22",
  claim: "Q22",
  kernel: "vmx_vcpu_pi_put(), pi_enable_wakeup_handler(), pi_wakeup_handler()",
  args: { v: "vcpu" },
  antecedent: (s, { v }) =>
    s.vm.bypassIrqs && asleep(s.vcpu[v]) && interruptible(s.vcpu[v]) && s.vcpu[v].pir.device,
  holds: (s, { v }) => wakeInFlight(s, v),
});

export const devicePostReachesRunningVcpu = invariant({
  id: "device-post-reaches-running-vcpu",
  statement:
    "Wherever a device posts while the vCPU is scheduled in: it does not run in non-root mode with the vector in PIR, " +
    "unless a notification is pending there or on its way. A bounded form of 'eventually seen'",
  source: "timer 2.11, 4.7, 9.2 Q22",
  claim: "Q22",
  kernel: "vmx_vcpu_pi_load(): SN cleared, PIR tested, ON set",
  args: { v: "vcpu" },
  antecedent: (s, { v }) =>
    s.vm.bypassIrqs && s.vcpu[v].pc === "NONROOT" && s.vcpu[v].mode === "IN_GUEST" && s.vcpu[v].pir.device,
  holds: (s, { v }) => (s.vcpu[v].on && notificationInFlight(s, v)) || posterInFlight(s, v),
});

export const wakeupHandlerWithoutSuppression = step({
  id: "wakeup-handler-without-suppression",
  statement: "SN is clear whenever the wakeup handler is enabled: a suppressed notification could not wake",
  source: "timer 2.11",
  kernel: "pi_enable_wakeup_handler(): WARN on SN",
  args: { v: "vcpu" },
  antecedent: (before, after, _, { v }) => before.vcpu[v].nv === "POSTED" && after.vcpu[v].nv === "WAKEUP",
  holds: (before, _, __, { v }) => !before.vcpu[v].sn,
});

export const loadedVcpuHasNoStrandedVector = invariant({
  id: "loaded-vcpu-has-no-stranded-vector",
  statement:
    "Once a vCPU is loaded, a vector in PIR has ON beside it, or the thread that posts it is about to set ON: without ON " +
    "neither the entry nor a halt of a TD looks at PIR",
  source: "timer 2.11, 4.7, 4.4, 9.2 Q22",
  claim: "Q22",
  kernel: "vmx_vcpu_pi_load(): PIR is not empty, pi_set_on()",
  args: { v: "vcpu" },
  antecedent: (s, { v }) => s.vcpu[v].sched === "ON_CPU" && anyVector(s.vcpu[v].pir),
  holds: (s, { v }) => s.vcpu[v].on || posterInFlight(s, v),
});
