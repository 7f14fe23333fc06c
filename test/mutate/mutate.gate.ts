import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { exploreFast, exploreReference, problemOf } from "#check";
import { oracles } from "../../models/textbook/index.ts";
import { answer } from "../../src/catalogue/answer.ts";
import type { MutantResult } from "../../src/mutate/mutate-worlds.ts";
import { mutantsOf } from "../../src/mutate/mutants.ts";
import { catalogue, run } from "../fixtures/io.ts";

const folder = mkdtempSync(join(tmpdir(), "apicv-check-mutate-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const mutate = (line: string) => run(`mutate ${line} --quiet`, {}, { ...catalogue, scenarios: oracles });
const resultsOf = async (line: string): Promise<readonly MutantResult[]> => {
  const { code, stdout, stderr } = await mutate(`${line} --json`);
  expect(stderr).toBe("");
  expect(code).toBe(0);
  return (JSON.parse(stdout) as { readonly results: readonly MutantResult[] }).results;
};
const verdictsOf = async (line: string) =>
  Object.fromEntries((await resultsOf(line)).map(({ mutant, verdict }) => [mutant, verdict]));

describe("mutate", () => {
  test("says of a mutant that leads elsewhere to the same states that nothing tells it", async () => {
    const verdicts = await verdictsOf("readers-writers");
    expect(verdicts).toMatchObject({
      "Stop: does not write writers": { kind: "survived" },
      "Stop: is never taken": { kind: "survived" },
    });
  });

  test("takes a sample, the same for the same seed", async () => {
    const names = async (line: string) => (await resultsOf(line)).map(({ mutant }) => mutant);
    const first = await names("peterson --sample 5 --seed 1");
    expect(first).toHaveLength(5);
    expect(await names("peterson --sample 5 --seed 1")).toEqual(first);
    expect(await names("peterson --sample 5 --seed 2")).not.toEqual(first);
    expect(await names("peterson")).toEqual(expect.arrayContaining(first));
  });

  test("goes on from the answers that are kept, and believes no half line", async () => {
    const all = await resultsOf("peterson");
    await resultsOf(`peterson --sample 5 --checkpoint ${folder}`);
    const file = join(folder, "mutants.jsonl");
    const kept = readFileSync(file, "utf8");
    expect(kept.trim().split("\n")).toHaveLength(5);
    // What is no answer, or one that says otherwise what it says, is as none.
    const [line] = kept.split("\n");
    for (const foreign of [
      "null",
      "5",
      "{}",
      '{"verdict":{}}',
      line.replace(/"kind":"\w+"/, '"kind":"dead"'),
    ])
      appendFileSync(file, `${foreign}\n`);
    appendFileSync(file, kept.slice(0, 40));
    expect(await resultsOf(`peterson --checkpoint ${folder}`)).toEqual(all);
    // Each was asked once, and the lines that are no answers are there still.
    expect(readFileSync(file, "utf8").trim().split("\n")).toHaveLength(all.length + 6);
    // What is kept is what is answered.
    const [one] = all;
    appendFileSync(file, `${JSON.stringify({ ...one, verdict: { kind: "equivalent" } })}\n`);
    const [again] = await resultsOf(`peterson --checkpoint ${folder}`);
    expect(again.verdict).toEqual({ kind: "equivalent" });
  });
});

test("both engines find the same of every mutant", async () => {
  const peterson = oracles.find(({ name }) => name === "oracle/peterson")!;
  const { problem, exploration } = await answer(peterson);
  for (const { mutated } of mutantsOf(problem, exploration)) {
    const { model, scope, properties, start } = problem;
    const actions = model.actions.map((action) => mutated(action));
    const posed = problemOf({ ...model, actions }, scope, properties, start);
    const [fast, plain] = await Promise.all([exploreFast(posed), exploreReference(posed)]);
    expect([fast.states, fast.fired, fast.findings]).toEqual([plain.states, plain.fired, plain.findings]);
  }
});
