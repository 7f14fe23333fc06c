import { describe, expect, test } from "vitest";
import { exploreFast, problemOf, reduced, verifyIndependence, type Exploration } from "#check";
import { scenarios } from "../../scenarios/index.ts";
import { choiceOf } from "../../src/catalogue/choice.ts";
import { isLiveness } from "../../src/model/property.ts";

/** What partial-order reduction must not change. */
const essence = ({ deadlocks, findings }: Exploration<unknown>) => ({
  deadlocks,
  findings: findings.map(({ antecedent, path }) => ({ occurs: antecedent > 0, found: path !== undefined })),
});

/**
 * Tests partial-order reduction on every shipped scenario with its defaults: searches of at most `compared` states are
 * compared with reduced ones, and of those of at most `paired` all pairs of steps are looked at.
 */
export const testShipped = (compared: number, paired: number): void => {
  describe.each(scenarios.map((scenario) => [scenario.name, scenario] as const))("%s", (_, scenario) => {
    const { model, start } = scenario.build(choiceOf(scenario, {}));
    const properties = scenario.properties.filter((property) => !isLiveness(property));
    const problem = problemOf(model, scenario.scope, properties, start);

    test("partial-order reduction changes no verdict and no state without a next step", async () => {
      const full = await exploreFast(problem, { states: compared });
      const part = await exploreFast(reduced(problem), { states: compared });
      expect(part.states).toBeLessThanOrEqual(full.states);
      // Of a search that was cut short nothing can be said but that.
      expect(essence(full.stop === "exhausted" ? part : full)).toEqual(essence(full));
    });

    test("steps said to be independent are", async () => {
      const { stop, states } = await exploreFast(problem, { states: paired });
      const looked = stop === "exhausted" ? await verifyIndependence(problem) : { states };
      expect(looked.states).toBe(states);
    });
  });
};
