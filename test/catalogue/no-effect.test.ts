import { describe, expect, test } from "vitest";
import { shelve } from "#check";
import { scenarios } from "../../scenarios/index.ts";
import { choiceOf } from "../../src/catalogue/choice.ts";
import { settingText, withoutEffect } from "../../src/catalogue/no-effect.ts";
import type { AnyScenario } from "../../src/catalogue/scenario.ts";
import { run } from "../fixtures/io.ts";
import { posting, scenarios as fixture } from "../fixtures/posting.ts";

const world = (name: string): AnyScenario => scenarios.find((scenario) => scenario.name === name)!;
const without = (name: string, guest: string, ...set: readonly string[]): readonly string[] =>
  withoutEffect(world(name), choiceOf(world(name), { guest, set })).map(settingText);

describe("what has no effect", () => {
  test("how a TD's level-triggered interrupts are dealt with, on every guest but a TD", () => {
    const { axes, options } = world("kvm/level");
    for (const guest of axes!["guest"])
      for (const { name, values } of options.filter((option) => option.name !== "irqchip"))
        for (const value of values) {
          const setting = `${name}=${value}`;
          const none = guest !== "td" && value !== values[0];
          expect([guest, ...without("kvm/level", guest, setting)]).toEqual([
            guest,
            ...(none ? [setting] : []),
          ]);
        }
  });

  test("each setting is judged with the others as they were chosen", () => {
    expect(
      without("kvm/level", "vmx", "levelTriggered=drop", "guestAck=linux-sw-eoi", "irqchip=kernel"),
    ).toEqual(["levelTriggered=drop", "guestAck=linux-sw-eoi"]);
    const quiet = { name: "quiet", about: "", source: "", values: ["no", "yes"] };
    const scenario = shelve({
      ...posting,
      options: [...posting.options, quiet],
      build: (choice) =>
        posting.build(
          choice.options["quiet"] === "yes" && choice.options["notification"] === "none"
            ? { ...choice, design: "sync-first" }
            : choice,
        ),
    });
    const quietly = (...set: readonly string[]) =>
      withoutEffect(scenario, choiceOf(scenario, { set: ["quiet=yes", ...set] })).map(settingText);
    expect(quietly()).toEqual(["quiet=yes"]);
    expect(quietly("notification=none")).toEqual([]);
  });

  test("a design that changes nothing of an ordinary guest, also where the world has actions of its own", () => {
    const scan = scenarios.find(
      ({ name, axes }) =>
        /ioapic-scan/.test(name) && axes!["design"].length > 1 && axes!["guest"].includes("vmx"),
    )!;
    const [instead, value] = scan.axes!["design"];
    const choice = choiceOf(scan, { design: value, guest: "vmx" });
    expect(withoutEffect(scan, choice)).toEqual([{ name: "design", isAxis: true, value, instead }]);
  });

  test("what is a default, or was not asked about, is not looked at", () => {
    const [shelved] = fixture;
    const wide = { design: "mode-first", guest: "td" };
    expect(withoutEffect(shelved, choiceOf(shelved, {}))).toEqual([]);
    expect(withoutEffect(shelved, choiceOf(shelved, wide)).map(settingText)).toEqual(["guest td"]);
    expect(withoutEffect(shelved, choiceOf(shelved, wide), (name) => name !== "guest")).toEqual([]);
  });
});

describe("in what is printed", () => {
  test("nothing holds without a word of it, in text and JSON", async () => {
    const { code, stdout } = await run("explore --guest td");
    expect(code).toBe(0);
    expect(stdout).toContain(
      "no effect guest td has no effect here: the model and its start are those of\n            guest vmx\n",
    );
    expect(stdout).toContain("holds (no effect: guest td):");
    expect(stdout).not.toContain("holds:");
    const json = JSON.parse((await run("explore --guest td --json")).stdout) as {
      readonly noEffect: unknown;
      readonly properties: readonly { readonly because: string }[];
    };
    expect(json.noEffect).toEqual([{ name: "guest", value: "td", instead: "vmx" }]);
    for (const { because } of json.properties) expect(because).toMatch(/; guest td has no effect here$/);
    expect((await run("simulate --guest td --seed 1 --runs 3")).stdout).toContain("no effect guest td");
  });

  test("and nothing of what has an effect", async () => {
    const { stdout } = await run("explore --set notification=none --json");
    expect(stdout).toContain('"noEffect": []');
    expect((await run("explore --set notification=none")).stdout).not.toContain("no effect");
  });
});
