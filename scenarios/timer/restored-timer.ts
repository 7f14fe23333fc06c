import { setLapicLosesNoExpiry } from "../../properties/timer/restored-timer.ts";
import { expiryNotDelayedPastEntry, noPendingTimerInGuest } from "../../properties/timer/timer-delivery.ts";
import { only } from "../../models/kvm/option.ts";
import { preemptionTimer, timerModes, wantsToRun } from "../../models/kvm/options/timer.ts";
import { hardware } from "../../models/kvm/actions/run-loop/hardware.ts";
import { tdOps } from "../../models/kvm/ops.ts";
import { apicMap, eoi, names, runLoop, userspaceExits } from "../parts.ts";
import { world } from "../world.ts";

/** An ordinary vCPU whose TSC-deadline timer and LAPIC userspace restores, in either order, again and again. */
export default world({
  name: "kvm/restored-timer",
  about: "one vCPU in TSC-deadline mode, and a userspace that restores its deadline and its LAPIC",
  guests: ["vmx", "vmx-sw"],
  options: [only(timerModes, "tsc-deadline"), only(preemptionTimer, "off"), wantsToRun],
  scope: { vcpu: 1 },
  start: "running",
  actions: [
    ...runLoop,
    ...userspaceExits,
    ...names(hardware(tdOps)),
    ...apicMap,
    "apic_timer_fn",
    "guest_take_irq",
    "guest_eoi_timer",
    ...eoi,
    "KVM_SET_MSRS_TSCD",
    "KVM_SET_LAPIC",
  ],
  properties: [setLapicLosesNoExpiry, noPendingTimerInGuest, expiryNotDelayedPastEntry],
  expected: [
    {
      property: "set-lapic-loses-no-expiry",
      where: { guest: "vmx", wantsToRun: "not-asked" },
      verdict: "violated",
      because: "the interrupt was posted at once and tscdeadline cleared; then PIR is cleared too",
    },
    { property: "set-lapic-loses-no-expiry", verdict: "holds" },
    { property: "no-pending-timer-in-guest", verdict: "vacuous" },
    { property: "expiry-not-delayed-past-entry", verdict: "holds" },
  ],
});
