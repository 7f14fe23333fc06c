import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { exploreFast, problemOf, shelve, type Action } from "#check";
import { main } from "../../src/command/program.ts";
import { shipped } from "../../scenarios/shipped.ts";
import { fakeIo } from "../fixtures/io.ts";
import { timer } from "../../scenarios/timer/timer.ts";
import { userspaceExits } from "../../scenarios/parts.ts";
import { tscDeadlineWorld } from "../../scenarios/timer/tsc-deadline.ts";
import { weak } from "../../models/kvm/state.ts";
import { worldWith } from "../../scenarios/world.ts";
import type { State } from "../../models/kvm/state.ts";
import { answer } from "../../src/catalogue/answer.ts";
import { choiceOf } from "../../src/catalogue/choice.ts";
import clearTscDeadline from "./example-action.ts";
import { postedIsTaken } from "./example-liveness.ts";
import { pendingSurvivesUserspace } from "./example-property.ts";
import timerInUserspace from "./example-world.ts";

const read = (file: string): string => readFileSync(new URL(file, import.meta.url), "utf8");

// The worked examples of CONTRIBUTING.md stand in files of their own, so that they compile and run.
test.each(["example-action.ts", "example-property.ts", "example-liveness.ts", "example-world.ts"])(
  "CONTRIBUTING.md shows %s as it is",
  (file) => {
    const body = read(file);
    const shown = read("../../CONTRIBUTING.md");
    const code = body.slice(body.indexOf("/**"));
    expect(shown).toContain(code.trim());
  },
);

test("the worked bug is shown whole, in less than 40 lines, and checks as CONTRIBUTING.md says", async () => {
  const body = read("example-bug.ts").trimEnd();
  expect(read("../../CONTRIBUTING.md")).toContain(body);
  expect(body.split("\n").length).toBeLessThan(40);
  const { io, written } = fakeIo();
  expect(await main(["check", "test/docs/example-bug.ts"], io, shipped)).toBe(0);
  expect(written.stdout).toMatch(/^rt-1 upstream td +holds .* Ok /m);
  expect(written.stdout).toMatch(
    /^rt-1 upstream td mapDirty=bool +violated +182,924 states +7 steps .* Ok /m,
  );
});

test("the worked pins are shown whole", () => {
  expect(read("../../CONTRIBUTING.md")).toContain(read("example-pins.ts").trimEnd());
});

test("the worked action breaks the worked property and one that holds without it", async () => {
  const { spec } = tscDeadlineWorld;
  const found = async (
    more: readonly string[],
    add: readonly Action<State>[],
  ): Promise<readonly string[]> => {
    const world = worldWith(
      {
        ...spec,
        actions: [...spec.actions, ...more],
        properties: [...spec.properties, pendingSurvivesUserspace],
      },
      { add },
    );
    const { model, start } = world.build(choiceOf(world as never, {}));
    const found = await exploreFast(problemOf(model, world.scope, world.properties, start));
    expect(found.stop).toBe("exhausted");
    return world.properties.filter((_, i) => found.findings[i].path !== undefined).map(({ id }) => id);
  };
  const broken = ["expiry-not-delayed-past-entry", "pending-survives-userspace"];
  expect(await found([...userspaceExits, clearTscDeadline.name], [clearTscDeadline])).toEqual(
    expect.arrayContaining(broken),
  );
  const without = await found(userspaceExits, []);
  for (const id of broken) expect(without).not.toContain(id);
});

test.each(["td", "vmx"])("the worked world has the verdict that it expects, on %s", async (guest) => {
  const asked = { guest, set: ["nohzFull=on"] };
  const { properties, stranded, exploration } = await answer(shelve(timerInUserspace), asked);
  expect(exploration.stop).toBe("exhausted");
  expect(stranded).toEqual([]);
  expect(properties.map(({ verdict, asExpected }) => [verdict, asExpected])).toEqual([["holds", true]]);
});

test("the worked liveness property holds, and fails for ever without its strong condition", async () => {
  const { model, start } = timer.build(choiceOf(timer as never, {}));
  const unfair = { ...postedIsTaken, id: "posted-is-taken-unfairly", fairness: [weak({ each: "actor" })] };
  const found = await exploreFast(problemOf(model, timer.scope, [postedIsTaken, unfair], start));
  expect(found.stop).toBe("exhausted");
  const [fair, busy] = found.findings;
  expect(fair.antecedent).toBeGreaterThan(0);
  expect(fair.path).toBeUndefined();
  expect([busy.path?.loopAt, busy.path?.steps.length]).toEqual([18, 32]);
});
