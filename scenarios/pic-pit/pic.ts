import {
  extIntReachesGuest,
  interruptInjectedCleared,
  nmiNotBlockedInGuest,
  noExtIntLost,
} from "../../properties/injection/extint.ts";
import {
  guestEndsWhatItsLapicHas,
  picServesLowerAfterHigher,
  picServiceEnds,
  picWakesVcpu,
} from "../../properties/pic-pit/pic.ts";
import { pic } from "../../models/kvm/actions/pic-pit/pic.ts";
import { only } from "../../models/kvm/option.ts";
import { irqchip } from "../../models/kvm/options/creation.ts";
import { extInt, extIntAck } from "../../models/kvm/options/injection.ts";
import { noKernelIrqchip } from "../no-kernel-irqchip.ts";
import { picLaws } from "../irqchip-laws.ts";
import { postingLaws, runLoopLaws } from "../laws.ts";
import { names, runLoop, userspaceExits } from "../parts.ts";
import type { Where } from "../expectation.ts";
import { every, ordinary, world } from "../world.ts";

const properties = [
  extIntReachesGuest,
  noExtIntLost,
  picServiceEnds,
  picServesLowerAfterHigher,
  picWakesVcpu,
  guestEndsWhatItsLapicHas,
  nmiNotBlockedInGuest,
  interruptInjectedCleared,
];

const vmx: Where = { guest: ordinary };
const post: Where = { guest: "td", extInt: "post" };
const lost = { verdict: "violated", because: "vt_inject_irq() drops it for a TD" } as const;
const stuck = { verdict: "violated", because: "nothing clears interrupt.injected of a TD" } as const;

/** The in-kernel PIC: what becomes of its interrupts. */
export const picWorld = world({
  name: "kvm/pic",
  about: "one vCPU and a device on two pins of the in-kernel PIC, whose interrupts take the way of ExtINT",
  designs: ["active", "v1-inhibit", "active-split", "upstream"],
  guests: every,
  options: [only(irqchip, "kernel"), only(extInt, "lost", "post"), extIntAck],
  scope: { vcpu: 1 },
  start: "running",
  actions: [
    ...runLoop,
    ...userspaceExits,
    ...names(pic),
    "KVM_NMI",
    "req_nmi",
    "guest_take_posted_extint",
    "guest_eoi_posted_extint",
  ],
  properties: [...properties, ...runLoopLaws, ...postingLaws, ...picLaws],
  expected: [
    ...noKernelIrqchip(properties),
    { property: "extint-reaches-guest", where: vmx, verdict: "witnessed" },
    { property: "extint-reaches-guest", where: post, verdict: "witnessed" },
    { property: "extint-reaches-guest", ...lost },
    { property: "acknowledged-extint-reaches-guest", where: vmx, verdict: "holds" },
    { property: "acknowledged-extint-reaches-guest", where: post, verdict: "holds" },
    { property: "acknowledged-extint-reaches-guest", ...lost },
    { property: "pic-in-service-has-its-handler", where: vmx, verdict: "holds" },
    {
      property: "pic-in-service-has-its-handler",
      where: post,
      verdict: "violated",
      because:
        "what is posted is taken after it was acknowledged and in the LAPIC's order, so that a non-specific EOI ends another",
    },
    { property: "pic-in-service-has-its-handler", ...lost },
    { property: "pic-asks-again-after-irq0", where: vmx, verdict: "witnessed" },
    { property: "pic-asks-again-after-irq0", where: post, verdict: "witnessed" },
    {
      property: "pic-asks-again-after-irq0",
      verdict: "violated",
      because: "IRQ0 stays in service for ever, for the guest that lost it never ends it",
    },
    { property: "pic-output-wakes-vcpu", verdict: "holds" },
    {
      property: "posted-extint-leaves-lapic-alone",
      where: { ...post, extIntAck: "pic" },
      verdict: "violated",
      because: "posting sets a bit in ISR, which no EOI at the PIC clears",
    },
    { property: "posted-extint-leaves-lapic-alone", where: post, verdict: "holds" },
    { property: "posted-extint-leaves-lapic-alone", where: vmx, verdict: "holds" },
    { property: "posted-extint-leaves-lapic-alone", verdict: "vacuous", because: "none reaches the guest" },
    { property: "nmi-handed-over-before-entry", where: vmx, verdict: "vacuous", because: "no TD" },
    { property: "nmi-handed-over-before-entry", where: post, verdict: "holds" },
    { property: "nmi-handed-over-before-entry", ...stuck },
    { property: "interrupt-injected-ends-with-entry", where: vmx, verdict: "holds" },
    { property: "interrupt-injected-ends-with-entry", where: post, verdict: "holds" },
    { property: "interrupt-injected-ends-with-entry", ...stuck },
  ],
});

export default picWorld;
