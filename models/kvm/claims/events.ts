import type { Claim, Verdict } from "#check";
import { designsOf, guestsOf, type Expected } from "./columns.ts";
import { asks, confirmed } from "./make.ts";

const f2 = (property: string, expected: Expected, set: readonly string[] = []) =>
  asks("kvm/f2-extint", property, expected, set);
const pic = (property: string, expected: Expected, set: readonly string[] = []) =>
  asks("kvm/pic", property, expected, set);

/** KVM_INTERRUPT under a split irqchip: a TD under any design, and ordinary guests. */
const splitOf = (td: Verdict, others: Verdict): Expected => ({
  ...designsOf(td, td),
  vmx: others,
  avic: others,
});
/** The in-kernel PIC, refused where split is enforced. */
const kernelOf = (td: Verdict): Expected => designsOf(td, td, "not-applicable");
const kernelAnd = (td: Verdict, others: Verdict): Expected => ({
  ...kernelOf(td),
  ...guestsOf(others, others, others),
});

const reaches = "extint-reaches-guest";
const acknowledged = "acknowledged-extint-reaches-guest";
const handler = "pic-in-service-has-its-handler";
const nmi = "nmi-handed-over-before-entry";

/** What the thread says of PIC interrupts. */
export const eventClaims: readonly Claim[] = [
  confirmed(
    "Q12",
    "m3; timer 9.2 Q12",
    "PIC interrupts of a TD are lost, since event injection does nothing for it",
    f2(reaches, splitOf("violated", "witnessed")),
  ),
  confirmed(
    "C19",
    "m3; irqchip 5.4 L1, (c) C19",
    "An interrupt of the in-kernel PIC is lost for a TD, and with it every later one of the same priority or lower",
    pic(reaches, kernelAnd("violated", "witnessed")),
    pic(acknowledged, kernelAnd("violated", "holds")),
    pic(handler, kernelAnd("violated", "holds")),
    pic("pic-asks-again-after-irq0", kernelAnd("violated", "witnessed")),
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
      pic(reaches, kernelOf("witnessed"), ["extInt=post"]),
      pic(acknowledged, kernelOf("holds"), ["extInt=post"]),
      pic("posted-extint-leaves-lapic-alone", kernelOf("violated"), ["extInt=post"]),
      pic("posted-extint-leaves-lapic-alone", kernelOf("holds"), ["extInt=post", "extIntAck=both"]),
      pic(handler, kernelOf("violated"), ["extInt=post", "extIntAck=both"]),
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
      f2(acknowledged, splitOf("violated", "holds")),
      f2("userspace-pic-may-inject-again", splitOf("violated", "holds")),
      f2(acknowledged, designsOf("holds", "holds"), ["extInt=post"]),
      f2(acknowledged, designsOf("vacuous", "vacuous"), ["extInt=refused"]),
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
      f2(nmi, splitOf("violated", "vacuous")),
      pic(nmi, kernelAnd("violated", "vacuous")),
      f2("nmi-injected-in-the-end", splitOf("violated", "holds")),
      f2("nmi-injected-in-the-end", designsOf("holds", "holds"), ["vcpuEvents=clears-injected"]),
      f2(nmi, designsOf("violated", "violated"), ["extInt=refused", "vcpuEvents=sets-injected"]),
      f2("posted-interrupt-works-after-lost-extint", designsOf("witnessed", "witnessed")),
    ],
  },
];
