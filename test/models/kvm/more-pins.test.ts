import { expect, test } from "vitest";
import { exploreReference, problemOf, type AnyScenario, type Exploration } from "#check";
import { answer } from "../../../src/catalogue/answer.ts";
import { choiceOf } from "../../../src/catalogue/choice.ts";
import { extendWorld } from "../../../scenarios/extend-world.ts";
import { morePins } from "../../../scenarios/more-pins.ts";
import type { WithPins } from "../../../models/kvm/more-pins.ts";
import twoEntries from "../../docs/example-pins.ts";

const programs = ["guest_program_pin"];
const spec = { name: "q", about: "from before a pin is programmed", start: "running", properties: [] };

const counts = async (scenario: AnyScenario, guest: string, irqchip: string) => {
  const { exploration } = await answer(scenario, { guest, design: "active", set: [`irqchip=${irqchip}`] });
  const { states, transitions, levels } = exploration;
  return { states, transitions, levels };
};

/** The first pin's own part, which its devices and its guest begin. */
const ofFirst = ["KVM_IRQ_LINE_level", "userspace_ioapic_set_irq", "guest_program_pin"];

// Beside a pin that nobody uses, another with a vector of its own is what the one pin of the world is.
test.each([
  ["td", "kernel"],
  ["vmx", "split"],
  ["avic", "kernel"],
])("a second pin alone does what the first does: %s, %s", async (guest, irqchip) => {
  const one = extendWorld("kvm/level", { ...spec, actions: programs });
  const pins = morePins("kvm/level", { pin2: { vector: "ipi" } }, programs);
  const other = extendWorld<WithPins<"pin2">>("kvm/level", {
    ...spec,
    extend: pins.extend,
    change: (model, choice) => ({ ...pins.change(model, choice), drop: ofFirst.slice(0, 2) }),
  });
  const was = await counts(one, guest, irqchip);
  expect(was.states).toBeGreaterThan(50);
  expect(await counts(other, guest, irqchip)).toEqual(was);
});

test.each([
  ["all", "holds", undefined],
  ["first", "violated", 41],
])("an EOI completes %s of two entries with one vector: %s", async (completes, verdict, length) => {
  const asked = { guest: "vmx", set: [`completes=${completes}`] };
  const { exploration, properties } = await answer(twoEntries, asked);
  expect(properties.map((property) => property.verdict)).toEqual([verdict]);
  const { model, start } = twoEntries.build(choiceOf(twoEntries, asked));
  const meant = await exploreReference(problemOf(model, twoEntries.scope, twoEntries.properties, start));
  const said = ({ states, transitions, levels, findings }: Exploration<unknown>) => ({
    states,
    transitions,
    levels,
    lengths: findings.map(({ path }) => path?.steps.length),
  });
  expect(said(exploration)).toEqual(said(meant));
  expect(said(meant).lengths).toEqual([length]);
});

test("what is not there is refused where it is written", () => {
  const pin2 = { vector: "device" } as const;
  expect(() => morePins("kvm/levle", { pin2 })).toThrow('did you mean "kvm/level"');
  expect(() => morePins("kvm/level", { rtc: pin2 })).toThrow("the state has a field rtc already");
  expect(() => morePins("kvm/level", { pin2 }, ["guest_programm_pin"])).toThrow(
    'did you mean "guest_program_pin"',
  );
});
