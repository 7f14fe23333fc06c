import type { Action, Draft } from "#check";
import { apicvActivated } from "../../predicates.ts";
import type { VendorOps } from "../../ops.ts";
import { action, type State } from "../../state.ts";
import { rtcIrqEoi } from "../ioapic/eoi.ts";
import { posterActions } from "../posting/poster.ts";
import { picMasked, usualLine, type RtcLine } from "./rtc-line.ts";
import { accepts, acceptsNmi } from "../../prints/delivery.ts";
import { raisesRtc, rtcIsSet } from "../../prints/rtc.ts";

type Open = Draft<State>;

const userspace = "userspace";

/** ioapic_lazy_update_eoi(): as the kernel is, the first vCPU that KVM sees no pending EOI of, and only that one. */
const lazyUpdateEoi = (ops: VendorOps, { lazyEoi }: RtcLine, d: Open): void => {
  for (let v = 0; v < d.vcpu.length; v++) {
    if (ops.pendingEoi(d.vcpu[v], "rtc")) continue;
    rtcIrqEoi(d, v);
    if (lazyEoi === "first") return;
  }
};

const deliver = (d: Open): void => {
  d.rtc.pc = "ACCEPT";
  d.rtc.target = 0;
  d.rtc.accepted = 0;
  d.rtc.ghostMerged = true;
};

/** kvm_set_irq() has its result: userspace learns it. */
const answer = (line: RtcLine, d: Open, result: number): void => {
  d.rtc.status = line.ioctl.told(result + d.rtc.picAnswer);
  d.rtc.picAnswer = 0;
  line.policy.answered(d);
};

/** GSI 8 goes up by the ioctl, in the in-kernel irqchip, up to the delivery. */
export const raiseKernel = (ops: VendorOps, line: RtcLine, d: Open): void => {
  const { rtc, ioapic } = d;
  rtc.picAnswer = line.picSetIrq(d);
  rtc.line = true;
  if (apicvActivated(d.vm)) lazyUpdateEoi(ops, line, d);
  if (line.ioctl.coalesces(d) || ioapic.irr) return answer(line, d, 0);
  ioapic.irr = true;
  ioapic.locked = true;
  deliver(d);
};

/** GSI 8 goes up by the ioctl, with a split irqchip: the MSI that userspace's I/O APIC has made of its pin. */
export const raiseSplit = (d: Open): void => {
  d.rtc.line = true;
  deliver(d);
};

/** IRQ8 in the PIC, as this world has it. */
export const inPic = ({ picSetIrq }: RtcLine): { readonly picMasks: boolean } => ({
  picMasks: picSetIrq === picMasked,
});

/** A tick with the in-kernel I/O APIC. */
const tickKernel = (ops: VendorOps, line: RtcLine): Action<State> =>
  action(line.ioctl.name, {
    actor: userspace,
    kernel: line.ioctl.tracks
      ? "ioapic_set_irq(pin 8, 1, line_status), ioapic_lazy_update_eoi()"
      : "ioapic_set_irq(pin 8, 1) without line_status: rtc_status is neither read nor written",
    prints: (s, _, after) => raisesRtc(s, after, inPic(line)),
    source: "m3; irqchip 2.3 A to E, 2.4, 2.2: the PIC's part",
    atomic:
      "ioapic->lock, which stays held while the interrupt is delivered; pic->lock before it, for a pin that nobody else uses " +
      "(irqchip 7.5)",
    guard: (s) =>
      s.vm.irqchip === "KERNEL" && s.rtc.pc === "IDLE" && !s.ioapic.locked && line.policy.mayTick(s),
    effect: (d) => {
      line.policy.ticked(d);
      raiseKernel(ops, line, d);
    },
  });

/** A tick with a split irqchip: userspace's I/O APIC turns it into the MSI that GSI 8 is routed to. */
const tickSplit = (line: RtcLine): Action<State> =>
  action(`${line.ioctl.name}_split`, {
    actor: userspace,
    kernel: "kvm_vm_ioctl_irq_line(), kvm_set_irq(): kvm_set_msi()",
    prints: (s, _, after) => raisesRtc(s, after, inPic(line)),
    source: "m3, m5; irqchip 2.9 correction 4, 2.2",
    atomic: "copies the route under irq_srcu (irqchip 7.5); the delivery is step by step below",
    guard: (s) => s.vm.irqchip === "SPLIT" && s.rtc.pc === "IDLE" && line.policy.mayTick(s),
    effect: (d) => {
      line.policy.ticked(d);
      raiseSplit(d);
    },
  });

const next = (d: Open): void => {
  d.rtc.pc = "NEXT";
};

/** The destination's LAPIC takes the interrupt or not; with the in-kernel I/O APIC its EOI is then owed. */
const accept = (ops: VendorOps, { accept, ioctl }: RtcLine): Action<State> =>
  action("rtc_accept", {
    actor: userspace,
    kernel: accept.kernel,
    prints: ({ rtc: { target } }) => [
      accept.mode === "NMI" ? acceptsNmi(target, "rtc") : accepts(target, "rtc"),
    ],
    source: "irqchip 7.1, 2.5",
    atomic: accept.atomic,
    guard: (s) => s.rtc.pc === "ACCEPT",
    effect: accept.effect(ops, ioctl.tracks),
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

const returnStatus = (line: RtcLine): Action<State> =>
  action("rtc_return_status", {
    actor: userspace,
    kernel: `ioapic_service(): pending_eoi = ret; ${line.ioctl.name} returns`,
    prints: (s) => rtcIsSet(s, line.accept.mode),
    source: "m3; irqchip 2.5",
    atomic: "pending_eoi is written under ioapic->lock, which is released here (irqchip 7.5)",
    guard: (s) => s.rtc.pc === "NEXT" && s.rtc.target === s.vcpu.length - 1,
    effect: (d) => {
      const { rtc, ioapic } = d;
      if (line.ioctl.tracks && d.vm.irqchip === "KERNEL") ioapic.pendingEoi = rtc.accepted;
      if (rtc.accepted > 0) rtc.ghostTicked = true;
      ioapic.locked = false;
      rtc.pc = "IDLE";
      answer(line, d, rtc.accepted);
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

/** The steps that depend on how the world raises IRQ 8. */
export const rtcLineSteps = (ops: VendorOps, line: RtcLine): readonly Action<State>[] => [
  tickKernel(ops, line),
  tickSplit(line),
  accept(ops, line),
  returnStatus(line),
];

/** The RTC device and its line: a tick, what the irqchip makes of it, and what userspace is told. */
export const rtcTick = (ops: VendorOps, line: RtcLine): readonly Action<State>[] => {
  const [kernel, split, accepts, returns] = rtcLineSteps(ops, line);
  return [kernel, split, accepts, nextTarget, returns, ...post];
};

export default (ops: VendorOps) => rtcTick(ops, usualLine);
