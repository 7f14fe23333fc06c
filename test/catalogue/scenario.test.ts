import { describe, expect, test } from "vitest";
import {
  actionOf,
  bool,
  propertyOf,
  record,
  scenarioOf,
  type AnyScenario,
  type Choice,
  type Expectation,
  type ValueOf,
} from "#check";
import { answer } from "../../src/catalogue/answer.ts";
import { applicable } from "../../src/catalogue/outcome.ts";
import { expectationFor } from "../../src/catalogue/scenario.ts";
import { catalogue, run } from "../fixtures/io.ts";

const scenarioExpecting = (...expected: readonly Expectation[]) => ({ expected });
const chosen = (design: string | null, options: Choice["options"] = {}): Choice => ({
  design,
  guest: "td",
  options,
});

describe("the expectation for a property", () => {
  const always = { property: "p", verdict: "holds" } as const;

  test("is of that property", () => {
    const scenario = scenarioExpecting({ property: "q", verdict: "violated" }, always);
    expect(expectationFor(scenario, "p", chosen("active"))).toBe(always);
    expect(expectationFor(scenario, "r", chosen("active"))).toBeUndefined();
  });

  test("is the first whose every word is among those chosen", () => {
    const scenario = scenarioExpecting(
      {
        property: "p",
        where: { design: "active", postTimer: ["in-guest-mode", "never"] },
        verdict: "violated",
      },
      { property: "p", where: { design: ["active", "v1-inhibit"] }, verdict: "vacuous" },
      always,
    );
    const verdict = (choice: Choice) => expectationFor(scenario, "p", choice)?.verdict;
    expect(verdict(chosen("active", { postTimer: "never" }))).toBe("violated");
    expect(verdict(chosen("active", { postTimer: "as-configured" }))).toBe("vacuous");
    expect(verdict(chosen("active"))).toBe("vacuous");
    expect(verdict(chosen("v1-inhibit", { postTimer: "never" }))).toBe("vacuous");
    expect(verdict(chosen("upstream"))).toBe("holds");
  });

  test("matches a design or guest by their own names, even if an option is called so", () => {
    const scenario = scenarioExpecting({ property: "p", where: { guest: "td" }, verdict: "holds" });
    expect(expectationFor(scenario, "p", chosen("active", { guest: "vmx" }))?.verdict).toBe("holds");
  });
});

describe("a law", () => {
  const Bit = record({ on: bool });
  type Bit = ValueOf<typeof Bit>;
  const { invariant } = propertyOf<Bit>();
  const law = (id: string, holds: (s: Bit) => boolean, antecedent?: (s: Bit) => boolean) =>
    invariant({ id, statement: id, role: "law", holds, ...(antecedent && { antecedent }) });
  const switched = (...expected: readonly Expectation[]) =>
    scenarioOf<Bit>({
      name: "laws/bit",
      about: "a bit that is set",
      scope: {},
      model: {
        name: "bit",
        state: Bit,
        init: () => [{ on: false }],
        actions: [
          actionOf<Bit>()("set", {
            actor: "CPU",
            guard: ({ on }) => !on,
            effect: (d) => void (d.on = true),
          }),
        ],
      },
      properties: [
        law("is-a-bit", ({ on }) => typeof on === "boolean"),
        law(
          "never-asked",
          () => false,
          () => false,
        ),
        law("stays-clear", ({ on }) => !on),
        invariant({ id: "no-law", statement: "no law", holds: () => true }),
      ],
      expected,
    });

  test("is expected to hold or to be vacuous without a word, and nothing else is expected of it", async () => {
    const { properties } = await answer(switched());
    expect(
      properties.map(({ property, verdict, expected, asExpected }) => [
        property.id,
        verdict,
        expected,
        asExpected,
      ]),
    ).toEqual([
      ["is-a-bit", "holds", "holds-or-vacuous", true],
      ["never-asked", "vacuous", "holds-or-vacuous", true],
      ["stays-clear", "violated", "holds-or-vacuous", false],
      ["no-law", "holds", null, true],
    ]);
  });

  test("may be said to be broken", () => {
    const everywhere: Expectation = { property: "stays-clear", verdict: "violated" };
    const { expected } = switched(everywhere);
    expect(expected.filter(({ property }) => property === "stays-clear")).toEqual([everywhere]);
  });

  test("says nothing where there is no start, which the others have to expect, and is asked where there is one", () => {
    const nothing: Expectation = { property: "no-law", verdict: "not-applicable" };
    const asked = (scenario: AnyScenario, start: readonly unknown[]) =>
      applicable({ scenario, choice: chosen(null), properties: scenario.properties }, { start }).map(
        ({ id }) => id,
      );
    const some = ["is-a-bit", "never-asked", "stays-clear"];
    expect(asked(switched(nothing), [])).toEqual([]);
    expect(asked(switched(nothing), [{ on: false }])).toEqual(some);
    expect(asked(switched(), [])).toEqual(["no-law"]);
    expect(asked(switched(), [{ on: false }])).toEqual([...some, "no-law"]);
    const alone = { ...switched(), properties: switched().properties.filter(({ id }) => id !== "no-law") };
    expect(asked(alone, [])).toEqual(some);
  });

  test("is one for check, list and explain", async () => {
    const asked = (line: string) => run(line, {}, { ...catalogue, scenarios: [switched()] });
    const checked = await asked("check --quiet");
    expect(checked.code).toBe(1);
    expect(checked.stdout).toContain("holds-or-vacuous was expected");
    expect((await asked("list properties --json")).stdout).toContain('"role": "law"');
    const explained = (await asked("explain stays-clear")).stdout;
    expect(explained).toContain("is         a law: it holds, or is vacuous, whatever is chosen");
    expect(explained).toContain("  expected in laws/bit\n    holds-or-vacuous\n");
  });
});
