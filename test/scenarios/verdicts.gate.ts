import { describe, expect, test } from "vitest";
import type { AnyScenario } from "#check";
import type { Wish } from "../../src/catalogue/choice.ts";
import { guestsOf, named, settings, surprises } from "./expected.ts";

interface Row {
  readonly world: string;
  /** Options of which every combination is asked; the others keep their defaults, or what `fixed` says. */
  readonly over: readonly string[];
  readonly designs: readonly string[];
  readonly fixed?: readonly string[];
}

/** Two options that decide the same step are refused together: which of the two is meant nobody could say. */
const isRefused = ({ set = [] }: Wish): boolean =>
  set.includes("postTimer=in-guest-mode") && set.some((one) => one.startsWith("timerDelivery=direct"));

const wishes = (scenario: AnyScenario, { over, designs, fixed = [] }: Row): readonly Wish[] =>
  guestsOf(scenario).flatMap((guest) =>
    (guest === "td" ? designs : designs.slice(0, 1)).flatMap((design) =>
      settings(scenario, over).map((set) => ({ design, guest, set: [...fixed, ...set] })),
    ),
  );

const wishText = ({ set = [], ...axes }: Wish): string => [...Object.values(axes), ...set].join(" ");

const every = ["upstream", "active", "active-split", "v1-inhibit"];

const rows: readonly Row[] = [
  {
    world: "kvm/timer",
    over: ["nohzFull", "hltInGuest", "postTimer", "timerDelivery"],
    designs: ["upstream", "v1-inhibit"],
  },
  { world: "kvm/timer", over: ["nohzFull", "timerMode", "tdhVpEnter"], designs: every },
  {
    world: "kvm/timer",
    over: ["nohzFull", "hltInGuest", "disabledExits", "timerDelivery"],
    designs: ["upstream", "v1-inhibit"],
  },
  { world: "kvm/apicv", over: ["apicMapAlloc"], designs: every },
  { world: "kvm/rtc", over: ["irqchip", "rtcGuest"], designs: every },
  { world: "kvm/level", over: ["irqchip", "guestAck"], designs: every },
  // Under a split irqchip this world has twelve million states: too many for a test.
  { world: "kvm/rtc-two-destinations", over: ["rtcGuest"], designs: every, fixed: ["irqchip=kernel"] },
  { world: "kvm/overview", over: [], designs: every },
  { world: "kvm/overview", over: ["timerDelivery"], designs: ["upstream"] },
  { world: "kvm/overview", over: ["irqchip"], designs: ["active"] },
];

describe.each(rows)("$world over $over", (row) => {
  const scenario = named(row.world);
  const [refused, asked] = [true, false].map((is) =>
    wishes(scenario, row).filter((wish) => isRefused(wish) === is),
  );
  test.each(asked.map((wish) => [wishText(wish), wish] as const))(
    "%s: every verdict is the expected one",
    async (_, wish) => {
      expect(await surprises(scenario, wish)).toEqual([]);
    },
  );
  test.each(refused.map((wish) => [wishText(wish), wish] as const))("%s: is refused", async (_, wish) => {
    await expect(surprises(scenario, wish)).rejects.toThrow("both change apic_timer_fn");
  });
});
