import { describe, expect, test } from "vitest";
import { guestsOf, named, settings, surprises } from "./expected.ts";

type Row = readonly [world: string, options: readonly string[], designs: readonly string[]];

const every = ["v1-inhibit", "active", "active-split", "upstream"];
const kernel = ["v1-inhibit", "active"];

const rows: readonly Row[] = [
  ["kvm/rtc", ["irqchip", "lineIoctl", "irq8", "pin8"], kernel],
  ["kvm/rtc-slew", ["irqchip", "rtcGuest", "splitReporter"], every],
  ["kvm/rtc-slew", ["irq8", "lineIoctl"], kernel],
  ["kvm/rtc-restore", ["rtcRestore"], every],
  ["kvm/pit", ["pitMode", "pitInhibit"], every],
  ["kvm/pit-guest", ["pitMode", "pitInhibit"], kernel],
  ["kvm/pit-control", [], ["active"]],
  ["kvm/pic", ["extInt", "extIntAck"], every],
  ["kvm/f2-extint", ["extInt", "vcpuEvents"], every],
  ["kvm/f2-extint", ["extInt", "extIntAck"], ["upstream"]],
];

describe.each(rows)("%s over %s", (name, options, designs) => {
  const scenario = named(name);
  const wishes = guestsOf(scenario).flatMap((guest) =>
    (guest === "td" ? designs : designs.slice(0, 1)).flatMap((design) =>
      settings(scenario, options).map((set) => ({ guest, design, set })),
    ),
  );

  test.each(wishes.map((wish) => [`${wish.guest} ${wish.design} ${wish.set.join(" ")}`, wish] as const))(
    "%s: every verdict is the expected one",
    async (_, wish) => {
      expect(await surprises(scenario, wish)).toEqual([]);
    },
  );
});
