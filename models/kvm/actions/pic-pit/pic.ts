import type { Action } from "#check";
import { picTarget, picUpdateIrq } from "../../pic.ts";
import { guestRuns, threadAt } from "../../predicates.ts";
import { action, cpu, type State } from "../../state.ts";
import { leave } from "../../leave.ts";
import { requestEventAndKick } from "../posting/poster.ts";
import { ioExit } from "../../vm-exits.ts";
import type { OfVcpu } from "../../citation.ts";
import { acknowledgesPic } from "../../prints/acknowledgements.ts";
import { picPins, pulsesPic } from "../../prints/pic-pit.ts";
import type { PicPin } from "../../state-pic.ts";

const device = "device";

const raise = action("KVM_IRQ_LINE_pic", {
  actor: device,
  args: { pin: ["hi", "lo"] },
  kernel: "kvm_pic_set_irq(pin, 1), then (pin, 0): irr latched, pic_update_irq(), pic_irq_request()",
  prints: (s, { pin }: { readonly pin: PicPin }) => pulsesPic(s, pin),
  source: "m3; irqchip 2.2, 5.1",
  atomic:
    "pic->lock (irqchip 7.5); the level 0 that follows only lets the next level 1 be an edge, and the same thread sends both. The I/O " +
    "APIC's pin of the same GSI is masked",
  guard: (s, { pin }) => s.vm.irqchip === "KERNEL" && s.pic.pc === "IDLE" && !s.pic.irr[pin],
  effect: (d, { pin }) => {
    d.pic.irr[pin] = true;
    if (picUpdateIrq(d)) d.pic.pc = "WAKEUP";
  },
});

const unlock = action("pic_unlock", {
  actor: device,
  kernel: "pic_unlock(): the first vCPU with kvm_apic_accept_pic_intr()",
  source: "irqchip 5.1",
  atomic:
    "after pic->lock is released (irqchip 7.5); LVT0 of each vCPU is read once, and only this thread keeps what it found",
  guard: (s) => s.pic.pc === "WAKEUP",
  effect: (d) => {
    const target = picTarget(d);
    d.pic.pc = target === undefined ? "IDLE" : "SOFT_EVENT";
    d.pic.target = target ?? 0;
  },
});

const kick = requestEventAndKick({
  name: "pic",
  actor: device,
  caller: "irqchip 5.1",
  at: (s, v, pc) => s.pic.pc === pc && s.pic.target === v,
  go: (d, _, pc) => {
    d.pic.pc = pc;
  },
  done: (d) => {
    d.pic.pc = "IDLE";
    d.pic.target = 0;
  },
});

/** The end of a handler: the PIC is told. */
/** What the EOI of an interrupt of the PIC cites. */
export const eoiPicCites = {
  kernel: ioExit(" of port 0x20: non-specific EOI"),
  source: "irqchip 5.4 L1",
} as const;

export const eoiPic = action("guest_eoi_pic", {
  actor: cpu,
  args: { v: "vcpu" },
  ...eoiPicCites,
  atomic: "the exit is one event of the CPU",
  guard: (s, { v }) => guestRuns(s.vcpu[v]) && s.vcpu[v].events.picHandlers > 0,
  effect: (d, { v }) => leave(d, v, "PIC_EOI"),
});

const mask = action("guest_write_pic_imr", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: ioExit(" of port 0x21: IRQ0 masked or unmasked"),
  branch: ({ pic }) => ioExit(` of port 0x21: IRQ0 ${pic.imr.hi ? "unmasked" : "masked"}`),
  source: "irqchip 5.1",
  atomic: "the exit is one event of the CPU",
  guard: (s, { v }) => guestRuns(s.vcpu[v]),
  effect: (d, { v }) => leave(d, v, d.pic.imr.hi ? "PIC_UNMASK" : "PIC_MASK"),
});

const write = action("picdev_write", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "picdev_write(): pic_ioport_write(), pic_clear_isr(), pic_update_irq(); pic_unlock()",
  prints: ({ vcpu, pic: { isr } }, { v }: OfVcpu) =>
    vcpu[v].exit === "PIC_EOI" ? [acknowledgesPic(picPins[isr.hi ? "hi" : "lo"])] : [],
  source: "irqchip 5.1, 4: ack sources",
  atomic:
    "pic->lock, dropped and retaken around ack notifiers (irqchip 7.5), of which there are none here; whom pic_unlock() wakes is, with " +
    "one vCPU, this thread",
  guard: (s, { v }) => threadAt(s.vcpu[v], "PIC_WRITE"),
  effect: (d, { v }) => {
    const { pic, vcpu } = d;
    const { exit } = vcpu[v];
    if (exit === "PIC_EOI") {
      vcpu[v].events.picHandlers--;
      if (pic.isr.hi) pic.isr.hi = false;
      else pic.isr.lo = false;
    } else pic.imr.hi = exit === "PIC_MASK";
    if (picUpdateIrq(d) && picTarget(d) === v) vcpu[v].req.EVENT = true;
    vcpu[v].pc = "CLEAR_UNBLOCK";
  },
});

/** The in-kernel PIC: a device that raises its pins, the wake-up, and the guest's writes. */
export const pic: readonly Action<State>[] = [raise, unlock, ...kick, eoiPic, mask, write];

export default pic;
