import {
  blockedHaltIgnoresInterrupts,
  haltedVcpuWakesForVector,
} from "../../properties/scheduling/blocking.ts";
import { avicIpiReachesRunningGuest } from "../../properties/posting/is-running.ts";
import { avicIpi } from "../../models/kvm/actions/messages/avic-ipi.ts";
import { avicBlocking } from "../../models/kvm/actions/scheduling/is-running.ts";
import { avicIpiOrder, isRunning } from "../../models/kvm/options/avic.ts";
import { preemption } from "../../models/kvm/options/scheduling.ts";
import { avicIpiLaws, isRunningLaws } from "../avic-laws.ts";
import { runLoopLaws, sleepLaws } from "../laws.ts";
import { names, runLoop, userspaceExits, without } from "../parts.ts";
import { world } from "../world.ts";
import { scheduling } from "./halt.ts";

/** One vCPU with AVIC that halts, is preempted and moves between two pCPUs, while another vCPU sends it IPIs. */
const avicHalt = world({
  name: "kvm/avic-halt",
  about:
    "one vCPU with AVIC that halts, is preempted and moves between two pCPUs, while the CPU of another one sends it IPIs by the " +
    "table of physical ids",
  designs: ["upstream"],
  guests: ["avic"],
  options: [isRunning, avicIpiOrder, preemption],
  scope: { vcpu: 1 },
  start: "running",
  actions: [
    ...runLoop,
    ...userspaceExits,
    ...without(scheduling, "guest_take_device_irq", "pi_load_control", "pi_load_pir"),
    ...names(avicBlocking("blocking")),
    ...names(avicIpi),
    "guest_take_message",
    "guest_eoi_message",
  ],
  properties: [
    haltedVcpuWakesForVector,
    avicIpiReachesRunningGuest,
    blockedHaltIgnoresInterrupts,
    ...runLoopLaws,
    ...sleepLaws,
    ...isRunningLaws,
    ...avicIpiLaws,
  ],
  expected: [
    {
      property: "halted-vcpu-wakes-for-vector",
      where: { isRunning: ["out", "blocking-until-loaded"] },
      verdict: "violated",
      because:
        "the vCPU has looked at IRR for the last time, and IsRunning is set: who sends rings the doorbell of a CPU that is not in " +
        "the guest",
    },
    {
      property: "halted-vcpu-wakes-for-vector",
      where: { avicIpiOrder: "is-running-first" },
      verdict: "violated",
      because:
        "IsRunning was read before it was cleared, and IRR is set after the vCPU has looked at it for the last time",
    },
    {
      property: "avic-ipi-reaches-running-guest",
      where: { avicIpiOrder: "is-running-first" },
      verdict: "violated",
      because: "IsRunning was read before the vCPU was loaded on another pCPU, whose doorbell is not rung",
    },
    { property: "halted-vcpu-wakes-for-vector", verdict: "holds" },
    { property: "avic-ipi-reaches-running-guest", verdict: "holds" },
    { property: "blocked-halt-ignores-interrupts", verdict: "holds" },
    ...["is-running-of-a-loaded-vcpu", "is-running-is-clear-while-irr-is-looked-at"].map(
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

export default avicHalt;
