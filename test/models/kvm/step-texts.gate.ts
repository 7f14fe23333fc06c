import { describe, expect, test } from "vitest";
import { exploreFast } from "#check";
import type { GuestName } from "../../../models/kvm/ops.ts";
import { kvm } from "../../../scenarios/kvm.ts";
import { groupsOf } from "../../../src/catalogue/cases.ts";
import { faultsOf, misread, printedBy } from "./printed-events.ts";
import { replay, type TraceStep } from "../../../src/check/trace.ts";
import { claimedIn, everyClaim, rareStep, rareSteps, textsOf, untrue, walked } from "./step-texts.ts";

/** Larger worlds are searched in part: what is violated later is walked only. */
const STATES = 20_000;
const WALK = 300;

const groups = kvm.flatMap((scenario) =>
  groupsOf([scenario]).map((group, i) => [`${scenario.name} ${i + 1}`, group] as const),
);

describe("whatever a world is asked, its runs", () => {
  const texts = new Set<string>();
  const printed = new Set<string>();

  test.each(groups)(
    "of %s say of each step what is true of its guest and its branch, and print what a host may",
    async (_, { problem, cases }) => {
      if (problem.start.length === 0) return;
      const { findings } = await exploreFast(problem, { states: STATES });
      const runs = findings.flatMap(({ path }) => (path === undefined ? [] : [replay(problem, path)]));
      const walk = walked(problem, WALK);
      const taken: readonly TraceStep<unknown>[] = [...walk, ...runs.flatMap(({ steps }) => steps)];
      for (const { choice } of cases)
        expect([...new Set(taken.flatMap((one) => untrue(choice["guest"] as GuestName, one)))]).toEqual([]);
      for (const one of taken) for (const text of textsOf(one)) texts.add(text);
      const guest = cases[0].choice["guest"] as GuestName;
      for (const { steps } of [{ steps: walk }, ...runs]) expect(faultsOf(guest, steps)).toEqual([]);
      for (const run of runs) expect(misread(run)).toEqual([]);
      for (const { event } of printedBy(taken)) printed.add(event.name);
    },
  );

  test("print events of all these kinds", () => {
    expect([...printed].toSorted()).toEqual([
      "hrtimer_cancel",
      "hrtimer_expire_entry",
      "hrtimer_start",
      "kvm_ack_irq",
      "kvm_apic",
      "kvm_apic_accept_irq",
      "kvm_apic_ipi",
      "kvm_apicv_accept_irq",
      "kvm_apicv_inhibit_changed",
      "kvm_avic_doorbell",
      "kvm_avic_ga_log",
      "kvm_avic_incomplete_ipi",
      "kvm_entry",
      "kvm_eoi",
      "kvm_exit",
      "kvm_hv_timer_state",
      "kvm_inj_virq",
      "kvm_ioapic_set_irq",
      "kvm_msi_set_irq",
      "kvm_msr",
      "kvm_pi_irte_update",
      "kvm_pic_set_irq",
      "kvm_set_irq",
      "kvm_userspace_exit",
      "kvm_vcpu_wakeup",
      "kvm_wait_lapic_expire",
    ]);
  });

  test("make every claim that is looked at", async () => {
    for (const rare of rareSteps) for (const text of textsOf(await rareStep(rare))) texts.add(text);
    expect(claimedIn([...texts])).toEqual(everyClaim);
  });
});
