import type { Claim } from "#check";
import { everyGuest, tdDesigns, type Columns } from "./columns.ts";
import { asks, confirmed } from "./make.ts";

const f2 = (property: string, columns: Columns, set: readonly string[] = []) =>
  asks("kvm/f2-extint", property, columns, set);
const pic = (property: string, columns: Columns, set: readonly string[] = []) =>
  asks("kvm/pic", property, columns, set);

/** KVM_INTERRUPT under a split irqchip: a TD under any design, and ordinary guests. */
const underSplit: Columns = [...tdDesigns, "vmx", "avic"];

const reaches = "extint-reaches-guest";
const acknowledged = "acknowledged-extint-reaches-guest";
const handler = "pic-in-service-has-its-handler";
const nmi = "nmi-handed-over-before-entry";

/** What the thread says about PIC interrupts. */
const eventClaims: readonly Claim[] = [
  confirmed(
    "Q12",
    "m3; timer 9.2 Q12",
    "PIC interrupts of a TD are lost, since event injection does nothing for it",
    f2(reaches, underSplit),
  ),
  confirmed(
    "C19",
    "m3; irqchip 5.4 L1, (c) C19",
    "An interrupt of the in-kernel PIC is lost for a TD, and with it every later one of the same priority or lower",
    pic(reaches, everyGuest),
    pic(acknowledged, everyGuest),
    pic(handler, everyGuest),
    pic("pic-asks-again-after-irq0", everyGuest),
  ),
  {
    id: "m3-post",
    statement: "PIC interrupts of a TD could be delivered as posted interrupts",
    messages: ["m3"],
    source: "irqchip 5.4 PIC=POST",
    word: "holds under: one interrupt of the PIC at a time, which the guest ends in its LAPIC as well",
    said: "m3 offers a posted interrupt to deliver PIC interrupts, if they are needed.",
    shown:
      "A posted vector sets a bit in ISR, which ExtINT does not: a guest that ends it at the PIC only takes none of that " +
      "priority again. With two at once the LAPIC takes the PIC's lowest first, whose non-specific EOI ends the other.",
    checks: [
      pic(reaches, tdDesigns, ["extInt=post"]),
      pic(acknowledged, tdDesigns, ["extInt=post"]),
      pic("posted-extint-leaves-lapic-alone", tdDesigns, ["extInt=post"]),
      pic("posted-extint-leaves-lapic-alone", tdDesigns, ["extInt=post", "extIntAck=both"]),
      pic(handler, tdDesigns, ["extInt=post", "extIntAck=both"]),
    ],
  },
  {
    id: "C20",
    statement: "With a split irqchip enforced no ExtINT can be lost any more",
    messages: ["m3"],
    source: "irqchip 5.4 L4, (c) C20",
    word: "refuted",
    said: "m3 gives the enforced split irqchip as the way to have no in-kernel PIT or PIC to care about.",
    shown:
      "KVM_INTERRUPT is accepted under split, and the boot vCPU starts with LVT0 open: the vector is taken out of its slot " +
      "and lost, and userspace is never told again that it may inject.",
    checks: [
      f2(acknowledged, underSplit),
      f2("userspace-pic-may-inject-again", underSplit),
      f2(acknowledged, tdDesigns, ["extInt=post"]),
      f2(acknowledged, tdDesigns, ["extInt=refused"]),
    ],
  },
  {
    id: "C21",
    statement: "Losing an ExtINT has no effect on other interrupts, NMIs among them",
    messages: ["m3"],
    source: "irqchip 5.4 L2, L3, L4, (c) C21",
    word: "holds under: posted interrupts; not NMIs",
    said: "m3 says that PIC interrupts are lost, and leaves it at that.",
    shown:
      "interrupt.injected stays set, and no NMI is injected any more until userspace clears it with KVM_SET_VCPU_EVENTS, " +
      "which can also set it. What is posted goes on.",
    checks: [
      f2(nmi, underSplit),
      pic(nmi, everyGuest),
      f2("nmi-injected-in-the-end", underSplit),
      f2("nmi-injected-in-the-end", tdDesigns, ["vcpuEvents=clears-injected"]),
      f2(nmi, tdDesigns, ["extInt=refused", "vcpuEvents=sets-injected"]),
      f2("posted-interrupt-works-after-lost-extint", tdDesigns),
    ],
  },
];

export default eventClaims;
