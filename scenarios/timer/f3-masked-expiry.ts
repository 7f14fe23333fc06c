import { maskedExpiryNotInjected } from "../../properties/timer/timer-modes.ts";
import { expiryNotDelayedPastEntry, noPendingTimerInGuest } from "../../properties/timer/timer-delivery.ts";
import { hltInGuest, postTimer } from "../../models/kvm/options/posting.ts";
import { nohzFull, preemptionTimer, timerDelivery } from "../../models/kvm/options/timer.ts";
import { f3Expected, f3UserspaceExpected } from "./f3-expected.ts";
import { runLoop, userspaceExits } from "../parts.ts";
import { fineTimer } from "./timer-modes-parts.ts";
import { world } from "../world.ts";

const shared = {
  options: [timerDelivery, nohzFull, hltInGuest, postTimer, preemptionTimer],
  scope: { vcpu: 1 },
  start: "running",
} as const;

/** F3: an expiry while LVTT is masked, and the guest unmasks it. */
export const f3MaskedExpiry = world({
  ...shared,
  name: "kvm/f3-masked-expiry",
  about: "finding F3: one vCPU whose timer expires while it has LVTT masked, and that unmasks it afterwards",
  actions: [...runLoop, ...fineTimer, "guest_write_lvtt_mask", "store_lvtt"],
  properties: [maskedExpiryNotInjected, noPendingTimerInGuest, expiryNotDelayedPastEntry],
  expected: f3Expected,
});

/** F3, the other half: userspace unmasks it, and nobody is told. */
export const f3UserspaceUnmask = world({
  ...shared,
  name: "kvm/f3-userspace-unmask",
  about: "finding F3: the same, but userspace unmasks LVTT with KVM_SET_MSRS, which requests nothing",
  actions: [
    ...runLoop,
    ...userspaceExits,
    ...fineTimer,
    "guest_write_lvtt_mask",
    "store_lvtt",
    "KVM_SET_MSRS_LVTT",
  ],
  properties: [maskedExpiryNotInjected, noPendingTimerInGuest, expiryNotDelayedPastEntry],
  expected: f3UserspaceExpected,
});

export default [f3MaskedExpiry, f3UserspaceUnmask];
