import { describe, expect, test } from "vitest";
import type { Choice, Expectation } from "#check";
import { expectationFor } from "../../src/catalogue/scenario.ts";

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
