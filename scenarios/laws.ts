import {
  exitReasonIsOfTheExit,
  guestRunsUntilItsExit,
  modeFollowsEntryAndExit,
  tdChangesOnlyWhileItRuns,
} from "../properties/run-loop/guest-mode.ts";
import { handlerRunsWithIrqsOn, hostInterruptComesFirst } from "../properties/run-loop/host-interrupts.ts";
import {
  deadlineOfAnEnqueuedTimerIsMet,
  deliverableVectorIsTaken,
  hostInterruptIsHandled,
  interruptInServiceEnds,
  notificationIsProcessed,
  vcpuThreadGoesOn,
} from "../properties/run-loop/progress.ts";
import { vcpuIoctlWaitsForKvmRun } from "../properties/ioctls/vcpu-mutex.ts";
import {
  entryGoesOnWithoutRequests,
  requestedVcpuIsKicked,
  requestsAreServedInOrder,
} from "../properties/run-loop/kicks.ts";
import {
  abortedEntryHandlesNoExit,
  apicvUpdateAppliesTheInhibits,
  unblockIsClearedBeforePendingIsRead,
} from "../properties/run-loop/requests.ts";
import { vcpuThreadFollowsTheSource } from "../properties/run-loop/source-order.ts";
import {
  blockirqInhibitsApicv,
  changeOfInhibitsEnds,
  deactivationRequestsEvent,
  disabledApicRunsWithoutApicv,
  inhibitsAreStoredWithNobodyInTheGuest,
  inhibitsChangeUnderTheLock,
} from "../properties/apicv/inhibits.ts";
import {
  loadElsewhereMovesTheTimer,
  loadWritesTheControlWordAtOnce,
  preemptedVcpuIsNotNotified,
  sleeperCanBeWokenByADevice,
  wakeupHandlerIsForAWaiter,
} from "../properties/posting/control-word.ts";
import {
  deliveryEnds,
  deviceVectorIsTaken,
  loadEnds,
  requestsAreServed,
} from "../properties/posting/progress.ts";
import {
  deliveryFollowsTheSource,
  emulatedIrrIsInjected,
  notificationIsOfAPost,
} from "../properties/posting/delivery-order.ts";
import {
  deviceNotifiesOnce,
  devicePostsOnceAllKnow,
  notificationArrives,
} from "../properties/posting/device-posts.ts";
import { loadedVcpuHasNoStrandedVector } from "../properties/posting/posted-interrupts.ts";
import { ownPostHasAVector, processingTakesAllThatIsPosted } from "../properties/posting/notification.ts";
import {
  deliveryNeedsIf,
  entrySyncsPir,
  injectionSetsTheVector,
  noVectorIsLostOnItsWay,
  onIsClearedWithPir,
  runningGuestTakesItsInterrupts,
} from "../properties/posting/vectors.ts";
import {
  haltEndsByItsTests,
  mpStateChangesInAHalt,
  taskStateIsSetToSleep,
} from "../properties/scheduling/halt-tests.ts";
import {
  haltedVcpuIsNotEntered,
  loadedVcpuIsNamedByItsDescriptor,
  runnableVcpuDoesNotBlock,
  threadOffItsCpuStandsStill,
  waiterIsPublishedWhileBlocking,
} from "../properties/scheduling/sleep.ts";
import {
  callbackRunsForAPassedDeadline,
  cancelledTimerLeavesNothing,
  deadlineBelongsToATimer,
  expiryIsOfAPassedDeadline,
  interruptOfTheTimerIsDue,
  pendingIsCountedOnce,
  programmedTimerRuns,
} from "../properties/timer/hrtimer.ts";
import {
  passedDeadlineExpiresAtOnce,
  preemptionTimerExitsAtZero,
  preemptionTimerRunsAlone,
  timersAreSwitchedByTheBlock,
} from "../properties/timer/preemption-timer.ts";
import { deadlineIsWaitedForOnce } from "../properties/timer/timer-wait.ts";
import {
  armingBeginsWithItsStore,
  callbackWritesTheTimerInItsFunctions,
  injectedOneShotHasNoDeadline,
  threadInjectsOnceItHasTested,
  threadWritesTheTimerInItsFunctions,
} from "../properties/timer/timer-writers.ts";
import { laws } from "./law.ts";

/** Of interrupts of the host. */
export const hostInterruptLaws = laws(hostInterruptComesFirst, handlerRunsWithIrqsOn);

