import type { FollowedWorld } from "#check";
import { anyTimerGuest } from "../../models/kvm/validation/any-guest.ts";
import { forgetDelivered, forgetHistory } from "../../models/kvm/validation/forgetting.ts";
import { timerObserver } from "../../models/kvm/validation/observe-timer.ts";
import type { GuestName } from "../../models/kvm/ops.ts";
import { nohzFull, preemptionTimer, timerModes } from "../../models/kvm/options/timer.ts";
import tdcr from "../../models/kvm/actions/timer/tdcr.ts";
import { eoi, names, runLoop, userspaceExits } from "../parts.ts";
import { deadlineWrite, fineTimer, lvttWrite } from "../timer/timer-modes-parts.ts";
import { followedGuests, validationWorld } from "./validation-world.ts";

const timerWorld = (guest: GuestName): FollowedWorld =>
  validationWorld(
    {
      name: `timer, ${guest}`,
      options: [timerModes, preemptionTimer, nohzFull],
      scope: { vcpu: 1 },
      start: "running",
      actions: [
        ...runLoop,
        ...userspaceExits,
        ...fineTimer,
        ...deadlineWrite,
        ...lvttWrite,
        "guest_write_lvtt_mode",
        ...names(tdcr),
        "switch_to_sw_timer",
        "switch_to_hv_timer",
        "req_migrate_timer",
        ...eoi,
      ],
      adds: () => anyTimerGuest,
    },
    {
      design: guest === "td" ? "upstream" : null,
      guest,
      options: { timerMode: "oneshot", preemptionTimer: "on", nohzFull: "off" },
    },
    { ...timerObserver, rare: ["apicv_changes"], forgets: [...forgetHistory, forgetDelivered] },
  );

/** The LAPIC timer of one vCPU. */
export const timerWorlds: readonly FollowedWorld[] = followedGuests.map(timerWorld);
