import type { Action } from "#check";
import { guestRuns, vcpuIoctlAllowed } from "../../predicates.ts";
import { action, cpu, type State } from "../../state.ts";
import { ioctl } from "../../ioctl.ts";

/** KVM_INTERRUPT: the vector that a userspace PIC would answer with. */
const kvmInterrupt = ioctl("KVM_INTERRUPT", {
  actor: "userspace",
  args: { v: "vcpu" },
  kernel:
    "kvm_vcpu_ioctl_interrupt(): pending_external_vector, without an irqchip the queue itself; KVM_REQ_EVENT",
  source: "m3; timer 4.8; irqchip 6: -ENXIO with an in-kernel PIC, -EEXIST while the slot is full",
  atomic: "vcpu->mutex (irqchip 7.5)",
  guard: (s, { v }) => vcpuIoctlAllowed(s, v),
  refuses: (s, { v }) => {
    if (s.vm.irqchip === "KERNEL") return "-ENXIO";
    return s.vcpu[v].events.externalVector ? "-EEXIST" : undefined;
  },
  effect: (d, { v }) => {
    const { events } = d.vcpu[v];
    if (d.vm.irqchip === "NONE") events.interruptInjected = true;
    else events.externalVector = true;
    d.vcpu[v].req.EVENT = true;
  },
});

/** KVM_INTERRUPT if it were refused for a guest whose APIC is protected. */
export const kvmInterruptRefused = ioctl("KVM_INTERRUPT", {
  actor: "userspace",
  args: { v: "vcpu" },
  kernel: "kvm_vcpu_ioctl_interrupt() with a test of guest_apic_protected: -EINVAL",
  source: "no such kernel: what would keep ExtINT away from a TD; timer 4.8",
  atomic: "vcpu->mutex (irqchip 7.5)",
  guard: (s, { v }) => vcpuIoctlAllowed(s, v),
  refuses: () => "-EINVAL",
  effect: () => {},
});

/** The guest masks LVT0, which the boot vCPU is reset with unmasked in ExtINT mode. */
const maskLvt0 = action("guest_write_lvt0_masked", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "kvm_lapic_reg_write(APIC_LVT0)",
  source: "timer 4.8: reset state of the boot vCPU, KVM_X86_QUIRK_LINT0_REENABLED",
  atomic: "exit, write and re-entry are merged: the register is read at event injection only, by this thread",
  guard: (s, { v }) => guestRuns(s.vcpu[v]) && s.vcpu[v].events.lvt0ExtInt,
  effect: (d, { v }) => {
    d.vcpu[v].events.lvt0ExtInt = false;
  },
});

/** KVM_SET_VCPU_EVENTS, which nothing refuses for a TD, as it sets or clears interrupt.injected. */
export const setVcpuEvents = (injected: boolean): Action<State> =>
  ioctl("KVM_SET_VCPU_EVENTS", {
    actor: "userspace",
    args: { v: "vcpu" },
    kernel: "kvm_vcpu_ioctl_x86_set_vcpu_events(): interrupt.injected; KVM_REQ_EVENT",
    source: "irqchip 5.4 L4, 6",
    atomic: "vcpu->mutex (irqchip 7.5)",
    guard: (s, { v }) => vcpuIoctlAllowed(s, v) && s.vcpu[v].events.interruptInjected !== injected,
    refuses: () => undefined,
    effect: (d, { v }) => {
      d.vcpu[v].events.interruptInjected = injected;
      d.vcpu[v].req.EVENT = true;
    },
  });

export default [kvmInterrupt, maskLvt0];
