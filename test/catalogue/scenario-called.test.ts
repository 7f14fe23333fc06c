import { expect, test } from "vitest";
import { scenarioCalled } from "../../src/catalogue/scenario-called.ts";
import type { AnyScenario } from "../../src/catalogue/scenario.ts";

const scenarios = ["kvm/timer", "kvm/halt", "oracle/halt", "plain"].map((name) => ({ name }) as AnyScenario);
const called = (name: string): string => scenarioCalled(scenarios, name).name;

test("a scenario is found by its whole name, or by what follows its kind", () => {
  expect(["kvm/timer", "timer", "oracle/halt", "plain"].map(called)).toEqual([
    "kvm/timer",
    "kvm/timer",
    "oracle/halt",
    "plain",
  ]);
});

test("a short name of several is refused with all of them", () => {
  expect(() => called("halt")).toThrow('"halt" may be kvm/halt or oracle/halt\n  give the whole name');
});

test("what is near is named, whole or short as it was given", () => {
  expect(() => called("kvm/tmer")).toThrow('did you mean "kvm/timer"?');
  expect(() => called("timr")).toThrow('did you mean "timer"?');
  expect(() => called("constructor")).toThrow("unknown scenario");
});
