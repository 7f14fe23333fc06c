import { asleep } from "../../models/kvm/blocking.ts";
import { anyVector } from "../../models/kvm/predicates.ts";
import { invariant, step, type State } from "../../models/kvm/state.ts";

const isTd = (s: State): boolean => s.vm.type === "KVM_X86_TDX_VM";

export const initNeverRuns = step({
  id: "td-that-waits-for-init-is-refused",
  statement: "KVM_SET_MP_STATE refuses to have a TD vCPU wait for INIT or SIPI, which it never takes",
  source: "irqchip 6.4",
  kernel: "kvm_arch_vcpu_ioctl_set_mpstate(): kvm_apic_init_sipi_allowed()",
  antecedent: (before, _, { action, args }) =>
    isTd(before) &&
    action === "KVM_SET_MP_STATE" &&
    (args["mp"] === "INIT_RECEIVED" || args["mp"] === "SIPI_RECEIVED"),
  holds: (_, after) => after.ioctl.answer === "-EINVAL",
});

export const waitingForInitRunsNoGuest = invariant({
  id: "vcpu-that-waits-for-init-runs-no-guest",
  statement: "A vCPU whose mp_state waits for INIT or SIPI is not in vcpu_run(): its KVM_RUN only fails",
  source: "irqchip 6.4: -EAGAIN while UNINITIALIZED, -EINVAL in 6.19",
  kernel: "kvm_arch_vcpu_ioctl_run()",
  args: { v: "vcpu" },
  antecedent: (s, { v }) => !["RUNNABLE", "HALTED"].includes(s.vcpu[v].mp),
  holds: (s, { v }) => s.vcpu[v].pc === "USER",
});

export const haltedByIoctlWakes = invariant({
  id: "halted-by-ioctl-wakes-for-a-message",
  statement:
    "A vCPU that sleeps because KVM_SET_MP_STATE halted it does so only while no message waits where KVM can see it (of a TD " +
    "in PIR, since what is in its IRR was blocked as it exited) and nothing is in service, unless who posts it has yet to wake it",
  source: "irqchip 6.4: HALTED blocks until an event; timer 4.4",
  kernel: "vcpu_block(), kvm_vcpu_has_events(), tdx_protected_apic_has_interrupt()",
  args: { v: "vcpu" },
  antecedent: (s, { v }) => asleep(s.vcpu[v]),
  holds: (s, { v }) =>
    s.msi.delivery.pc !== "IDLE" ||
    (!anyVector(s.vcpu[v].pir) && (isTd(s) || !anyVector(s.vcpu[v].irr) || anyVector(s.vcpu[v].isr))),
});
