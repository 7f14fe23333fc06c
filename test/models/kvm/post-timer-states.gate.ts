import { describe, expect, test } from "vitest";
import { timer } from "../../../scenarios/timer/timer.ts";
import { timerModesWorld } from "../../../scenarios/timer/timer-modes.ts";
import type { World } from "../../../scenarios/world.ts";
import { searched } from "./timer-ask.ts";

/** Every reachable state of a setting, as text. */
const states = async (
  world: { readonly spec: World },
  design: string | undefined,
  guest: string,
  set: readonly string[],
) => {
  const { found } = await searched({ spec: world.spec, design, guest, set });
  return new Set(Array.from({ length: found.states }, (_, id) => JSON.stringify(found.state(id))));
};

describe("P12: m18's test and the one in the kernel differ for callbacks elsewhere only", () => {
  test.each([
    ["kvm/timer", "td", "upstream", timer],
    ["kvm/timer", "td", "v1-inhibit", timer],
    ["kvm/timer", "vmx", undefined, timer],
    ["kvm/timer-modes", "td", "upstream", timerModesWorld],
    ["kvm/timer-modes", "vmx", undefined, timerModesWorld],
  ] as const)(
    "%s of a %s, %s: equal reachable states with a local hrtimer",
    async (_, guest, design, world) => {
      const relaxed = await states(world, design, guest, ["postTimer=in-guest-mode"]);
      expect(relaxed.size).toBeGreaterThan(1000);
      expect(await states(world, design, guest, ["postTimer=as-configured"])).toEqual(relaxed);
    },
  );

  test("with one elsewhere they differ", async () => {
    const relaxed = await states(timer, "upstream", "td", ["nohzFull=on", "postTimer=in-guest-mode"]);
    const asIs = await states(timer, "upstream", "td", ["nohzFull=on"]);
    expect(relaxed.size).not.toBe(asIs.size);
  });
});
