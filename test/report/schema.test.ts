import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { propertyOf, type AnyScenario, type Property } from "#check";
import { oracles } from "../../models/textbook/index.ts";
import { below, counter, reaches, rises, type Counter } from "../fixtures/counter.ts";
import { catalogue, run } from "../fixtures/io.ts";

const ajv = new Ajv2020({ allErrors: true, strictTypes: false });
const schema = JSON.parse(
  readFileSync(new URL("../../docs/explore.schema.json", import.meta.url), "utf8"),
) as object;
const validate = ajv.compile(schema);
const wrongWith = (report: unknown): readonly string[] => {
  validate(report);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath}: ${message ?? ""}`);
};

interface Report {
  readonly stop: string;
  readonly complete: boolean;
  readonly properties: readonly { readonly verdict: string; readonly trace: object | null }[];
}
const reportOf = async (
  line: string,
  scenarios: readonly AnyScenario[],
  changes: Parameters<typeof run>[1] = {},
): Promise<Report> =>
  JSON.parse((await run(`explore --json ${line}`, changes, { ...catalogue, scenarios })).stdout) as Report;

const { leadsTo, eventually, weak } = propertyOf<Counter>();
const said = { statement: "-" };
const live: readonly Property<Counter>[] = [
  eventually({ ...said, id: "ends", fairness: [weak()], holds: ({ n }) => n === 5 }),
  leadsTo({ ...said, id: "may-stop", from: ({ n }) => n === 1, to: ({ n }) => n === 2 }),
];
const late = { ...below(9), id: "late", antecedent: ({ n }: Counter) => n > 7 };
const mixed = [below(3), below(9), reaches(3), reaches(9), rises, late];
const world = counter({
  properties: mixed,
  expected: [
    { property: "below-3", verdict: "violated", because: "it counts to 5" },
    { property: "rises", verdict: "not-applicable" },
  ],
});
const alive = counter({ properties: [...live, below(9)] });
/** An interrupt at the n-th look. */
const interruptedAt = (n: number): Parameters<typeof run>[1] => {
  let [clock, looks] = [0, 0];
  let stop = (): void => undefined;
  return {
    now: () => (clock += 100),
    onInterrupt: (then) => {
      stop = then;
      return () => undefined;
    },
    memory: () => {
      if (++looks === n) stop();
      return { resident: 1, peak: 1, residentLimit: 1e9, heap: 1, heapLimit: 1e9 };
    },
  };
};

describe("V10: the report fits its published schema, however a search ends", () => {
  test.each<readonly [string, string, readonly AnyScenario[], readonly string[]]>([
    ["exhausted", "", [world], ["violated", "holds", "witnessed", "violated", "not-applicable", "vacuous"]],
    [
      "exhausted",
      "--reference",
      [world],
      ["violated", "holds", "witnessed", "violated", "not-applicable", "vacuous"],
    ],
    [
      "exhausted",
      "--paranoid",
      [world],
      ["violated", "holds", "witnessed", "violated", "not-applicable", "vacuous"],
    ],
    [
      "exhausted",
      "--depth 90",
      [world],
      ["violated", "holds", "witnessed", "violated", "not-applicable", "vacuous"],
    ],
    [
      "depth",
      "--depth 3",
      [world],
      ["violated", "holds-to-bound", "witnessed", "unknown", "not-applicable", "vacuous"],
    ],
    [
      "states",
      "--max-states 2",
      [world],
      ["unknown", "unknown", "unknown", "unknown", "not-applicable", "unknown"],
    ],
    [
      "violation",
      "--fail-fast",
      [world],
      ["violated", "unknown", "witnessed", "unknown", "not-applicable", "unknown"],
    ],
    ["exhausted", "", [counter()], []],
    ["exhausted", "", [alive], ["holds", "violated", "holds"]],
    ["depth", "--depth 3", [alive], ["holds-to-bound", "violated", "holds-to-bound"]],
    ["states", "--max-states 3", [alive], ["unknown", "unknown", "unknown"]],
  ])("%s %s", async (stop, flags, scenarios, verdicts) => {
    const report = await reportOf(`--scenario oracle/counter ${flags}`, scenarios);
    expect(report).toMatchObject({ stop, complete: stop === "exhausted" });
    expect(report.properties.map(({ verdict }) => verdict)).toEqual(verdicts);
    expect(wrongWith(report)).toEqual([]);
  });

  test.each([
    ["exhausted", "--scenario oracle/two-phase-commit-hasty"],
    ["exhausted", "--scenario oracle/two-phase-commit-hasty --symmetry"],
    ["exhausted", "--scenario oracle/two-phase-commit-hasty --por"],
    ["exhausted", "--scenario oracle/peterson --workers 1 --paranoid"],
    ["constraint", "--scenario oracle/inner-fifo"],
    ["constraint", "--scenario oracle/inner-fifo --paranoid"],
    ["constraint", "--scenario oracle/inner-fifo --reference"],
    ["depth", "--scenario oracle/inner-fifo --depth 9"],
    ["switches", "--scenario oracle/inner-fifo --switches 3"],
    ["switches", "--scenario oracle/peterson --switches 1"],
    ["exhausted", "--scenario oracle/peterson --switches 0..40"],
  ])("%s %s", async (stop, line) => {
    const report = await reportOf(line, oracles);
    expect(report.stop).toBe(stop);
    expect(wrongWith(report)).toEqual([]);
  });

  test("interrupted among the states, and in the look at liveness, when all states were seen", async () => {
    const verdicts = new Set<string>();
    for (let n = 1; n < 12; n++) {
      const report = await reportOf("--scenario oracle/counter", [alive], interruptedAt(n));
      expect(wrongWith(report)).toEqual([]);
      verdicts.add(`${report.stop} ${report.properties.map(({ verdict }) => verdict).join()}`);
    }
    expect(verdicts).toContain("interrupted unknown,unknown,unknown");
    expect([...verdicts].some((each) => /^interrupted .*unknown.*,holds$/.test(each))).toBe(true);
  });
});

describe("what is not honest does not fit", () => {
  const lies: readonly (readonly [string, string, object])[] = [
    ["a cut search that is complete", "--max-states 2", { complete: true }],
    ["a complete search that is not", "", { complete: false }],
    ["workers that are none", "", { workers: 0 }],
    [
      "a second look at a cut search",
      "--max-states 2",
      { paranoid: { states: 2, transitions: 1, pairs: 0 } },
    ],
    [
      "a second look at reduced states",
      "",
      { paranoid: { states: 6, transitions: 5, pairs: 0 }, reductions: { symmetry: false, por: true } },
    ],
    ["an engine that there is not", "", { engine: "quick" }],
    ["no model version", "", { modelVersion: "?" }],
  ];
  test.each(lies)("%s", async (_, flags, lie) => {
    const report = await reportOf(`--scenario oracle/counter ${flags}`, [world]);
    expect(wrongWith({ ...report, ...lie })).not.toEqual([]);
  });

  const claims: readonly (readonly [string, string, object])[] = [
    ["holds of a cut search", "--max-states 2", { verdict: "holds", antecedentStates: 2 }],
    ["holds of a bounded search", "--depth 2", { verdict: "holds", antecedentStates: 2, trace: null }],
    ["holds-to-bound without a bound", "", { verdict: "holds-to-bound", antecedentStates: 6, trace: null }],
    ["holds though nothing was asked", "", { verdict: "holds", antecedentStates: 0, trace: null }],
    ["holds with a counterexample", "", { verdict: "holds" }],
    ["violated without a run", "", { trace: null }],
    [
      "violated by a run that goes on for ever",
      "",
      { trace: { length: 0, start: {}, steps: [], loopAt: 0, replay: "" } },
    ],
    ["a word that is no verdict", "", { verdict: "ok" }],
  ];
  test.each(claims)("%s", async (_, flags, claim) => {
    const report = await reportOf(`--scenario oracle/counter ${flags}`, [world]);
    const properties = report.properties.map((property, i) =>
      i === 0 ? { ...property, ...claim } : property,
    );
    expect(wrongWith({ ...report, properties })).not.toEqual([]);
  });

  test("each key that the contract fixes is asked for", async () => {
    const report = await reportOf("--scenario oracle/counter", [world]);
    for (const key of Object.keys(report)) {
      const { [key as keyof Report]: _, ...rest } = report;
      expect([key, wrongWith(rest).length > 0]).toEqual([key, true]);
    }
  });
});
