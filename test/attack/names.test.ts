import { describe, expect, test } from "vitest";
import { shelve, type Expectation } from "#check";
import { rtcRestore } from "../../scenarios/rtc/rtc-restore.ts";
import { timer } from "../../scenarios/timer/timer.ts";
import { world, type World } from "../../scenarios/kvm-entry.ts";
import { world as shippedWorld } from "../../scenarios/world.ts";
import { posting } from "../fixtures/posting.ts";

const { spec } = timer;
const made = (changed: Partial<World>) => () => world({ ...spec, ...changed });
const withAction = (name: string) => made({ actions: [...spec.actions, name] });
const withRow = (row: Expectation) => made({ expected: [...spec.expected, row] });

describe("A10: a world that names what there is not is refused as it is made", () => {
  test("a misspelt action, with the nearest", () => {
    expect(withAction("apic_timer_fm")).toThrow(
      'unknown action "apic_timer_fm" (did you mean "apic_timer_fn"?)\n  the actions of kvm/timer name it',
    );
    expect(withAction("no_such_action")).toThrow('unknown action "no_such_action"');
  });

  test("an action that only an option adds is known where the world has that option", () => {
    expect(withAction("KVM_SET_IRQCHIP")).toThrow('unknown action "KVM_SET_IRQCHIP"');
    expect(rtcRestore.spec.actions).toContain("KVM_SET_IRQCHIP");
    expect(() => world(rtcRestore.spec)).not.toThrow();
  });

  test("a world that ships, where a model of it is first built", () => {
    const { build } = shippedWorld({ ...spec, actions: ["apic_timer_fm"] });
    const choice = { design: "upstream", guest: "td", options: {} };
    expect(() => build(choice)).toThrow('unknown action "apic_timer_fm"');
    expect(() => build.model!(choice)).toThrow('unknown action "apic_timer_fm"');
  });

  test("a design or a guest that there is not", () => {
    expect(made({ designs: ["upstraem"] as never })).toThrow(
      'unknown design "upstraem" (did you mean "upstream"?)\n  the designs of kvm/timer name it',
    );
    expect(made({ guests: ["td", "avix"] as never })).toThrow('unknown guest "avix" (did you mean "avic"?)');
  });

  test("a start that there is not", () => {
    expect(made({ start: "timer-amred" as never })).toThrow(
      'unknown start "timer-amred" (did you mean "timer-armed"?)\n  the starts of kvm/timer name it',
    );
  });

  test("a misspelt property, option or value in an expectation", () => {
    const property = "no-pending-timer-in-guest";
    const at = `expected[${spec.expected.length}] of kvm/timer names it`;
    expect(withRow({ property: "no-pending-timer-in-gest", verdict: "holds" })).toThrow(
      `unknown property "no-pending-timer-in-gest" (did you mean "${property}"?)\n  ${at}`,
    );
    expect(withRow({ property, where: { timerDelivry: "direct" }, verdict: "holds" })).toThrow(
      'unknown option "timerDelivry" (did you mean "timerDelivery"?)',
    );
    expect(withRow({ property, where: { timerDelivery: "dirct" }, verdict: "holds" })).toThrow(
      'unknown value of timerDelivery "dirct" (did you mean "direct"?)',
    );
  });

  test("an expectation that nothing is left for", () => {
    const row = { property: "expiry-not-delayed-past-entry", verdict: "violated" } as const;
    expect(withRow(row)).toThrow("never decides anything: expiry-not-delayed-past-entry");
  });

  test("and so is a scenario of somebody else's", () => {
    const expected: readonly Expectation[] = [{ property: "irr-cleared-by-taking", verdict: "holds" }];
    expect(() => shelve({ ...posting, expected })).toThrow(
      "expected[0] of kvm/posting names it, but kvm/posting does not ask it",
    );
  });
});
