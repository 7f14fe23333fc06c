import { has, type Action, type Draft } from "#check";
import type { VendorOps } from "../ops.ts";
import { guestRuns, threadAt } from "../predicates.ts";
import { action, cpu, type State } from "../state.ts";
import { leave } from "./guest.ts";

/** rtc_irq_eoi(): forgets that a vCPU still owes the EOI. */
export const rtcIrqEoi = (d: Draft<State>, v: number): void => {
  const { ioapic } = d;
  if (!has(ioapic.destMap, v)) return;
  ioapic.destMap &= ~(1 << v);
  ioapic.pendingEoi--;
};

/** EOI of the RTC vector: who sees it depends on the guest. */
export const eoiRtc = (ops: VendorOps, exits: (s: State) => boolean): Action<State> =>
  action("guest_eoi_rtc", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: "EOI: accelerated; an exit for vectors in the EOI exit bitmap (never for a TD)",
    source: "m5; irqchip 3.1, 3.3",
    atomic: "one event of the CPU",
    guard: (s, { v }) => guestRuns(s.vcpu[v]) && s.vcpu[v].isr.rtc && s.vcpu[v].readC,
    effect: (d, { v }) => {
      const vcpu = d.vcpu[v];
      const virtual = ops.virtualDelivery(vcpu);
      if (virtual) {
        vcpu.isr.rtc = false;
        vcpu.readC = false;
      }
      if (!virtual || exits(d)) leave(d, v, "EOI");
    },
  });

/** The EOI exits of an ordinary guest. */
export const eoiExits: readonly Action<State>[] = [
  action("apic_set_eoi", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: "apic_set_eoi(): ISR cleared, KVM_REQ_EVENT",
    source: "irqchip 3.3",
    atomic: "the register page of an emulated APIC is written by its own thread",
    guard: (s, { v }) => threadAt(s.vcpu[v], "EOI_SOFTWARE"),
    effect: (d, { v }) => {
      const vcpu = d.vcpu[v];
      const rtc = vcpu.isr.rtc;
      vcpu.isr.timer = false;
      vcpu.isr.rtc = false;
      vcpu.readC = false;
      vcpu.req.EVENT = true;
      vcpu.pc = rtc && d.vm.irqchip === "KERNEL" ? "EOI_IOAPIC" : "CLEAR_UNBLOCK";
    },
  }),
  action("kvm_ioapic_update_eoi", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: "kvm_ioapic_send_eoi(), kvm_ioapic_update_eoi(): rtc_irq_eoi()",
    source: "irqchip 2.6, 2.7, 3.4",
    atomic: "ioapic->lock: waits while a tick is being delivered",
    guard: (s, { v }) => threadAt(s.vcpu[v], "EOI_IOAPIC") && !s.ioapic.locked,
    effect: (d, { v }) => {
      rtcIrqEoi(d, v);
      d.vcpu[v].pc = "CLEAR_UNBLOCK";
    },
  }),
];