/** Of vcpu_enter_guest(), and of interrupts of the host around it. */
export const runLoopLaws = laws(
  modeFollowsEntryAndExit,
  guestRunsUntilItsExit,
  exitReasonIsOfTheExit,
  ...hostInterruptLaws,
  unblockIsClearedBeforePendingIsRead,
  abortedEntryHandlesNoExit,
  haltedVcpuIsNotEntered,
  vcpuThreadFollowsTheSource,
  requestedVcpuIsKicked,
  entryGoesOnWithoutRequests,
  requestsAreServedInOrder,
);

/** Of APICv's inhibits. */
export const apicvLaws = laws(
  apicvUpdateAppliesTheInhibits,
  inhibitsAreStoredWithNobodyInTheGuest,
  inhibitsChangeUnderTheLock,
  deactivationRequestsEvent,
  blockirqInhibitsApicv,
  disabledApicRunsWithoutApicv,
  changeOfInhibitsEnds,
  vcpuIoctlWaitsForKvmRun,
);

/** Of a thread that blocks, whatever its vendor's callbacks do meanwhile. */
export const sleepLaws = laws(
  waiterIsPublishedWhileBlocking,
  runnableVcpuDoesNotBlock,
  threadOffItsCpuStandsStill,
  haltEndsByItsTests,
  mpStateChangesInAHalt,
  taskStateIsSetToSleep,
);

/** Of a thread that blocks, and of the posted-interrupt descriptor meanwhile. */
export const blockingLaws = [
  ...sleepLaws,
  ...laws(
    loadedVcpuIsNamedByItsDescriptor,
    sleeperCanBeWokenByADevice,
    preemptedVcpuIsNotNotified,
    loadElsewhereMovesTheTimer,
    loadWritesTheControlWordAtOnce,
  ),
];

/** Of the posted-interrupt descriptor and the registers of the APIC. */
export const postingLaws = laws(
  loadedVcpuHasNoStrandedVector,
  tdChangesOnlyWhileItRuns,
  noVectorIsLostOnItsWay,
  processingTakesAllThatIsPosted,
  ownPostHasAVector,
  onIsClearedWithPir,
  entrySyncsPir,
  deliveryNeedsIf,
  runningGuestTakesItsInterrupts,
  emulatedIrrIsInjected,
  deliveryFollowsTheSource,
  notificationIsOfAPost,
);

/** Of the descriptor's control word, and of the device whose interrupts the IOMMU posts. */
export const deviceLaws = laws(
  wakeupHandlerIsForAWaiter,
  deviceNotifiesOnce,
  notificationArrives,
  devicePostsOnceAllKnow,
);

/** Of posting and of being loaded, in the end. */
export const postingProgressLaws = laws(deliveryEnds, loadEnds, requestsAreServed, deviceVectorIsTaken);

/** Of the LAPIC timer and its hrtimer. */
export const timerLaws = laws(
  interruptOfTheTimerIsDue,
  callbackRunsForAPassedDeadline,
  cancelledTimerLeavesNothing,
  programmedTimerRuns,
  pendingIsCountedOnce,
  injectionSetsTheVector,
  expiryIsOfAPassedDeadline,
  threadWritesTheTimerInItsFunctions,
  callbackWritesTheTimerInItsFunctions,
  threadInjectsOnceItHasTested,
  armingBeginsWithItsStore,
  injectedOneShotHasNoDeadline,
);

/** Of the waits for the guest's deadline. */
export const waitLaws = laws(deadlineIsWaitedForOnce);

/** Of the preemption timer, and of the switches between it and the hrtimer. */
export const preemptionTimerLaws = laws(
  preemptionTimerRunsAlone,
  passedDeadlineExpiresAtOnce,
  preemptionTimerExitsAtZero,
  timersAreSwitchedByTheBlock,
);

/** Of an hrtimer that nobody takes for the preemption timer. */
export const hrtimerLaws = laws(deadlineBelongsToATimer);

/** Of a vCPU thread, which gets somewhere in the end. */
export const threadLaws = laws(vcpuThreadGoesOn);

/** Of what happens in the end. */
export const progressLaws = [
  ...threadLaws,
  ...laws(
    hostInterruptIsHandled,
    notificationIsProcessed,
    deadlineOfAnEnqueuedTimerIsMet,
    deliverableVectorIsTaken,
    interruptInServiceEnds,
  ),
];
