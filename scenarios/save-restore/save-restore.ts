import {
  restoredDeadlineMeetsItsTsc,
  savedExpiryIsOwedAfter,
  savedStateOwesTimer,
  savedTimerIsNotOwedAnew,
  savedTimerIsOwedAfter,
} from "../../properties/save-restore/saved-timer.ts";
import {
  savedHandlersRunOn,
  savedVectorsArePendingAfter,
} from "../../properties/save-restore/saved-vectors.ts";
import { expiryNotDelayedPastEntry } from "../../properties/timer/timer-delivery.ts";
import { only } from "../../models/kvm/option.ts";
import { restoredTo, restoreOrder, saveOrder } from "../../models/kvm/options/save-restore.ts";
import { nohzFull, preemptionTimer, timerDelivery, timerModes } from "../../models/kvm/options/timer.ts";
import { eoi, runLoop, userspaceExits } from "../parts.ts";
import { deadlineWrite, fineTimer } from "../timer/timer-modes-parts.ts";
import { saveRestoreExpected } from "./save-restore-expected.ts";
import { ordinary, world } from "../world.ts";

/** KVM_GET_LAPIC and KVM_GET_MSRS, a new VM, KVM_SET_LAPIC and KVM_SET_MSRS. */
export const savedLapic: readonly string[] = [
  "KVM_GET_LAPIC_save",
  "KVM_GET_MSRS_TSCD_save",
  "create_new_vm",
  "restore_same_vm",
  "KVM_SET_LAPIC_restore",
  "KVM_SET_MSRS_TSC_restore",
  "KVM_SET_MSRS_TSCD_restore",
];

/** A vCPU whose timer runs as it is saved. */
export default world({
  name: "kvm/save-restore",
  about:
    "one vCPU whose LAPIC timer runs; userspace pauses it, saves LAPIC and IA32_TSC_DEADLINE, and goes on in a new VM, or in the same",
  guests: ordinary,
  options: [
    only(timerModes, "tsc-deadline", "oneshot", "periodic"),
    saveOrder,
    restoreOrder,
    restoredTo,
    timerDelivery,
    preemptionTimer,
    nohzFull,
  ],
  scope: { vcpu: 1 },
  start: "running",
  actions: [...runLoop, ...userspaceExits, ...fineTimer, ...deadlineWrite, ...eoi, ...savedLapic],
  properties: [
    savedStateOwesTimer,
    savedTimerIsOwedAfter,
    savedExpiryIsOwedAfter,
    savedTimerIsNotOwedAnew,
    restoredDeadlineMeetsItsTsc,
    savedVectorsArePendingAfter,
    savedHandlersRunOn,
    expiryNotDelayedPastEntry,
  ],
  expected: saveRestoreExpected,
});
