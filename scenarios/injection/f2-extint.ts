import type { Expectation, Where } from "../expectation.ts";
import {
  extIntReachesGuest,
  injectionWindowOpensAgain,
  interruptInjectedCleared,
  nmiInjectedInTheEnd,
  nmiNotBlockedInGuest,
  noExtIntLost,
  noForcedImmediateExit,
  postedWorkDespiteLostExtInt,
} from "../../properties/injection/extint.ts";
import { irqfd } from "../../models/kvm/actions/posting/device.ts";
import { extInt, extIntAck, vcpuEvents } from "../../models/kvm/options/injection.ts";
import { tdOps } from "../../models/kvm/ops.ts";
import { names, runLoop, userspaceExits } from "../parts.ts";
import { world } from "../world.ts";

const others: Where = { guest: ["vmx", "avic"] };
const post: Where = { guest: "td", extInt: "post" };
const refused: Where = { guest: "td", extInt: "refused" };
/** Userspace does not set interrupt.injected itself. */
const untouched: Where = { vcpuEvents: ["untouched", "clears-injected"] };

const stuck = ["nmi-handed-over-before-entry", "interrupt-injected-ends-with-entry"].flatMap(
  (property): readonly Expectation[] => [
    { property, where: { ...post, ...untouched }, verdict: "holds" },
    { property, where: { ...refused, ...untouched }, verdict: "holds" },
    {
      property,
      where: { extInt: ["post", "refused"] },
      verdict: "violated",
      because: "KVM_SET_VCPU_EVENTS sets interrupt.injected, which nothing clears",
    },
    { property, verdict: "violated", because: "F2: nothing clears interrupt.injected of a TD" },
  ],
);

/** Finding F2: what one KVM_INTERRUPT does to a TD. */
export const f2ExtInt = world({
  name: "kvm/f2-extint",
  about:
    "one vCPU whose userspace sends NMIs and, by KVM_INTERRUPT, interrupts of a PIC, while a device posts to it",
  guests: ["td", "vmx", "avic"],
  options: [extInt, extIntAck, vcpuEvents],
  scope: { vcpu: 1 },
  start: "running",
  actions: [
    ...runLoop,
    ...userspaceExits,
    "KVM_INTERRUPT",
    "KVM_NMI",
    "req_nmi",
    "guest_write_lvt0_masked",
    "KVM_SET_VCPU_EVENTS",
    "guest_take_posted_extint",
    "guest_eoi_posted_extint",
    ...names(irqfd(tdOps)),
    "guest_take_device_irq",
  ],
  properties: [
    extIntReachesGuest,
    noExtIntLost,
    nmiNotBlockedInGuest,
    nmiInjectedInTheEnd,
    interruptInjectedCleared,
    noForcedImmediateExit,
    injectionWindowOpensAgain,
    postedWorkDespiteLostExtInt,
  ],
  expected: [
    { property: "extint-reaches-guest", where: others, verdict: "witnessed" },
    { property: "extint-reaches-guest", where: post, verdict: "witnessed" },
    {
      property: "extint-reaches-guest",
      where: refused,
      verdict: "violated",
      because: "KVM_INTERRUPT is refused",
    },
    { property: "extint-reaches-guest", verdict: "violated", because: "vt_inject_irq() drops it for a TD" },
    { property: "acknowledged-extint-reaches-guest", where: others, verdict: "holds" },
    { property: "acknowledged-extint-reaches-guest", where: post, verdict: "holds" },
    {
      property: "acknowledged-extint-reaches-guest",
      where: refused,
      verdict: "vacuous",
      because: "KVM_INTERRUPT is refused",
    },
    {
      property: "acknowledged-extint-reaches-guest",
      verdict: "violated",
      because: "vt_inject_irq() drops it for a TD",
    },
    {
      property: "nmi-handed-over-before-entry",
      where: others,
      verdict: "vacuous",
      because: "no TD",
    },
    { property: "interrupt-injected-ends-with-entry", where: others, verdict: "holds" },
    ...stuck,
    { property: "nmi-injected-in-the-end", where: others, verdict: "holds" },
    { property: "nmi-injected-in-the-end", where: { ...post, ...untouched }, verdict: "holds" },
    { property: "nmi-injected-in-the-end", where: { ...refused, ...untouched }, verdict: "holds" },
    { property: "nmi-injected-in-the-end", where: { vcpuEvents: "clears-injected" }, verdict: "holds" },
    {
      property: "nmi-injected-in-the-end",
      verdict: "violated",
      because: "F2: while interrupt.injected is stuck no NMI is injected",
    },
    {
      property: "td-never-asked-for-immediate-exit",
      where: others,
      verdict: "vacuous",
      because: "no TD",
    },
    { property: "td-never-asked-for-immediate-exit", where: { ...refused, ...untouched }, verdict: "holds" },
    {
      property: "td-never-asked-for-immediate-exit",
      verdict: "violated",
      because: "F2: an NMI beside an ExtINT vector, or beside a stuck interrupt.injected, asks for one",
    },
    {
      property: "userspace-pic-may-inject-again",
      where: { vcpuEvents: "sets-injected" },
      verdict: "violated",
      because: "KVM_SET_VCPU_EVENTS sets interrupt.injected",
    },
    { property: "userspace-pic-may-inject-again", where: others, verdict: "holds" },
    { property: "userspace-pic-may-inject-again", where: post, verdict: "holds" },
    { property: "userspace-pic-may-inject-again", where: refused, verdict: "holds" },
    {
      property: "userspace-pic-may-inject-again",
      verdict: "violated",
      because:
        "nothing clears interrupt.injected of a TD, so userspace is never told that it may inject again",
    },
    {
      property: "posted-interrupt-works-after-lost-extint",
      where: others,
      verdict: "violated",
      because: "no TD",
    },
    {
      property: "posted-interrupt-works-after-lost-extint",
      where: { extInt: ["post", "refused"], ...untouched },
      verdict: "violated",
      because: "no ExtINT vector is lost",
    },
    { property: "posted-interrupt-works-after-lost-extint", verdict: "witnessed" },
  ],
});

export default f2ExtInt;
