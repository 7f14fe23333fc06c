import { has, type Action, type Draft } from "#check";
import type { VendorOps } from "../../ops.ts";
import type { State } from "../../state.ts";
import { ioctl } from "../../ioctl.ts";

/** kvm_rtc_eoi_tracking_restore_one(): whether a vCPU owes the EOI, as far as KVM sees its vector in IRR or ISR. */
export const restoreTracking = (d: Draft<State>, v: number, pending: boolean): void => {
  const { ioapic } = d;
  if (has(ioapic.destMap, v) === pending) return;
  ioapic.destMap ^= 1 << v;
  ioapic.pendingEoi += pending ? 1 : -1;
};

/** KVM_SET_IRQCHIP of the I/O APIC with what KVM_GET_IRQCHIP gave: one of the few ways to clear pending_eoi. */
export const setIrqchip = (ops: VendorOps): Action<State> =>
  ioctl("KVM_SET_IRQCHIP", {
    actor: "userspace",
    kernel: "kvm_set_ioapic(): irr = 0, kvm_ioapic_inject_all(), kvm_rtc_eoi_tracking_restore_all()",
    source: "irqchip 1.7, 2.1: a delivered edge is hidden from KVM_GET_IRQCHIP, so nothing is injected again",
    atomic: "ioapic->lock from the first to the last (irqchip 7.5)",
    guard: (s) => !s.ioapic.locked,
    refuses: (s) => (s.vm.irqchip === "KERNEL" ? undefined : "-ENXIO"),
    effect: (d) => {
      d.ioapic.irr = false;
      d.ioapic.destMap = 0;
      d.ioapic.pendingEoi = 0;
      for (let v = 0; v < d.vcpu.length; v++) restoreTracking(d, v, ops.pendingEoi(d.vcpu[v], "rtc"));
    },
  });
