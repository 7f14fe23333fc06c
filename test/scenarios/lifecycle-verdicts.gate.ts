import { describe, expect, test } from "vitest";
import type { AnyScenario } from "#check";
import { designsOf, guestsOf, named, settings, surprises } from "./expected.ts";

/** Every choice of a world: each design and guest with every combination of its options. */
const choices = (scenario: AnyScenario) =>
  guestsOf(scenario).flatMap((guest) =>
    (guest === "td" ? designsOf(scenario) : ["upstream"]).flatMap((design) =>
      settings(
        scenario,
        scenario.options.map(({ name }) => name),
      ).map((set) => [`${guest} ${design} ${set.join(" ")}`, { guest, design, set }] as const),
    ),
  );

describe.each([
  "kvm/lifecycle",
  "kvm/set-lapic",
  "kvm/apic-map",
  "kvm/f1-uninitialized-vcpu",
  "kvm/f6-halted-vcpu",
])("%s", (name) => {
  const scenario = named(name);

  test.each(choices(scenario))("%s: every verdict is the expected one", async (_, wish) => {
    expect(await surprises(scenario, wish)).toEqual([]);
  });
});
