import { describe, expect, test } from "vitest";
import {
  exploreFast,
  problemOf,
  reduced,
  verifyIndependence,
  type AnyScenario,
  type Exploration,
  type Problem,
} from "#check";
import { scenarios } from "../../scenarios/index.ts";
import { choiceOf } from "../../src/catalogue/choice.ts";
import { unanalysed } from "../../src/problem/constrained.ts";
import { isLiveness } from "../../src/model/property.ts";

/** What partial-order reduction must not change. */
const essence = ({ deadlocks, findings }: Exploration<unknown>) => ({
  deadlocks,
  findings: findings.map(({ antecedent, path }) => ({ occurs: antecedent > 0, found: path !== undefined })),
});

const posed = (scenario: AnyScenario): Problem<unknown> => {
  const { model, start } = scenario.build(choiceOf(scenario, {}));
  const properties = scenario.properties.filter((property) => !isLiveness(property));
  return problemOf(model, scenario.scope, properties, start);
};

const worlds = scenarios.map((scenario) => [scenario.name, posed(scenario)] as const);

/**
 * Tests partial-order reduction on every shipped scenario with its defaults: searches of at most `compared` states are
 * compared with reduced ones, and of those of at most `paired` all pairs of steps are looked at. Where it is not proven it
 * is refused.
 */
export const testShipped = (compared: number, paired: number): void => {
  describe.each(worlds.filter(([, problem]) => unanalysed(problem) === undefined))("%s", (_, problem) => {
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

  test.each(worlds.filter(([, problem]) => unanalysed(problem) !== undefined))(
    "%s: partial-order reduction is refused, for nothing is proven there",
    async (_, problem) => {
      expect(() => reduced(problem)).toThrow("--por is not proven for");
      await expect(verifyIndependence(problem)).rejects.toThrow("is not verified for");
    },
  );
};
