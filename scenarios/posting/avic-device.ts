import {
  blockedHaltIgnoresInterrupts,
  haltedVcpuWakesForVector,
} from "../../properties/scheduling/blocking.ts";
import { gaLogEntryIsRead, iommuPostReachesRunningGuest } from "../../properties/posting/ga-log.ts";
import { gaLog } from "../../models/kvm/actions/posting/ga-log.ts";
import { avicBlocking } from "../../models/kvm/actions/scheduling/is-running.ts";
import { gaLogAck, gaLogIntr, gaLogSize, isRunning } from "../../models/kvm/options/avic.ts";
import { preemption } from "../../models/kvm/options/scheduling.ts";
import { irteLaws, isRunningLaws } from "../avic-laws.ts";
import { runLoopLaws, sleepLaws } from "../laws.ts";
import { names, runLoop, without } from "../parts.ts";
import { scheduling } from "../scheduling/halt.ts";
import { world } from "../world.ts";

const wakes = "halted-vcpu-wakes-for-vector";

/** One vCPU with AVIC that halts, is preempted and moves between two pCPUs, and a device whose interrupts the IOMMU posts. */
export default world({
  name: "kvm/avic-device",
  about:
    "one vCPU with AVIC that halts, is preempted and moves between two pCPUs, while a device is assigned and AMD's IOMMU posts its " +
    "interrupt, by the doorbell or by the GA log",
  designs: ["upstream"],
  guests: ["avic"],
  options: [isRunning, gaLogIntr, gaLogAck, gaLogSize, preemption],
  scope: { vcpu: 1 },
  start: "running",
  actions: [
    ...runLoop,
    ...without(scheduling, "pi_load_control", "pi_load_pir"),
    ...names(avicBlocking("blocking")),
    ...names(gaLog),
    "iommu_ga_log_overflow",
  ],
  properties: [
    haltedVcpuWakesForVector,
    iommuPostReachesRunningGuest,
    gaLogEntryIsRead,
    blockedHaltIgnoresInterrupts,
    ...runLoopLaws,
    ...sleepLaws,
    ...isRunningLaws,
    ...irteLaws,
  ],
  expected: [
    {
      property: wakes,
      where: { isRunning: ["out", "blocking-until-loaded"] },
      verdict: "violated",
      because:
        "the vCPU has looked at IRR for the last time, and IsRun is set: the IOMMU rings the doorbell of a CPU that is not in the guest",
    },
    {
      property: wakes,
      where: { gaLogIntr: "never" },
      verdict: "violated",
      because: "nothing is logged of a vCPU that blocks",
    },
    {
      property: wakes,
      where: { gaLogAck: "after-poll" },
      verdict: "violated",
      because: "the entry was written after the log was read, and GALogInt is cleared with it",
    },
    {
      property: wakes,
      where: { gaLogSize: "may-overflow" },
      verdict: "violated",
      because:
        "the entry found no room; the log is restarted, and nobody looks for the vCPUs whose entries were lost",
    },
    { property: wakes, verdict: "holds" },
    {
      property: "ga-log-entry-is-read",
      where: { gaLogIntr: "never" },
      verdict: "vacuous",
      because: "nothing is logged",
    },
    {
      property: "ga-log-entry-is-read",
      where: { gaLogAck: "after-poll" },
      verdict: "violated",
      because: "GALogInt is cleared after the log was read, and with it that of an entry written meanwhile",
    },
    { property: "ga-log-entry-is-read", verdict: "holds" },
    { property: "iommu-post-reaches-running-guest", verdict: "holds" },
    { property: "blocked-halt-ignores-interrupts", verdict: "holds" },
    {
      property: "post-to-a-blocked-vcpu-is-logged",
      where: { gaLogIntr: "never" },
      verdict: "violated",
      because: "GALogIntr is never set",
    },
    ...[
      "is-running-of-a-loaded-vcpu",
      "is-running-is-clear-while-irr-is-looked-at",
      "post-to-a-blocked-vcpu-is-logged",
    ].map(
      (property) =>
        ({
          property,
          where: { isRunning: ["out", "blocking-until-loaded"] },
          verdict: "violated",
          because: "IsRunning is set of a vCPU that blocks",
        }) as const,
    ),
  ],
});
