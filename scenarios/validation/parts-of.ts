import type { Captured } from "#check";
import { capturedInhibits } from "../../models/kvm/validation/captured-inhibits.ts";
import { capturedMessages } from "../../models/kvm/validation/captured-messages.ts";
import { capturedPins } from "../../models/kvm/validation/captured-pins.ts";
import { capturedRunLoops } from "../../models/kvm/validation/captured-run-loops.ts";
import { capturedTimers } from "../../models/kvm/validation/captured-timers.ts";
import { messageWorlds } from "./message.ts";
import { pinWorlds } from "./pin.ts";
import { runLoopWorlds } from "./run-loop.ts";
import { timerWorlds } from "./timer.ts";

/** What can be followed of a virtual machine's events. */
export const partsOf: Captured["partsOf"] = (capture) => [
  ...capturedPins(capture, pinWorlds),
  ...capturedMessages(capture, messageWorlds),
  ...capturedTimers(capture, timerWorlds),
  ...capturedRunLoops(capture, runLoopWorlds),
  ...capturedInhibits(capture),
];
