import { armingInjectedOnce, armingTakenOnce } from "../../properties/timer/timer-modes.ts";
import { preemptionTimer, tdcrGuard, timerDelivery } from "../../models/kvm/options/timer.ts";
import { runLoop } from "../parts.ts";
import { each } from "./timer-modes-columns.ts";
import { fineTimer } from "./timer-modes-parts.ts";
import { world } from "../world.ts";

/** F5: the divider is changed after a one-shot was delivered. */
export const f5Tdcr = world({
  name: "kvm/f5-tdcr",
  about: "finding F5: one vCPU that changes its timer's divider, also after the one-shot was delivered",
  options: [tdcrGuard, timerDelivery, preemptionTimer],
  scope: { vcpu: 1 },
  start: "running",
  actions: [...runLoop, ...fineTimer, "guest_write_tdcr", "tdcr_hrtimer_cancel"],
  properties: [armingInjectedOnce, armingTakenOnce],
  expected: ["arming-injected-once", "arming-taken-once"].flatMap((property) => [
    ...each([{ tdcrGuard: "guarded" }, { timerDelivery: "direct-fixed" }], { property, verdict: "holds" }),
    {
      property,
      verdict: "violated",
      because: "F5: period is not 0 after a one-shot was injected, and target_expiration has passed",
    },
  ]),
});

export default f5Tdcr;
