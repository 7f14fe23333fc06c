import { modeSwitchRestartsNothing } from "../../../properties/timer-modes.ts";
import { hrtimerPinned, nohzFull, preemptionTimer, timerDelivery } from "../options.ts";
import { runLoop } from "./parts.ts";
import { fineTimer, lvttWrite } from "./timer-modes-parts.ts";
import { world } from "./world.ts";

/** F4: LVTT goes from one-shot to periodic while the callback runs on a housekeeping pCPU. */
export const f4ModeSwitch = world({
  name: "kvm/f4-mode-switch",
  about: "finding F4: one vCPU that makes its one-shot periodic while the callback runs elsewhere",
  options: [
    { ...nohzFull, values: ["on", "off"] },
    { ...preemptionTimer, values: ["off", "on"] },
    timerDelivery,
    hrtimerPinned,
  ],
  scope: { vcpu: 1 },
  start: "running",
  actions: [...runLoop, ...fineTimer, "guest_write_lvtt_mode", ...lvttWrite],
  properties: [modeSwitchRestartsNothing],
  expected: [],
});
