import { injectedWithInterruptsOn, vectorInIrrHasWindow } from "../../properties/injection/irq-window.ts";
import {
  blockedHaltIgnoresInterrupts,
  haltedVcpuWakesForVector,
  noLostWakeup,
} from "../../properties/scheduling/blocking.ts";
import { nohzFull, timerMode } from "../../models/kvm/options/timer.ts";
import { eoiLaws, irqWindowLaws } from "../irqchip-laws.ts";
import { postingLaws, runLoopLaws, threadLaws } from "../laws.ts";
import { eoi, lapicTimer, runLoop, without } from "../parts.ts";
import { halting } from "../scheduling/halt.ts";
import { world } from "../world.ts";

/** An emulated APIC whose interrupts wait until the guest has set IF. */
export default world({
  name: "kvm/irq-window",
  about: "one vCPU with an emulated APIC that clears and sets IF, halts, and takes its timer's interrupt",
  guests: ["vmx-sw", "svm-sw"],
  options: [timerMode, nohzFull],
  scope: { vcpu: 1 },
  start: "timer-armed",
  actions: [
    ...without([...runLoop, ...lapicTimer, ...halting], "guest_read_tmcct"),
    ...eoi,
    "interrupt_window_exit",
  ],
  properties: [
    injectedWithInterruptsOn,
    vectorInIrrHasWindow,
    haltedVcpuWakesForVector,
    blockedHaltIgnoresInterrupts,
    noLostWakeup,
    ...runLoopLaws,
    ...postingLaws,
    ...eoiLaws,
    ...irqWindowLaws,
    ...threadLaws,
  ],
  expected: [
    "injected-with-interrupts-on",
    "vector-in-irr-has-window",
    "halted-vcpu-wakes-for-vector",
    "blocked-halt-ignores-interrupts",
    "no-lost-wakeup",
  ].map((property) => ({ property, verdict: "holds" })),
});
