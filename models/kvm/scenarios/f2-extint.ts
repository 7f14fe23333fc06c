import {
  extIntReachesGuest,
  interruptInjectedCleared,
  nmiNotBlockedInGuest,
  noForcedImmediateExit,
} from "../../../properties/extint.ts";
import { lifecycle as open } from "../lifecycle-options.ts";
import { runLoop, userspaceExits } from "./parts.ts";
import { world } from "./world.ts";

/** Finding F2: what one KVM_INTERRUPT does to a TD. */
export const f2ExtInt = world({
  name: "kvm/f2-extint",
  about: "one vCPU whose userspace sends NMIs and, by KVM_INTERRUPT, interrupts of a PIC",
  options: [open.extInt],
  scope: { vcpu: 1 },
  start: "running",
  actions: [...runLoop, ...userspaceExits, "KVM_INTERRUPT", "KVM_NMI", "req_nmi", "guest_write_lvt0_masked"],
  properties: [extIntReachesGuest, nmiNotBlockedInGuest, interruptInjectedCleared, noForcedImmediateExit],
  expected: [
    { property: "extint-reaches-guest", where: { guest: "vmx" }, verdict: "witnessed" },
    { property: "extint-reaches-guest", verdict: "violated", because: "vt_inject_irq() drops it for a TD" },
    {
      property: "nmi-handed-over-before-entry",
      where: { guest: "vmx" },
      verdict: "vacuous",
      because: "no TD",
    },
    {
      property: "td-never-asked-for-immediate-exit",
      where: { guest: "vmx" },
      verdict: "vacuous",
      because: "no TD",
    },
    { property: "interrupt-injected-ends-with-entry", where: { guest: "vmx" }, verdict: "holds" },
    { property: "nmi-handed-over-before-entry", where: { extInt: "refused" }, verdict: "holds" },
    { property: "td-never-asked-for-immediate-exit", where: { extInt: "refused" }, verdict: "holds" },
    { property: "interrupt-injected-ends-with-entry", where: { extInt: "refused" }, verdict: "holds" },
    {
      property: "nmi-handed-over-before-entry",
      verdict: "violated",
      because: "F2: nothing clears interrupt.injected of a TD, and while it is set no NMI is injected",
    },
    {
      property: "td-never-asked-for-immediate-exit",
      verdict: "violated",
      because: "F2: an ExtINT vector beside an NMI, or stuck, asks for one",
    },
    {
      property: "interrupt-injected-ends-with-entry",
      verdict: "violated",
      because: "F2: nothing clears interrupt.injected of a TD",
    },
  ],
});
