import { expect, test } from "vitest";
import avicHalt from "../../scenarios/scheduling/avic-halt.ts";
import avicDevice from "../../scenarios/posting/avic-device.ts";
import { halt } from "../../scenarios/scheduling/halt.ts";
import { hvTimerWorld } from "../../scenarios/timer/hv-timer.ts";
import { tscDeadlineWorld } from "../../scenarios/timer/tsc-deadline.ts";
import { answer } from "../../src/catalogue/answer.ts";
import { exploreFast } from "../../src/explore.ts";
import { mutantsOf } from "../../src/mutate/mutants.ts";
import { problemOf } from "../../src/problem/exploration.ts";

type Broken = Readonly<Record<string, string>>;

/** For each law of the kernel a small change of the model, which breaks it. */
const broken: Broken = {
  "mode-follows-entry-and-exit": "mode_outside: does not write vcpu[].mode",
  "guest-runs-until-its-exit": "external_interrupt_exit: does not write vcpu[].exit",
  "host-interrupt-comes-first": "irqs_on: does not look at vcpu[].irq.HRTIMER in its guard",
  "handler-runs-with-irqs-on": "apic_timer_fn: does not look at vcpu[].pc in its guard",
  "unblock-is-cleared-before-pending-is-read": "clear_unblock: does not write vcpu[].req.UNBLOCK",
  "aborted-entry-handles-no-exit": "exit_request: does not write vcpu[].exit",
  "halted-vcpu-is-not-entered": "vcpu_run: is taken after requests_done, from RUN_TOP to EVENTS",
  "vcpu-thread-follows-the-source": "vcpu_run: does not look at vcpu[].pc in its guard",
  "waiter-is-published-while-blocking": "block_finish: does not write vcpu[].waiter",
  "runnable-vcpu-does-not-block": "block_test_runnable: writes vcpu[].mp one step earlier",
  "thread-off-its-cpu-stands-still": "sched_in: does not look at vcpu[].task in its guard",
  "td-changes-only-while-it-runs": "guest_cli: does not look at vcpu[].pc in its guard",
  "no-vector-is-lost-on-its-way": "guest_take_irq: does not write vcpu[].irr.timer",
  "injection-sets-the-vector": "inject_pending_timer: does not write vcpu[].pir.timer",
  "interrupt-of-the-timer-is-due": "timer_interrupt: does not look at timer[].due in its guard",
  "cancelled-timer-leaves-nothing": "cancel_clear_pending: does not write timer[].pending",
  "programmed-timer-runs": "hrtimer_start: does not write timer[].hr",
  "callback-runs-for-a-passed-deadline": "apic_timer_fn: does not write timer[].hr",
  "pending-is-counted-once": "cancel_clear_pending: does not write timer[].pending",
  "passed-deadline-belongs-to-a-timer": "store_tmict: does not write timer[].due",
  "expiry-is-of-a-passed-deadline": "start_finds_deadline_passed: does not write timer[].due",
  "exit-reason-is-of-the-exit": "exit_request: writes vcpu[].exit one step earlier",
  "processing-takes-all-that-is-posted": "process_posted_interrupts: does not write vcpu[].on",
  "own-post-has-a-vector": "expired_inject_if_apicv: writes vcpu[].on one step earlier",
  "thread-writes-the-timer-in-its-functions": "clear_pending: writes timer[].pending one step earlier",
  "thread-injects-once-it-has-tested":
    "expired_test_pending: is taken after expired_inject_if_apicv, from EXPIRED_TEST to CLEAR_UNBLOCK",
  "arming-begins-with-its-store": "store_tmict: writes timer[].ghost.fired one step later",
  "vcpu-thread-goes-on": "mode_outside: is never taken",
  "host-interrupt-is-handled": "external_interrupt_exit: is never taken",
  "notification-is-processed": "process_posted_interrupts: is never taken",
  "deadline-of-an-enqueued-timer-is-met": "deadline_passes: is never taken",
  "deliverable-vector-is-taken": "guest_take_irq: is never taken",
  "interrupt-in-service-ends": "guest_eoi_timer: is never taken",
};

/** And for those of a callback on another pCPU. */
const brokenElsewhere: Broken = {
  "callback-writes-the-timer-in-its-functions": "fn_inc_pending: writes timer[].pending one step earlier",
};

/** And for those of a guest that has the preemption timer. */
const brokenWithPreemptionTimer: Broken = {
  "preemption-timer-runs-alone": "start_sw_timer: does not write timer[].hv",
  "passed-deadline-expires-at-once": "hv_test_pending: does not write timer[].hvExpired",
  "preemption-timer-exits-at-0": "preemption_timer_exit: does not write vcpu[].exit",
  "timers-are-switched-by-the-block": "restart_apic_timer: does not write timer[].switching",
  "injected-one-shot-has-no-deadline": "expired_inject_if_apicv: does not write timer[].deadline",
};

/** And for that of the waits. */
const brokenInTheWait: Broken = {
  "deadline-is-waited-for-once": "entry_wait_clears_deadline: does not write timer[].expired",
};

/** And for those of AVIC's table of physical ids. */
const brokenInTheTable: Broken = {
  "is-running-of-a-loaded-vcpu": "preempt: does not write vcpu[].physicalId.isRunning",
  "running-guest-is-marked-running": "sched_in_elsewhere: does not write vcpu[].physicalId.host",
  "is-running-is-clear-while-irr-is-looked-at":
    "block_publish: does not look at vcpu[].physicalId.isRunning in its guard",
  "doorbell-is-rung-of-who-runs": "avic_ipi_read_entry: does not write avicIpi.aim",
};

/** And for those of a device that AMD's IOMMU posts for. */
const brokenInTheIrte: Broken = {
  "irte-follows-the-entry": "avic_vcpu_blocking: does not write irte.isRun",
  "post-to-a-blocked-vcpu-is-logged": "avic_vcpu_blocking: does not write irte.gaLogIntr",
};

test.each([
  { of: "a vCPU that halts", world: halt, wish: {}, changes: broken },
  { of: "a callback elsewhere", world: halt, wish: { set: ["nohzFull=on"] }, changes: brokenElsewhere },
  {
    of: "the preemption timer",
    world: hvTimerWorld,
    wish: { guest: "vmx" },
    changes: brokenWithPreemptionTimer,
  },
  {
    of: "a device and the GA log",
    world: avicDevice,
    wish: { guest: "avic", set: ["preemption=none"] },
    changes: brokenInTheIrte,
  },
  { of: "the table of physical ids", world: avicHalt, wish: { guest: "avic" }, changes: brokenInTheTable },
  {
    of: "the waits",
    world: tscDeadlineWorld,
    wish: { guest: "vmx", set: ["timerAdvance=on"] },
    changes: brokenInTheWait,
  },
])("each law of $of holds, and is broken by a change of one line", async ({ world, wish, changes }) => {
  const { problem, exploration } = await answer(world as never, wish);
  const mutants = mutantsOf(problem, exploration);
  const { model, scope, properties, start } = problem;
  for (const [id, change] of Object.entries(changes)) {
    const place = properties.findIndex((property) => property.id === id);
    expect([id, exploration.findings[place].path]).toEqual([id, undefined]);
    const mutant = mutants.find((one) => one.id === change);
    expect([change, mutant?.id]).toEqual([change, change]);
    const actions = model.actions.map((action) => mutant!.mutated(action));
    const asked = problemOf({ ...model, actions }, scope, [properties[place]], start);
    const { findings } = await exploreFast(asked, { failFast: true });
    expect([id, change, findings[0].path !== undefined]).toEqual([id, change, true]);
  }
});
