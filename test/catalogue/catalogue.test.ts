import { describe, expect, test } from "vitest";
import { scenarioNamed } from "../../src/catalogue/catalogue.ts";
import { axes, defaultScenario, scenarios } from "../../scenarios/index.ts";
import { catalogue } from "../fixtures/io.ts";

describe("the scenario that is meant", () => {
  const [first, second] = scenarios;
  const of = { ...catalogue, axes, scenarios: [first, second] };

  test("is the first where none is named, and the catalogue names none", () =>
    expect(scenarioNamed(of)).toBe(first));

  test("is the one that the catalogue names, whatever its place", () =>
    expect(scenarioNamed({ ...of, defaultScenario: second.name })).toBe(second));

  test("is the one that is named", () =>
    expect(scenarioNamed({ ...of, defaultScenario: second.name }, first.name)).toBe(first));

  test("is refused where there is none of that name, also where it is the catalogue that names it", () => {
    expect(() => scenarioNamed(of, `${first.name}s`)).toThrow(`did you mean "${first.name}"?`);
    expect(() => scenarioNamed({ ...of, defaultScenario: `${first.name}s` })).toThrow(
      `did you mean "${first.name}"?`,
    );
  });

  test("is the overview of what ships", () => {
    expect(defaultScenario).toBe("kvm/overview");
    expect(scenarios.map(({ name }) => name)).toContain(defaultScenario);
  });
});
