import { expect, test } from "vitest";
import { exploreFast, type AnyScenario } from "#check";
import { groupsOf } from "../../src/catalogue/cases.ts";
import { checkGroup, type CaseResult } from "../../src/catalogue/gate.ts";
import { searchTold, toldSearch } from "../../src/command/check/told-search.ts";
import type { Explore } from "../../src/problem/exploration.ts";
import { gateJson } from "../../src/report/gate-report.ts";
import { counter, below, reaches } from "../fixtures/counter.ts";

/** What another thread that searched tells of it. */
const elsewhere: Explore = async (problem, bounds, pulse) => {
  const told = toldSearch(problem, await exploreFast(problem, bounds, pulse));
  return searchTold(structuredClone({ ...told, seconds: 0 }));
};
const asked = { depth: null, switches: null, states: null, memoryBytes: null, seconds: null };
const summary = { cases: 0, models: 0, scenarios: 0, looked: 0, shard: null, stop: null, left: 0 };

const judged = async (
  scenarios: readonly AnyScenario[],
  explore: Explore,
): Promise<readonly CaseResult[]> => {
  const results: CaseResult[] = [];
  for (const group of groupsOf(scenarios))
    for (const result of await checkGroup(group, { explore, asked, pulse: () => undefined }))
      results.push(result);
  return results;
};

test("a search that another thread tells of is judged as one that was made here", async () => {
  const scenarios = [counter({ last: 40, properties: [below(30), below(50), reaches(7)] })];
  const here = await judged(scenarios, exploreFast);
  const told = await judged(scenarios, elsewhere);
  expect(gateJson(told, summary)).toEqual(gateJson(here, summary));
  expect(here.flatMap(({ properties }) => properties.map(({ verdict }) => verdict))).toEqual(
    expect.arrayContaining(["violated", "holds", "witnessed"]),
  );
});

test("threads that stand still where a search was made are known where it is told of", async () => {
  const [group, further] = groupsOf([
    counter({ last: 3 }),
    { ...counter({ last: 9 }), name: "oracle/further" },
  ]);
  const more = { ...further.problem.model.actions[0], name: "more" };
  const leftOut = { actions: [more], threads: [{ leaf: "n", rest: [] }] };
  const problem = { ...group.problem, model: { ...group.problem.model, leftOut } };
  for (const explore of [exploreFast, elsewhere]) {
    const [{ stop }] = await checkGroup({ ...group, problem }, { explore, asked, pulse: () => undefined });
    expect(stop).toBe("left-out");
  }
});
