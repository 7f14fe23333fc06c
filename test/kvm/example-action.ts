import { action } from "../../models/kvm/state.ts";
import { mutexFree } from "../../models/kvm/predicates.ts";

/** Userspace switches a vCPU's APIC off with KVM_SET_MSRS; nothing refuses it for a TD. */
export const setMsrsSpiv = action("KVM_SET_MSRS", {
  actor: "userspace",
  args: { v: "vcpu" },
  kernel: "kvm_lapic_reg_write(APIC_SPIV): software-disabled, atomic_set(&pending, 0)",
  source: "timer 1.7, 1.14: the hrtimer is left running; irqchip 6, KVM_SET_MSRS of x2APIC registers",
  atomic: "vcpu->mutex",
  guard: (s, { v }) => mutexFree(s.vcpu[v]) && s.vcpu[v].swEnabled,
  effect: (d, { v }) => {
    d.vcpu[v].swEnabled = false;
    d.timer[v].pending = 0;
  },
});
