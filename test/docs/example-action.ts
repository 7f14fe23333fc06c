import { action } from "../../models/kvm/state.ts";
import { vcpuIoctlAllowed } from "../../models/kvm/predicates.ts";

/** Userspace clears a vCPU's TSC deadline with KVM_SET_MSRS; nothing refuses it for a TD. */
export default action("KVM_SET_MSRS_tsc_deadline", {
  actor: "userspace",
  args: { v: "vcpu" },
  kernel: "kvm_set_lapic_tscdeadline_msr(0): hrtimer_cancel(), atomic_set(&pending, 0)",
  source: "timer 1.3: IA32_TSC_DEADLINE is among the MSRs that KVM emulates for a TD",
  atomic: "vcpu->mutex; hrtimer_cancel() waits while the callback runs",
  guard: (s, { v }) => vcpuIoctlAllowed(s, v) && s.timer[v].tscMode && s.timer[v].hr !== "CALLBACK",
  effect: (d, { v }) => {
    d.timer[v].hr = "INACTIVE";
    d.timer[v].due = false;
    d.vcpu[v].irq.HRTIMER = false;
    d.timer[v].deadline = false;
    d.timer[v].pending = 0;
  },
});
