import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { exploreFast, propertyOf, type Fairness, type Liveness, type Model, type Problem } from "#check";
import { paranoid } from "../../src/doubt/paranoid.ts";
import { problemOf, type Explore } from "../../src/problem/exploration.ts";
import { engines } from "../fixtures/engines.ts";
import { counter, type Counter } from "../fixtures/counter.ts";
import { catalogue, run } from "../fixtures/io.ts";

const { eventually, eventuallyAlways, infinitelyOften, leadsTo, recurrent, strong, weak } =
  propertyOf<Counter>();
const said = { statement: "-" };
const never = recurrent("never", () => false);
const no = (): boolean => false;

/** Every kind of property, false of every behaviour there is, under some fairness. */
const absurd = (fairness: readonly Fairness<Counter>[]): readonly Liveness<Counter>[] => [
  eventually({ ...said, id: "eventually", fairness, holds: no }),
  eventuallyAlways({ ...said, id: "eventually-always", fairness, holds: no }),
  infinitelyOften({ ...said, id: "infinitely-often", fairness, holds: no }),
  infinitelyOften({ ...said, id: "steps-infinitely-often", fairness, step: no }),
  leadsTo({ ...said, id: "leads-to", fairness, from: ({ n }) => n === 1, to: no }),
];

const posed = (properties: readonly Liveness<Counter>[]): Problem<Counter> => {
  const scenario = counter({ properties });
  const { model, start } = scenario.build({ options: {} });
  return problemOf(model as Model<Counter>, scenario.scope, properties, start as readonly Counter[]);
};

describe.each([...engines, ["paranoid", paranoid(engines[1][1])] as const])("%s engine", (_, explore) => {
  const unmet = async (properties: readonly Liveness<Counter>[]): Promise<readonly unknown[]> => {
    const { findings } = await explore(posed(properties));
    return findings.map(({ unmet, path }) => unmet ?? (path === undefined ? "holds" : "violated"));
  };

  test("A8: what is assumed is met by no behaviour, and that is found for every kind of property", async () => {
    const properties = absurd([weak(), never]);
    expect(await unmet(properties)).toEqual(properties.map(() => ["[]<>(never)"]));
    const met = absurd([weak()]);
    expect(await unmet(met)).toEqual(met.map(() => "violated"));
  });

  test("A8: of conditions that can be met one by one, those that cannot be met together are named", async () => {
    const two = recurrent("n is 2", ({ n }) => n === 2);
    const fair = [
      recurrent("n is 5", ({ n }) => n === 5),
      weak(),
      two,
      recurrent("n is small", ({ n }) => n < 6),
    ];
    const [holds] = absurd(fair);
    expect(await unmet([holds])).toEqual([["[]<>(n is 5)", "[]<>(n is 2)"]]);
    expect(await unmet([{ ...holds, fairness: [strong(), two] }])).toEqual([
      ["SF(any step)", "[]<>(n is 2)"],
    ]);
    expect(await unmet([{ ...holds, fairness: [two] }])).toEqual(["violated"]);
  });

  test("A8: behaviours in which the antecedent occurs are what counts, of any choice of the arguments", async () => {
    const end = [weak(), recurrent("n is 1", ({ n }) => n === 1)];
    const late = leadsTo({
      ...said,
      id: "late",
      fairness: end.slice(1),
      from: ({ n }) => n === 4,
      to: ({ n }) => n === 0,
    });
    expect(await unmet([late])).toEqual([["[]<>(n is 1)"]]);
    const some = leadsTo({
      ...said,
      id: "some",
      args: { from: [9, 4, 0] },
      fairness: end.slice(1),
      from: ({ n }, { from }) => n === from,
      to: ({ n }) => n === 1,
    });
    expect(await unmet([some])).toEqual(["holds"]);
    expect(await unmet([{ ...some, args: { from: [9, 4] } }])).toEqual([["[]<>(n is 1)"]]);
  });

  test("A8: within a bound, a state that should recur and was not found is named, and nothing else is", async () => {
    const [holds] = absurd([weak(), never]);
    const passing = (id: string, n: number): Liveness<Counter> => ({
      ...holds,
      id,
      fairness: [weak(), recurrent(`n is ${n}`, (state) => state.n === n)],
    });
    const problem = posed([holds, passing("last", 5), passing("second", 2)]);
    const bounded = (await engines[1][1](problem, { depth: 3 })).findings;
    expect(bounded.map(({ unmet }) => unmet)).toEqual([["[]<>(never)"], ["[]<>(n is 5)"], undefined]);
    const deep = (await engines[0][1](problem, { depth: 6 })).findings;
    expect(deep.map(({ unmet }) => unmet)).toEqual([
      ["[]<>(never)"],
      undefined,
      ["WF(any step)", "[]<>(n is 2)"],
    ]);
  });
});

test("A8: an engine that does not say so is found out by a second look", async () => {
  const [holds] = absurd([weak(), never]);
  const silent: Explore = async (...asked) => {
    const found = await exploreFast(...asked);
    return { ...found, findings: found.findings.map(({ antecedent }) => ({ antecedent })) };
  };
  await expect(paranoid(silent)(posed([holds]))).rejects.toThrow("no behaviour meets []<>(never)");
});

describe("A8: a property of behaviours that there are none of is vacuous, with the condition named", () => {
  const [holds] = absurd([weak(), never]);
  const scenarios = [
    counter({ properties: [holds], expected: [{ property: "eventually", verdict: "holds" }] }),
  ];

  test.each(["", "--reference", "--paranoid"])("A8: in the text and the exit code %s", async (flags) => {
    const { stdout, code } = await run(`explore ${flags}`, {}, { ...catalogue, scenarios });
    expect(stdout.replaceAll(/\s+/g, " ")).toContain(
      "vacuous: no behaviour meets []<>(never) in the complete search",
    );
    expect(code).toBe(1);
  });

  test("A8: in JSON, as the schema has it", async () => {
    const { stdout } = await run("explore --json", {}, { ...catalogue, scenarios });
    const report = JSON.parse(stdout) as { properties: { verdict: string; unmetFairness: unknown }[] };
    expect(report.properties[0]).toMatchObject({ verdict: "vacuous", unmetFairness: ["[]<>(never)"] });
    const schema = readFileSync(new URL("../../docs/explore.schema.json", import.meta.url), "utf8");
    const validate = new Ajv2020({ strictTypes: false }).compile(JSON.parse(schema) as object);
    expect(validate(report)).toBe(true);
    report.properties[0].verdict = "holds";
    expect(validate(report)).toBe(false);
  });
});
