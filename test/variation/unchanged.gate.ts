import { expect, test } from "vitest";
import { distinctChoices } from "../../src/catalogue/distinct-choices.ts";
import { versionOf } from "../../src/check/model-version.ts";
import { problemOf } from "../../src/problem/exploration.ts";
import { stepText, stepsOf } from "../../src/model/model.ts";
import { extendable, unchanged } from "./unchanged.ts";

test.each(extendable.map((world) => [world.name, world] as const))(
  "a file without changes gives the steps, starts and versions of %s",
  (_, world) => {
    const same = unchanged(world);
    let asked = false;
    expect(same.scope).toEqual(world.scope);
    for (const choice of distinctChoices(world)) {
      const [is, was] = [same, world].map((scenario) => {
        const { model, start, unreachable } = scenario.build(choice);
        return {
          start,
          unreachable,
          steps: stepsOf(model, scenario.scope).map(stepText),
          // What steps do is asked once: the guests have them from the same place.
          version:
            asked || start.length === 0 ? undefined : versionOf(problemOf(model, scenario.scope, [], start)),
        };
      });
      expect(is).toEqual(was);
      asked ||= was.start.length > 0;
    }
  },
);
