import { describe, expect, test } from "vitest";
import type { AnyScenario } from "#check";
import { kvm } from "../../scenarios/kvm.ts";
import { designsOf, guestsOf, named, settings, surprises } from "./expected.ts";

/** Every choice of a world: each design and guest with every combination of its options. */
const choices = (scenario: AnyScenario) =>
  guestsOf(scenario).flatMap((guest) =>
    (guest === "td" ? designsOf(scenario) : designsOf(scenario).slice(0, 1)).flatMap((design) =>
      settings(
        scenario,
        scenario.options.map(({ name }) => name),
      ).map((set) => [`${guest} ${design} ${set.join(" ")}`, { guest, design, set }] as const),
    ),
  );

const worlds = kvm
  .map(({ name }) => name)
  .filter((name) => /^kvm\/(ioapic-|irqfd-resample|level-|directed-eoi)/.test(name));

describe.each(worlds)("%s", (name) => {
  const scenario = named(name);
  test.each(choices(scenario))("%s: every verdict is the expected one", async (_, wish) => {
    expect(await surprises(scenario, wish)).toEqual([]);
  });
});
