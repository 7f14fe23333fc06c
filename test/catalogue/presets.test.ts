import { describe, expect, test } from "vitest";
import { casesOf } from "../../src/catalogue/cases.ts";
import { catalogueOf } from "../../src/catalogue/catalogue.ts";
import { choiceOf, settingsOf } from "../../src/catalogue/choice.ts";
import { choicesOf } from "../../src/catalogue/combinations.ts";
import { distinctChoices } from "../../src/catalogue/distinct-choices.ts";
import { handleText, parseHandle } from "../../src/catalogue/handle.ts";
import { shelve, type Choice } from "../../src/catalogue/scenario.ts";
import { worldText } from "../../src/catalogue/size.ts";
import { chosenOn } from "../../src/model/axis.ts";
import { axes as fewer, catalogue, run } from "../fixtures/io.ts";
import { posting } from "../fixtures/posting.ts";

const [notification] = posting.options;
const follows = { axis: "era", defaults: { new: "ipi", middle: "none", old: "none", oldest: "ipi" } };

/** The fixture's scenario, with an option that follows an axis more. */
const world = {
  ...posting,
  axes: { ...posting.axes, era: Object.keys(follows.defaults) },
  presets: ["era"],
  options: [{ ...notification, follows }],
};
const scenario = shelve(world);
const axes = [...fewer, { name: "era", plural: "eras", about: "when it was" }];
const from = { ...catalogue, axes, scenarios: [scenario] };

/** Every choice that there is. */
const all = choicesOf(scenario, { design: "*", guest: "*", era: "*", set: ["notification=*"] });

describe("an option that follows an axis", () => {
  test("has the default of what is chosen there, unless it is set", () => {
    for (const [era, value] of Object.entries(follows.defaults)) {
      expect(choiceOf(scenario, { era }).options).toEqual({ notification: value });
      for (const set of ["ipi", "none"])
        expect(choiceOf(scenario, { era, set: [`notification=${set}`] }).options["notification"]).toBe(set);
    }
    expect(choiceOf(scenario, {})["era"]).toBe("new");
  });

  test("every choice is what its axes and settings say, and is named by a trace", () => {
    expect(all).toHaveLength(2 * 2 * 4 * 2);
    const names = all.map((choice) => worldText(scenario, choice));
    expect(new Set(names).size).toBe(names.length);
    for (const choice of all) {
      expect(choiceOf(scenario, { ...chosenOn(choice), set: settingsOf(scenario, choice) })).toEqual(choice);
      const handle = { scenario, choice, version: "012345", property: null, schedule: "-" };
      expect(parseHandle(handleText(handle), [scenario]).choice).toEqual(choice);
    }
  });

  test("is asked by the gate once for each value that it has somewhere, the first there", () => {
    const era = ({ choice }: { readonly choice: Choice }): string =>
      `${chosenOn(choice)["era"]} ${choice.options["notification"]}`;
    const cases = casesOf(scenario).filter(
      ({ choice }) => choice["design"] === "mode-first" && choice["guest"] === "td",
    );
    expect(cases.map(era)).toEqual(["new ipi", "middle none"]);
    expect(distinctChoices(scenario)).toHaveLength(2 * 2 * 2);
  });

  test("is asked by the gate where an expectation names the axis", () => {
    const property = "both-interrupts-taken";
    const because = "it is old";
    const old = { property, where: { era: "old", notification: "ipi" }, verdict: "any", because } as const;
    const cases = casesOf(shelve({ ...world, expected: [old, ...world.expected] }));
    expect(cases.map(({ choice }) => choice["era"])).toContain("old");
  });

  test("is checked in every case under the value that a flag says", async () => {
    for (const [era, value] of Object.entries(follows.defaults)) {
      const { stdout } = await run(`check --era ${era} --list`, {}, from);
      const lines = stdout.split("\n").filter((line) => line.startsWith("kvm/posting"));
      // As many as where only one era is: each design and guest, and what expectations speak of.
      const usual = casesOf({ ...scenario, axes: { ...scenario.axes, era: [era] } });
      expect(lines).toHaveLength(usual.length);
      expect(usual.map(({ choice }) => choice.options["notification"])).toContain(value);
      expect(lines.every((line) => line.includes(` ${era}`) === (era !== "new"))).toBe(true);
    }
  });

  test("says so where a value on the axis makes no difference", async () => {
    const said = "era oldest has no effect here";
    const oldest = await run("explore --era oldest", {}, from);
    expect(oldest.stdout.replaceAll(/\s+/g, " ")).toContain(said);
    const old = await run("explore --era old --allow-unrecorded", {}, from);
    expect(old.stdout).not.toContain("has no effect");
  });

  test("is what is explored under that value, which reports, traces and files name", async () => {
    const { stdout } = await run("explore --era old --json --allow-unrecorded", {}, from);
    expect(JSON.parse(stdout)).toMatchObject({ era: "old", options: { notification: "none" } });
    const text = await run("explore --era old --allow-unrecorded", {}, from);
    expect(text.stdout).toContain("kvm/posting:mode-first:vmx:old:");
    expect(text.stdout).toContain("kvm/posting, design mode-first, guest vmx, era old, from created");
    const usual = await run("explore --design sync-first", {}, from);
    expect(usual.stdout).toMatch(/kvm\/posting:sync-first:vmx:[0-9a-f]{6}:/);
    const card = await run("explain notification", {}, from);
    expect(card.stdout.replaceAll(/\s+/g, " ")).toContain(
      "ipi, none (the first is the default; none under era middle, old)",
    );
  });

  test("is refused where there is no such axis or value", () => {
    const wrong = (changed: object): unknown => shelve({ ...world, ...changed, name: "kvm/wrong" });
    const following = (more: object): object => ({ options: [{ ...notification, follows: more }] });
    expect(() => wrong(following({ ...follows, axis: "eras" }))).toThrow('did you mean "era"?');
    expect(() => wrong(following({ axis: "era", defaults: { old: "nine" } }))).toThrow(
      "it is the default under era old in kvm/wrong",
    );
    expect(() => wrong({ presets: ["area"] })).toThrow('did you mean "era"?');
  });
});

test("a catalogue that does not name the axis refuses the scenario", () =>
  expect(() => catalogueOf({ axes: fewer, scenarios: [scenario] })).toThrow("era"));
