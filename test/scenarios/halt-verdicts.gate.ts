import { describe, expect, test } from "vitest";
import { named, settings, surprises } from "./expected.ts";

const worlds: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ["kvm/halt", ["nohzFull", "hltInGuest", "mwaitInGuest", "postTimer"], ["upstream", "v1-inhibit"]],
  ["kvm/halt", ["nohzFull", "timerDelivery", "rviCheck"], ["upstream", "active", "active-split"]],
  ["kvm/block", ["preemption", "piLoad"], ["upstream", "active", "active-split", "v1-inhibit"]],
  ["kvm/block", ["rviCheck"], ["upstream", "v1-inhibit"]],
  ["kvm/halt-migrates", ["timerMode", "timerDelivery"], ["upstream"]],
  ["kvm/halt-migrates", ["nohzFull", "hltInGuest", "mwaitInGuest"], ["upstream", "v1-inhibit"]],
  ["kvm/halt-migrates", ["preemption"], ["upstream", "active", "active-split", "v1-inhibit"]],
  ["kvm/pi-wakeup", ["piPut", "deviceAssigned"], ["upstream"]],
  ["kvm/pi-wakeup", ["piLoad"], ["upstream"]],
  ["kvm/pi-wakeup", ["piPut", "preemptedFrom"], []],
];

describe.each(worlds)("%s over %s", (name, options, designs) => {
  const scenario = named(name);
  const wishes = [
    ...designs.map((design) => ({ guest: "td", design })),
    { guest: "vmx", design: "upstream" },
  ].flatMap((base) => settings(scenario, options).map((set) => ({ ...base, set })));

  test.each(wishes.map((wish) => [`${wish.guest} ${wish.design} ${wish.set.join(" ")}`, wish] as const))(
    "%s: every verdict is the expected one",
    async (_, wish) => {
      expect(await surprises(scenario, wish)).toEqual([]);
    },
  );
});
