import type { Action, Draft } from "#check";
import { apicEnabled, apicvActivated } from "../predicates.ts";
import type { VendorOps } from "../ops.ts";
import { action, type State } from "../state.ts";
import { rtcIrqEoi } from "./eoi.ts";
import { posterActions } from "./poster.ts";

const userspace = "userspace";

/** ioapic_lazy_update_eoi(): the first vCPU that KVM sees no pending EOI of, and only that one. */
const lazyUpdateEoi = (ops: VendorOps, d: Draft<State>): void => {
  for (let v = 0; v < d.vcpu.length; v++) if (!ops.pendingEoi(d.vcpu[v], "rtc")) return rtcIrqEoi(d, v);
};

const deliver = (d: Draft<State>): void => {
  d.rtc.pc = "ACCEPT";
  d.rtc.target = 0;
  d.rtc.accepted = 0;
  d.rtc.ghostMerged = true;
};

/** A tick with the in-kernel I/O APIC: KVM_IRQ_LINE_STATUS(8, 1). */
const tickKernel = (ops: VendorOps): Action<State> =>
  action("KVM_IRQ_LINE_STATUS", {
    actor: userspace,
    kernel: "ioapic_set_irq(pin 8, 1, line_status), ioapic_lazy_update_eoi()",
    source: "m3; irqchip 2.3 A to E, 2.4; IRQ8 masked in the PIC (2.2)",
    atomic: "ioapic->lock, which stays held while the interrupt is delivered",
    guard: (s) => s.vm.irqchip === "KERNEL" && s.rtc.pc === "IDLE" && !s.ioapic.locked,
    effect: (d) => {
      const { rtc, ioapic } = d;
      rtc.line = true;
      if (apicvActivated(d.vm)) lazyUpdateEoi(ops, d);
      if (ioapic.pendingEoi > 0) {
        rtc.status = 0;
      } else if (ioapic.irr) {
        rtc.status = 0;
      } else {
        ioapic.irr = true;
        ioapic.locked = true;
        deliver(d);
      }
    },
  });

/** A tick with a split irqchip: userspace's I/O APIC turns it into the MSI that GSI 8 is routed to. */
const tickSplit = action("KVM_IRQ_LINE_STATUS_split", {
  actor: userspace,
  kernel: "kvm_vm_ioctl_irq_line(), kvm_set_irq(): kvm_set_msi()",
  source: "m3, m5; irqchip 2.9 correction 4, 2.2",
  atomic: "copies the route; the delivery is step by step below",
  guard: (s) => s.vm.irqchip === "SPLIT" && s.rtc.pc === "IDLE",
  effect: (d) => {
    d.rtc.line = true;
    deliver(d);
  },
});

const next = (d: Draft<State>): void => {
  d.rtc.pc = "NEXT";
};

/** The destination's LAPIC takes the interrupt or not; with the in-kernel I/O APIC its EOI is then owed. */
const accept = (ops: VendorOps): Action<State> =>
  action("rtc_accept", {
    actor: userspace,
    kernel: "__apic_accept_irq(): apic_enabled(), dest_map",
    source: "irqchip 7.1, 2.5",
    atomic:
      "dest_map is written under ioapic->lock; the enable bits change only outside KVM_RUN or by the vCPU itself",
    guard: (s) => s.rtc.pc === "ACCEPT",
    effect: (d) => {
      const { rtc, ioapic } = d;
      if (!apicEnabled(d.vcpu[rtc.target])) return next(d);
      rtc.accepted++;
      if (d.vm.irqchip === "KERNEL") ioapic.destMap |= 1 << rtc.target;
      rtc.pc = ops.deliverFrom;
    },
  });

const nextTarget = action("rtc_next_destination", {
  actor: userspace,
  kernel: "kvm_irq_delivery_to_apic(): the next destination",
  source: "irqchip 7.1",
  atomic: "a loop over a bitmap of its own",
  guard: (s) => s.rtc.pc === "NEXT" && s.rtc.target < s.vcpu.length - 1,
  effect: (d) => {
    d.rtc.target++;
    d.rtc.pc = "ACCEPT";
  },
});

const returnStatus = action("rtc_return_status", {
  actor: userspace,
  kernel: "ioapic_service(): pending_eoi = ret; KVM_IRQ_LINE_STATUS returns",
  source: "m3; irqchip 2.5",
  atomic: "pending_eoi is written under ioapic->lock, which is released here",
  guard: (s) => s.rtc.pc === "NEXT" && s.rtc.target === s.vcpu.length - 1,
  effect: (d) => {
    const { rtc, ioapic } = d;
    rtc.status = rtc.accepted;
    if (d.vm.irqchip === "KERNEL") ioapic.pendingEoi = rtc.accepted;
    if (rtc.accepted > 0) rtc.ghostTicked = true;
    ioapic.locked = false;
    rtc.pc = "IDLE";
    rtc.target = 0;
    rtc.accepted = 0;
    rtc.ghostMerged = false;
  },
});

const post = posterActions({
  name: "rtc",
  actor: userspace,
  vector: "rtc",
  caller: "irqchip 7.1",
  at: (s, v, pc) => s.rtc.pc === pc && s.rtc.target === v,
  go: (d, _, pc) => {
    d.rtc.pc = pc;
  },
  done: next,
  accepted: (d, _, merged) => {
    if (!merged) d.rtc.ghostMerged = false;
  },
});

/** The RTC device and its line: a tick, what the irqchip makes of it, and what userspace is told. */
export const rtcTick = (ops: VendorOps): readonly Action<State>[] => [
  tickKernel(ops),
  tickSplit,
  accept(ops),
  nextTarget,
  returnStatus,
  ...post,
];
