import { savedHaltGoesOn, savedNmiIsOwedAfter } from "../../properties/save-restore/saved-events.ts";
import { savedTimerIsOwedAfter } from "../../properties/save-restore/saved-timer.ts";
import {
  savedHandlersRunOn,
  savedVectorsArePendingAfter,
} from "../../properties/save-restore/saved-vectors.ts";
import { noLostWakeup } from "../../properties/scheduling/blocking.ts";
import { haltedVcpuIsNotEntered } from "../../properties/scheduling/sleep.ts";
import { expiryNotDelayedPastEntry } from "../../properties/timer/timer-delivery.ts";
import { eventFlags, leftOut, restoredTo } from "../../models/kvm/options/save-restore.ts";
import { only } from "../../models/kvm/option.ts";
import { preemptionTimer, timerModes } from "../../models/kvm/options/timer.ts";
import { eoi, runLoop } from "../parts.ts";
import { halting } from "../scheduling/halt.ts";
import { deadlineWrite, fineTimer, withoutTmict } from "../timer/timer-modes-parts.ts";
import { world } from "../world.ts";
import { savedLapic } from "./save-restore.ts";

/** A vCPU that halts, or has an NMI, as it is saved. */
export default world({
  name: "kvm/save-restore-halted",
  about:
    "one vCPU that halts until its timer wakes it, and is sent NMIs; userspace pauses it by a signal, saves it with its events and mp_state, and goes on in a new VM",
  guests: ["vmx", "vmx-sw"],
  options: [only(timerModes, "tsc-deadline"), only(preemptionTimer, "off"), restoredTo, leftOut, eventFlags],
  scope: { vcpu: 1 },
  start: "running",
  actions: [
    ...runLoop,
    "KVM_RUN",
    ...withoutTmict(fineTimer),
    ...deadlineWrite,
    ...halting,
    ...eoi,
    "KVM_NMI",
    "req_nmi",
    "pause_vcpu",
    "exit_on_signal",
    ...savedLapic,
    "KVM_GET_VCPU_EVENTS_save",
    "KVM_GET_MP_STATE_save",
    "KVM_SET_VCPU_EVENTS_restore",
    "KVM_SET_MP_STATE_restore",
  ],
  properties: [
    savedTimerIsOwedAfter,
    savedVectorsArePendingAfter,
    savedHandlersRunOn,
    savedNmiIsOwedAfter,
    savedHaltGoesOn,
    haltedVcpuIsNotEntered,
    noLostWakeup,
    expiryNotDelayedPastEntry,
  ],
  expected: [
    {
      property: "saved-nmi-is-owed-after",
      where: { leftOut: "events" },
      verdict: "violated",
      because: "nobody reads that there is one",
    },
    {
      property: "saved-nmi-is-owed-after",
      where: { eventFlags: "none", restoredTo: "new-vm" },
      verdict: "violated",
      because: "without the flag nmi.pending is not looked at",
    },
    {
      property: "saved-halt-goes-on",
      where: { leftOut: "mp-state" },
      verdict: "violated",
      because: "a new boot vCPU is RUNNABLE",
    },
    ...[
      "saved-timer-is-owed-after",
      "saved-vectors-are-pending-after",
      "saved-handlers-run-on",
      "saved-nmi-is-owed-after",
      "saved-halt-goes-on",
      "halted-vcpu-is-not-entered",
      "no-lost-wakeup",
      "expiry-not-delayed-past-entry",
    ].map((property) => ({ property, verdict: "holds" }) as const),
  ],
});
