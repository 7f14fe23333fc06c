import { expect, test } from "vitest";
import type { LayoutName } from "#check";
import { judgeLinesIn, randomFrom, runsOf } from "../../../bench/printed-runs.ts";
import { followedWorlds } from "../../../scenarios/validation/followed-worlds.ts";

const LINES = 150;
const RUNS = 3;
const layouts: readonly LayoutName[] = ["ftrace", "trace-cmd", "perf"];

test.each(followedWorlds.map((world) => [world.name, world] as const))(
  "runs of %s are allowed by it, and some without one of their lines are not",
  async (_, world) => {
    const lines = runsOf(world.problem(), randomFrom(1));
    const judged = await judgeLinesIn(world);
    let refused = 0;
    for (let run = 0; run < RUNS; run++) {
      const printed = lines(LINES, layouts[run % layouts.length]);
      const { verdict, refusal, decided } = await judged(printed);
      expect([verdict, refusal]).toEqual(["consistent", undefined]);
      expect(decided).toBeGreaterThan(LINES / 3);
      for (let i = 20; i < LINES - 20; i += 10)
        if ((await judged(printed.toSpliced(i, 1))).verdict !== "consistent") refused++;
    }
    expect(refused).toBeGreaterThan(0);
  },
);
