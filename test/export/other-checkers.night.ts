import { describe, expect, test } from "vitest";
import { scenarios } from "../../scenarios/index.ts";
import { answer } from "../../src/catalogue/answer.ts";
import type { Outcome } from "../../src/catalogue/outcome.ts";
import { isLiveness } from "../../src/model/property.ts";
import { exportText } from "../../src/export/export-text.ts";
import { agreeByRules } from "./by-rules.ts";
import { byRumur, bySpin, missing } from "./other-checkers.ts";

/** Of each part of the model, small and large: with the most states 2,265,066. */
const worlds: readonly (readonly [scenario: string, asking?: Parameters<typeof answer>[1]])[] = [
  ["kvm/overview"],
  ["kvm/overview", { design: "v1-inhibit" }],
  ["kvm/overview", { set: ["nohzFull=on"] }],
  ["kvm/timer"],
  ["kvm/timer-modes"],
  ["kvm/tsc-deadline"],
  ["kvm/hv-timer"],
  ["kvm/f3-masked-expiry"],
  ["kvm/apicv"],
  ["kvm/apic-map"],
  ["kvm/rtc"],
  ["kvm/rtc-slew"],
  ["kvm/rtc-two-destinations", { guest: "vmx", set: ["irqchip=kernel"] }],
  ["kvm/level"],
  ["kvm/ioapic-reroute"],
  ["kvm/ioapic-reroute", { guest: "avic" }],
  ["kvm/ioapic-level-retrigger"],
  ["kvm/irqfd-resample"],
  ["kvm/halt"],
  ["kvm/block"],
  ["kvm/pi-wakeup"],
  ["kvm/creation"],
  ["kvm/msi-routing"],
  ["kvm/ipi"],
  ["kvm/ioctls-apic"],
  ["kvm/mp-state"],
  ["kvm/f6-halted-vcpu"],
  ["kvm/pic"],
  ["kvm/pit-control"],
];

/** What a search found, as the other checkers are to find it. */
const expected = ({ problem, exploration: { findings, states, transitions } }: Outcome) => ({
  states,
  transitions,
  found: problem.properties.flatMap((property, place) =>
    isLiveness(property) ? [] : [{ id: property.id, ...findings[place] }],
  ),
});

const outcomeOf = (name: string, asking: Parameters<typeof answer>[1]): Promise<Outcome> =>
  answer(
    scenarios.find((scenario) => scenario.name === name)!,
    asking,
  );

const cases = worlds.map(
  ([name, asking = {}]) => [[name, ...Object.values(asking)].join(" "), name, asking] as const,
);
const noRumur = missing("rumur", "gcc");
const noSpin = missing("spin", "gcc");

describe.runIf(noRumur.length === 0)(
  "Rumur finds the same states, transitions, antecedents and verdicts",
  () => {
    test.each(cases)("%s", async (_, name, asking) => {
      const outcome = await outcomeOf(name, asking);
      const { states, transitions, found } = expected(outcome);
      const rumur = byRumur(exportText(outcome, "murphi"));
      expect(rumur).toMatchObject({ states, transitions, errors: 0 });
      for (const { id, antecedent, path } of found) {
        const covered = rumur.covers.get(`${id}: antecedent`);
        expect([antecedent, undefined]).toContain(covered);
        const decided = rumur.covers.get(`${id}: violation`) ?? rumur.covers.get(`${id}: witness`) ?? 0;
        expect(decided > 0).toBe(path !== undefined);
      }
    });
  },
);

describe.runIf(noSpin.length === 0)("Spin finds the same states, transitions and verdicts", () => {
  test.each(cases)("%s", async (_, name, asking) => {
    const outcome = await outcomeOf(name, asking);
    const { states, transitions } = expected(outcome);
    const text = exportText(outcome, "promela");
    expect(bySpin(text)).toEqual({ states, transitions, errors: 0 });
    const macros = new Set([...text.matchAll(/^#ifdef (\w+)/gm)].map(([, macro]) => macro));
    for (const macro of macros) expect([macro, bySpin(text, macro).errors]).toEqual([macro, 1]);
  });
});

/** Where the other checkers are not there, it is shown at least that the rules come to what the search found. */
const absent = [...new Set([...noRumur, ...noSpin])];
const small = cases.filter(([, name]) => !/overview|rtc-two|reroute|pit-control/.test(name));
describe.runIf(absent.length > 0)(`${absent.join(", ")} not installed: by the rules alone`, () => {
  test.each(small)("%s", async (_, name, asking) => {
    const { problem, exploration } = await outcomeOf(name, asking);
    expect(exploration.stop).toBe("exhausted");
    agreeByRules(problem, exploration);
  });
});
