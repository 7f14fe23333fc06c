import { describe, expect, test } from "vitest";
import { exploreFast } from "#check";
import type { GuestName } from "../../../models/kvm/ops.ts";
import { kvm } from "../../../scenarios/kvm.ts";
import { groupsOf } from "../../../src/catalogue/cases.ts";
import { replay, type TraceStep } from "../../../src/check/trace.ts";
import { claimedIn, everyClaim, rareStep, rareSteps, textsOf, untrue, walked } from "./step-texts.ts";

/** Larger worlds are searched in part: what is violated later is walked only. */
const STATES = 20_000;
const WALK = 300;

const groups = kvm.flatMap((scenario) =>
  groupsOf([scenario]).map((group, i) => [`${scenario.name} ${i + 1}`, group] as const),
);

describe("whatever a world is asked, its runs", () => {
  const texts = new Set<string>();

  test.each(groups)(
    "of %s say of each step what is true of its guest and its branch",
    async (_, { problem, cases }) => {
      if (problem.start.length === 0) return;
      const { findings } = await exploreFast(problem, { states: STATES });
      const runs = findings.flatMap(({ path }) => (path === undefined ? [] : replay(problem, path).steps));
      const taken: readonly TraceStep<unknown>[] = [...walked(problem, WALK), ...runs];
      for (const { choice } of cases)
        expect([...new Set(taken.flatMap((one) => untrue(choice["guest"] as GuestName, one)))]).toEqual([]);
      for (const one of taken) for (const text of textsOf(one)) texts.add(text);
    },
  );

  test("make every claim that is looked at", async () => {
    for (const rare of rareSteps) for (const text of textsOf(await rareStep(rare))) texts.add(text);
    expect(claimedIn([...texts])).toEqual(everyClaim);
  });
});
