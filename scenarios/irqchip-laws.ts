import {
  eoiExitIsRequestedByAnEoi,
  eoiExitTellsUserspace,
  eoiThatKvmSeesIsHandedOn,
  loadedExitmapIsWhatWasScanned,
  scanAsksForTheEoisOfPins,
} from "../properties/ioapic/eoi-scan.ts";
import {
  deliveredLevelOwesItsEoi,
  irrBitFollowsTheLine,
  remoteIrrIsClearedByAnEoi,
  remoteIrrIsSetByADelivery,
  toldEoiServesThePinAgain,
} from "../properties/ioapic/line.ts";
import { scanRequestFollowsTheSource } from "../properties/ioapic/scan-request.ts";
import { ioapicLockHasAHolder, ioapicWaitsForItsLock } from "../properties/ioapic/lock.ts";
import {
  deliveryBeginsAnew,
  deliveryVisitsEveryVcpu,
  fastPathAsksTheMap,
  lapicAcceptsOnlyIfEnabled,
  messageIsNotChangedOnItsWay,
} from "../properties/messages/delivery.ts";
import { messageHandlerEnds, messageIsDelivered } from "../properties/messages/progress.ts";
import {
  eoiEndsTheHighestOfThePic,
  picAcknowledgesWhatAsked,
  picOutputIsUpWhileAPinAsks,
} from "../properties/pic-pit/pic-state.ts";
import { pitTicksAreCounted, pitWorkIsQueuedForATick } from "../properties/pic-pit/pit-ticks.ts";
import { openWindowExits, windowExitClosesTheWindow } from "../properties/injection/irq-window.ts";
import { queuedInterruptRequestsEvent } from "../properties/ioctls/queued-interrupt.ts";
import { rtcLineChangesBetweenRaises } from "../properties/rtc/rtc-line.ts";
import { laws } from "./law.ts";

/** Of KVM_INTERRUPT. */
export const ioctlLaws = laws(queuedInterruptRequestsEvent);

/** Of the I/O APIC, its lines, and the EOIs that it wants to know of. */
export const ioapicLaws = laws(
  ioapicLockHasAHolder,
  ioapicWaitsForItsLock,
  irrBitFollowsTheLine,
  remoteIrrIsSetByADelivery,
  remoteIrrIsClearedByAnEoi,
  toldEoiServesThePinAgain,
  deliveredLevelOwesItsEoi,
);

/** Of the RTC's line. */
export const rtcLaws = laws(rtcLineChangesBetweenRaises);

/** Of the EOIs that KVM hands on. */
export const eoiLaws = laws(
  scanAsksForTheEoisOfPins,
  loadedExitmapIsWhatWasScanned,
  eoiThatKvmSeesIsHandedOn,
  eoiExitTellsUserspace,
  eoiExitIsRequestedByAnEoi,
  scanRequestFollowsTheSource,
);

/** Of messages to LAPICs. */
export const messageLaws = laws(
  messageIsNotChangedOnItsWay,
  lapicAcceptsOnlyIfEnabled,
  deliveryVisitsEveryVcpu,
  deliveryBeginsAnew,
  fastPathAsksTheMap,
);

/** Of the interrupt window of an emulated APIC. */
export const irqWindowLaws = laws(windowExitClosesTheWindow, openWindowExits);

/** Of a message, which is delivered in the end, and whose handler ends. */
export const messageProgressLaws = laws(messageIsDelivered, messageHandlerEnds);

/** Of the in-kernel PIC. */
export const picLaws = laws(picOutputIsUpWhileAPinAsks, picAcknowledgesWhatAsked, eoiEndsTheHighestOfThePic);

/** Of the in-kernel PIT. */
export const pitLaws = laws(pitTicksAreCounted, pitWorkIsQueuedForATick);
