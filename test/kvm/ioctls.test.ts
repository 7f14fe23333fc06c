import { describe, expect, test } from "vitest";
import { named, settings, surprises } from "./expected.ts";

const designs = ["v1-inhibit", "active", "active-split", "upstream"];

describe.each([
  "kvm/creation",
  "kvm/ioctls-apic",
  "kvm/ioctls-vm",
  "kvm/mp-state",
  "kvm/msi",
  "kvm/msi-routing",
  "kvm/ipi",
])("%s", (name) => {
  const scenario = named(name);
  const asked = scenario.guests.flatMap((guest) =>
    (guest === "td" ? designs : ["upstream"]).flatMap((design) =>
      settings(
        scenario,
        scenario.options.map((option) => option.name),
      ).map((set) => ({ guest, design, set })),
    ),
  );
  test.each(asked.map((wish) => [`${wish.guest} ${wish.design} ${wish.set.join(" ")}`, wish] as const))(
    "%s: every verdict is the expected one",
    async (_, wish) => {
      expect(await surprises(scenario, wish)).toEqual([]);
    },
    60_000,
  );
});
