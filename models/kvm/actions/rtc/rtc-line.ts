import type { Draft } from "#check";
import { apicEnabled } from "../../predicates.ts";
import type { VendorOps } from "../../ops.ts";
import type { State } from "../../state.ts";

type Open = Draft<State>;

/** kvm_set_irq() for GSI 8, as the ioctl that userspace uses makes it behave. */
export interface RtcIoctl {
  readonly name: "KVM_IRQ_LINE_STATUS" | "KVM_IRQ_LINE";
  /** ioapic_set_irq() step C: the tick is dropped while EOIs of the one before are owed. */
  readonly coalesces: (d: Open) => boolean;
  /** ioapic_service() notes who owes an EOI: dest_map, pending_eoi. */
  readonly tracks: boolean;
  /** What userspace reads as the answer. */
  readonly told: (result: number) => number;
}

/** A destination's LAPIC, as the pin's delivery mode has it. */
export interface RtcAccept {
  /** The delivery mode of the pin. */
  readonly mode: "Fixed" | "NMI";
  readonly kernel: string;
  readonly atomic: string;
  readonly effect: (ops: VendorOps, tracks: boolean) => (d: Open) => void;
}

/** What userspace makes of ticks and of the answers to them: lost_tick_policy. */
export interface RtcPolicy {
  /** Whether the periodic timer may fire now. */
  readonly mayTick: (s: State) => boolean;
  readonly ticked: (d: Open) => void;
  readonly answered: (d: Open) => void;
}

/** Of how many destinations ioapic_lazy_update_eoi() takes an EOI for granted: the first that it can, or all. */
export type LazyEoi = "first" | "all";

/** How a world raises IRQ 8. */
export interface RtcLine {
  readonly lazyEoi: LazyEoi;
  readonly ioctl: RtcIoctl;
  /** kvm_pic_set_irq() of pin 8, which comes before the I/O APIC: what it adds to the answer. */
  readonly picSetIrq: (d: Open) => 0 | 1;
  readonly accept: RtcAccept;
  readonly policy: RtcPolicy;
}

export const lineStatus: RtcIoctl = {
  name: "KVM_IRQ_LINE_STATUS",
  coalesces: (d) => d.ioapic.pendingEoi > 0,
  tracks: true,
  told: (result) => result,
};

/** Userspace that finds no KVM_CAP_IRQ_INJECT_STATUS takes every raise for delivered. */
export const lineOnly: RtcIoctl = {
  name: "KVM_IRQ_LINE",
  coalesces: () => false,
  tracks: false,
  told: () => 1,
};

/** IRQ8 masked in the PIC: -1, which kvm_set_irq() skips. */
export const picMasked = (): 0 => 0;

/** IRQ8 unmasked in a PIC that nobody reads: 1 for a first edge and for no edge, 0 for an edge found latched. */
export const picUnmasked = (d: Open): 0 | 1 => {
  const { rtc } = d;
  const edge = !rtc.line;
  if (edge && rtc.picIrr8) return 0;
  if (edge) rtc.picIrr8 = true;
  return 1;
};

const next = (d: Open): void => {
  d.rtc.pc = "NEXT";
};

/** Fixed or lowest-priority mode: the vector is recorded in dest_map and delivered. */
export const acceptFixed: RtcAccept = {
  mode: "Fixed",
  kernel: "__apic_accept_irq(): apic_enabled(), dest_map",
  atomic:
    "dest_map is written under ioapic->lock (irqchip 7.5); the enable bits change only outside KVM_RUN or by the vCPU itself",
  effect: (ops, tracks) => (d) => {
    const { rtc, ioapic } = d;
    if (!apicEnabled(d.vcpu[rtc.target])) return next(d);
    rtc.accepted++;
    if (tracks && d.vm.irqchip === "KERNEL") ioapic.destMap |= 1 << rtc.target;
    rtc.pc = ops.deliverFrom;
  },
};

/** NMI mode: counted as accepted, but not recorded in dest_map, and no EOI will follow. */
export const acceptNmi: RtcAccept = {
  mode: "NMI",
  kernel: "__apic_accept_irq(APIC_DM_NMI): kvm_inject_nmi(); dest_map is left alone",
  atomic:
    "ioapic->lock is held (irqchip 7.5); one locked increment and a request, then the kick step by step",
  effect: () => (d) => {
    const { rtc } = d;
    rtc.accepted++;
    rtc.ghostMerged = false;
    d.vcpu[rtc.target].events.nmiQueued = true;
    rtc.pc = "SOFT_KICK";
  },
};

/** lost_tick_policy=discard: ticks come at any time and the answer is not used. */
export const discard: RtcPolicy = {
  mayTick: () => true,
  ticked: () => {},
  answered: () => {},
};

/** As the kernel's in-tree users have it, with IRQ8 masked in the PIC. */
export const usualLine: RtcLine = {
  lazyEoi: "first",
  ioctl: lineStatus,
  picSetIrq: picMasked,
  accept: acceptFixed,
  policy: discard,
};
