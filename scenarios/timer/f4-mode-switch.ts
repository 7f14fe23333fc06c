import { modeSwitchRestartsNothing } from "../../properties/timer/timer-modes.ts";
import { only } from "../../models/kvm/option.ts";
import { hrtimerPinned, nohzFull, preemptionTimer, timerDelivery } from "../../models/kvm/options/timer.ts";
import { runLoop } from "../parts.ts";
import { each } from "./timer-modes-columns.ts";
import { fineTimer, lvttWrite } from "./timer-modes-parts.ts";
import { world } from "../world.ts";

/** F4: LVTT goes from one-shot to periodic while the callback runs on a housekeeping pCPU. */
export const f4ModeSwitch = world({
  name: "kvm/f4-mode-switch",
  about: "finding F4: one vCPU that makes its one-shot periodic while the callback runs elsewhere",
  options: [only(nohzFull, "on", "off"), only(preemptionTimer, "off", "on"), timerDelivery, hrtimerPinned],
  scope: { vcpu: 1 },
  start: "running",
  actions: [...runLoop, ...fineTimer, "guest_write_lvtt_mode", ...lvttWrite],
  properties: [modeSwitchRestartsNothing],
  expected: [
    ...each([{ nohzFull: "off" }, { hrtimerPinned: "on" }, { guest: "vmx", preemptionTimer: "on" }], {
      property: "mode-switch-restarts-nothing",
      verdict: "vacuous",
      because: "no callback runs beside the vCPU thread",
    }),
    {
      property: "mode-switch-restarts-nothing",
      verdict: "violated",
      because: "F4: the switch does not wait for the callback, whose tail reads timer_mode again",
    },
  ],
});

export default f4ModeSwitch;
