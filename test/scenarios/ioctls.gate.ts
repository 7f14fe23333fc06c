import { describe, expect, test } from "vitest";
import type { AnyScenario } from "#check";
import { guestsOf, named, surprises } from "./expected.ts";

const every = ["v1-inhibit", "active", "active-split", "upstream"];

/** The defaults, and then each other value of each option by itself: all of them together would be too many for a test. */
const settings = (scenario: AnyScenario): readonly (readonly string[])[] => [
  [],
  ...scenario.options.flatMap(({ name, values }) => values.slice(1).map((value) => [`${name}=${value}`])),
];

describe.each([
  ["kvm/creation", every],
  ["kvm/ioctls-apic", every],
  ["kvm/ioctls-vm", every],
  ["kvm/mp-state", every],
  ["kvm/msi", every],
  ["kvm/msi-routing", ["upstream"]],
  ["kvm/ipi", ["upstream"]],
])("%s", (name, designs) => {
  const scenario = named(name);
  const asked = guestsOf(scenario).flatMap((guest) =>
    (guest === "td" ? designs : ["upstream"]).flatMap((design) =>
      settings(scenario).map((set) => ({ guest, design, set })),
    ),
  );
  test.each(asked.map((wish) => [`${wish.guest} ${wish.design} ${wish.set.join(" ")}`, wish] as const))(
    "%s: every verdict is the expected one",
    async (_, wish) => {
      expect(await surprises(scenario, wish)).toEqual([]);
    },
  );
});
