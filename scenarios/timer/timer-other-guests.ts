import { only } from "../../models/kvm/option.ts";
import { nohzFull, timerMode } from "../../models/kvm/options/timer.ts";
import { eoi } from "../parts.ts";
import { world } from "../world.ts";
import { timer } from "./timer.ts";

const off = { nohzFull: "off" } as const;
const periodic = { timerMode: "periodic" } as const;
const ownPcpu = "no callback runs on another pCPU than the vCPU's";

/** The LAPIC timer of the guests whose APIC is emulated, and of one with AVIC. */
export default world({
  name: "kvm/timer-other-guests",
  about: "one vCPU with AVIC, or with an emulated APIC, that programs, reads and takes its LAPIC timer",
  designs: ["upstream"],
  guests: ["avic", "vmx-sw", "svm-sw"],
  options: [nohzFull, only(timerMode, "oneshot", "periodic")],
  scope: { vcpu: 1 },
  start: "timer-armed",
  actions: [...timer.spec.actions, ...eoi],
  properties: timer.spec.properties,
  expected: [
    { property: "pending-cleared-only-before-new-tmict", verdict: "holds" },
    { property: "no-pending-timer-in-guest", where: off, verdict: "vacuous", because: ownPcpu },
    { property: "no-pending-timer-in-guest", verdict: "holds" },
    { property: "expiry-not-delayed-past-entry", verdict: "holds" },
    {
      property: "expiry-handled-without-exit",
      verdict: "violated",
      because: "without disabled exits nothing is posted, and where APICv is inactive nothing can be",
    },
    {
      property: "tmict-write-loses-no-expiry",
      verdict: "violated",
      because: "m3, m21: the write clears pending, whatever the guest",
    },
    { property: "seen-expiry-is-injected", where: periodic, verdict: "vacuous", because: "TMCCT reloads" },
    {
      property: "seen-expiry-is-injected",
      verdict: "violated",
      because: "the write may come between the deadline and the callback, or wipe what it counted",
    },
    {
      property: "expiry-in-handler-injected-once",
      where: periodic,
      verdict: "vacuous",
      because: "one-shot only",
    },
    { property: "expiry-in-handler-injected-once", verdict: "holds" },
    { property: "local-callback-never-sees-guest-mode", verdict: "holds" },
    {
      property: "post-test-only-from-timer-fn",
      where: { guest: "avic", nohzFull: "off" },
      verdict: "vacuous",
      because: "with AVIC an expiry that the vCPU's own thread finds is injected at once",
    },
    { property: "post-test-only-from-timer-fn", verdict: "holds" },
    { property: "callback-never-posts", where: off, verdict: "vacuous", because: ownPcpu },
    { property: "callback-never-posts", verdict: "holds" },
  ],
});
