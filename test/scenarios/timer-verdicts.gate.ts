import { describe, expect, test } from "vitest";
import { named, settings, surprises } from "./expected.ts";

const worlds: readonly (readonly [string, readonly string[]])[] = [
  ["kvm/timer-modes", ["nohzFull", "hltInGuest", "timerDelivery"]],
  ["kvm/timer-modes", ["nohzFull", "postTimer", "preemptionTimer"]],
  ["kvm/timer-modes", ["nohzFull", "timerDelivery", "hrtimerPinned"]],
  ["kvm/tsc-deadline", ["nohzFull", "hltInGuest", "timerDelivery", "fastpath"]],
  ["kvm/tsc-deadline", ["nohzFull", "hltInGuest", "timerAdvance", "timerDelivery", "directWait"]],
  ["kvm/tsc-deadline", ["nohzFull", "postTimer", "timerAdvance", "preemptionTimer", "fastpath"]],
  ["kvm/hv-timer", ["timerMode", "timerDelivery", "timerClocks"]],
  ["kvm/hv-timer", ["timerMode", "nohzFull", "hltInGuest", "mwaitInGuest", "preemptionTimer"]],
  ["kvm/f3-masked-expiry", ["nohzFull", "hltInGuest", "timerDelivery", "preemptionTimer"]],
  ["kvm/f3-userspace-unmask", ["nohzFull", "hltInGuest", "timerDelivery", "preemptionTimer"]],
  ["kvm/f4-mode-switch", ["nohzFull", "timerDelivery", "preemptionTimer", "hrtimerPinned"]],
  ["kvm/f5-tdcr", ["timerDelivery", "tdcrGuard", "preemptionTimer"]],
];

describe.each(worlds)("%s over %o", (name, options) => {
  const scenario = named(name);
  test.each([
    ["td", "upstream"],
    ["td", "v1-inhibit"],
    ["vmx", "upstream"],
  ])("%s %s: every verdict is the expected one", async (guest, design) => {
    for (const set of settings(scenario, options)) {
      const found = await surprises(scenario, { guest, design, set });
      expect(found.map((surprise) => `${set.join(" ")}: ${surprise}`)).toEqual([]);
    }
  });
});

describe("kvm/hv-timer-migrates over every option", () => {
  const scenario = named("kvm/hv-timer-migrates");
  test.each(["vmx", "vmx-sw"])("%s: every verdict is the expected one", async (guest) => {
    for (const set of settings(scenario, ["timerMode", "fastpath", "preemptionTimer"])) {
      const found = await surprises(scenario, { guest, design: "upstream", set });
      expect(found.map((surprise) => `${set.join(" ")}: ${surprise}`)).toEqual([]);
    }
  });
});
