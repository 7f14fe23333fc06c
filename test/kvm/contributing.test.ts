import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { exploreFast, problemOf } from "#check";
import { timer } from "../../models/kvm/scenarios/timer.ts";
import { weak } from "../../models/kvm/state.ts";
import { worldWith } from "../../models/kvm/scenarios/world.ts";
import { choiceOf } from "../../src/model/choice.ts";
import { setMsrsSpiv } from "./example-action.ts";
import { postedIsTaken } from "./example-liveness.ts";
import { runningTdCanReceive } from "./example-property.ts";

const read = (file: string): string => readFileSync(new URL(file, import.meta.url), "utf8");

// The worked examples of CONTRIBUTING.md stand in files of their own, so that they compile and run.
test.each(["example-action.ts", "example-property.ts", "example-liveness.ts"])(
  "CONTRIBUTING.md shows %s as it is",
  (file) => {
    const body = read(file);
    const shown = read("../../CONTRIBUTING.md");
    const code = body.slice(body.indexOf("/**"));
    expect(shown).toContain(code.trim());
  },
);

test("the worked action breaks the worked property and one that holds without it", async () => {
  const { spec } = timer;
  const world = worldWith(
    {
      ...spec,
      actions: [...spec.actions, setMsrsSpiv.name],
      properties: [...spec.properties, runningTdCanReceive],
    },
    { add: [setMsrsSpiv] },
  );
  const { model, start } = world.build(choiceOf(world as never, {}));
  const found = await exploreFast(problemOf(model, world.scope, world.properties, start));
  const violated = world.properties
    .filter((_, i) => found.findings[i].path !== undefined)
    .map(({ id }) => id);
  expect(found.stop).toBe("exhausted");
  expect(violated).toContain("running-td-can-receive");
  expect(violated).toContain("pending-cleared-only-before-new-tmict");
});

test("the worked liveness property holds, and fails for ever without its strong condition", async () => {
  const { model, start } = timer.build(choiceOf(timer as never, {}));
  const unfair = { ...postedIsTaken, fairness: [weak({ each: "actor" })] };
  const found = await exploreFast(problemOf(model, timer.scope, [postedIsTaken, unfair], start));
  expect(found.stop).toBe("exhausted");
  const [fair, busy] = found.findings;
  expect(fair.antecedent).toBeGreaterThan(0);
  expect(fair.path).toBeUndefined();
  expect([busy.path?.loopAt, busy.path?.steps.length]).toEqual([18, 32]);
});
