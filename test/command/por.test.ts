import { describe, expect, test } from "vitest";
import { oracles } from "../../models/textbook/index.ts";
import { counter } from "../fixtures/counter.ts";
import { catalogue, run, type Ran } from "../fixtures/io.ts";
import { propertyOf } from "#check";

const explore = (line: string): Promise<Ran> =>
  run(`explore --scenario oracle/${line}`, {}, { ...catalogue, scenarios: oracles });
const words = (text: string): string => text.replaceAll(/\s+/g, " ");

describe("explore --por", () => {
  test("says that its counts are of a part, and that runs may not be the shortest", async () => {
    const { code, stdout } = await explore("peterson --por");
    expect(code).toBe(0);
    for (const part of [
      "31 states of the reduced graph, 45 transitions",
      "Complete up to partial-order reduction",
      "runs may not be the shortest",
    ])
      expect(words(stdout)).toContain(part);
    expect(words((await explore("peterson")).stdout)).not.toContain("reduc");
  });

  test("says it as data too", async () => {
    const read = async (line: string) => JSON.parse((await explore(`${line} --json`)).stdout) as unknown;
    expect(await read("peterson --por")).toMatchObject({
      complete: true,
      states: 31,
      reductions: { por: true },
    });
    expect(await read("peterson")).toMatchObject({ states: 42, reductions: { por: false } });
  });

  test("finds the same on the reference engine, and a run that replays", async () => {
    const counts = /\d+ states of the reduced graph, \d+ transitions, depth \d+/;
    const fast = await explore("two-phase-commit-hasty --por");
    const slow = await explore("two-phase-commit-hasty --por --reference");
    expect(counts.exec(words(slow.stdout))?.[0]).toBe(counts.exec(words(fast.stdout))?.[0]);
    const [, handle] = /apicv-check replay ?(\S+)/.exec(fast.stdout.replace(/ \\\n */g, "")) ?? [];
    const replayed = await run(`replay ${handle}`, {}, { ...catalogue, scenarios: oracles });
    expect(replayed).toMatchObject({ code: 0, stderr: "" });
    expect(replayed.stdout).toContain("consistent: violated after");
  });

  test.each([
    [
      "peterson --por --depth 3",
      "every run that is short enough for --depth to look at: leave out one of the two",
    ],
    ["peterson --por --switches 1", "as --switches looks at"],
    ["peterson --por --symmetry", "--por and --symmetry are not proven to go together"],
    ["peterson --por --graph g.dot", "--graph draws the steps between states"],
  ])("%s is refused", async (line, part) => {
    const { code, stdout, stderr } = await explore(line);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(part);
  });

  test("is refused for a liveness property, which is named", async () => {
    const ends = propertyOf<{ readonly n: number }>().eventually({
      id: "ends",
      statement: "-",
      fairness: [],
      holds: ({ n }) => n === 5,
    });
    const scenarios = [counter({ properties: [ends] })];
    const { code, stdout, stderr } = await run(
      "explore --scenario oracle/counter --por",
      {},
      { ...catalogue, scenarios },
    );
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(
      "ends is a liveness property (eventually), which a search with --por cannot check",
    );
  });
});
