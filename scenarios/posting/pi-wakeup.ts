import type { Expectation } from "../expectation.ts";
import {
  blockedHaltIgnoresInterrupts,
  haltedVcpuWakesForVector,
  noLostWakeup,
  postedInterruptReachesGuest,
} from "../../properties/scheduling/blocking.ts";
import {
  devicePostReachesRunningVcpu,
  devicePostWakesBlockedVcpu,
  loadedVcpuHasNoStrandedVector,
  wakeupHandlerWithoutSuppression,
} from "../../properties/posting/posted-interrupts.ts";
import { device } from "../../models/kvm/actions/posting/device.ts";
import { deviceAssigned } from "../../models/kvm/options/posting.ts";
import { piLoad, piPut, preemptedFrom, preemption, rviCheck } from "../../models/kvm/options/scheduling.ts";
import { tdOps } from "../../models/kvm/ops.ts";
import { blockingExpected, lostWakeupOnMigration, unseenVectorSleeps } from "../scheduling/halt-expected.ts";
import { scheduling } from "../scheduling/halt.ts";
import { blockingLaws, deviceLaws, hostInterruptLaws } from "../laws.ts";
import { names, runLoop } from "../parts.ts";
import { world } from "../world.ts";

/** While no device is assigned yet, nothing makes up for the lost wake-up: afterwards the self-IPI of the put does. */
const beforeAssignment = ({ where, ...rest }: Expectation): Expectation => ({
  ...rest,
  where: { ...where, deviceAssigned: "later" },
});

/** A vCPU that sleeps and counts as preempted: SN suppresses what would wake it. */
const asleepAndSuppressed = (property: string): Expectation => ({
  property,
  where: { preemptedFrom: "on_rq" },
  verdict: "violated",
  because: "delayed dequeue leaves on_rq set of the vCPU that sleeps, and vmx_vcpu_pi_put() sets SN",
});

/** One vCPU on two pCPUs, and a device that posts to it. */
export const piWakeup = world({
  name: "kvm/pi-wakeup",
  about:
    "one vCPU that halts, is preempted and moves between two pCPUs, while the IOMMU and an irqfd post to it",
  options: [piPut, preemptedFrom, deviceAssigned, preemption, piLoad, rviCheck],
  scope: { vcpu: 1 },
  start: "running",
  actions: [...runLoop, ...scheduling, ...names(device(tdOps)), "pi_wakeup_handler"],
  properties: [
    haltedVcpuWakesForVector,
    blockedHaltIgnoresInterrupts,
    postedInterruptReachesGuest,
    noLostWakeup,
    devicePostWakesBlockedVcpu,
    devicePostReachesRunningVcpu,
    wakeupHandlerWithoutSuppression,
    loadedVcpuHasNoStrandedVector,
    ...hostInterruptLaws,
    ...blockingLaws,
    ...deviceLaws,
  ],
  expected: [
    asleepAndSuppressed("halted-vcpu-wakes-for-vector"),
    asleepAndSuppressed("device-post-wakes-blocked-vcpu"),
    beforeAssignment(lostWakeupOnMigration),
    beforeAssignment({ ...lostWakeupOnMigration, property: "device-post-wakes-blocked-vcpu" }),
    unseenVectorSleeps,
    ...blockingExpected,
    { property: "device-post-wakes-blocked-vcpu", verdict: "holds" },
    { property: "device-post-reaches-running-vcpu", verdict: "holds" },
    { property: "loaded-vcpu-has-no-stranded-vector", verdict: "holds" },
    { property: "wakeup-handler-without-suppression", verdict: "holds" },
  ],
});

export default piWakeup;
