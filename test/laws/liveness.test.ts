import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { confirm } from "../../src/check/confirm.ts";
import { agree } from "../agree.ts";
import { arbitraryTiny } from "../liveness/arbitrary-tiny.ts";
import { isBroken } from "../liveness/naive.ts";

describe("liveness on generated models", { timeout: 240_000 }, () => {
  test("is violated exactly where trying every set of states finds a fair behaviour that breaks it", async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryTiny, async ({ problem, graphs, questions }) => {
        const answer = await agree(problem);
        if (!("found" in answer)) throw new Error(answer.error);
        const { findings } = answer.found;
        expect(findings.map(({ path }) => path !== undefined)).toEqual(
          questions.map((question, i) => isBroken(graphs[i], question)),
        );
        findings.forEach(({ path }, place) => {
          if (path !== undefined) confirm(problem, problem.properties[place], path);
        });
      }),
      { numRuns: 1500 },
    );
  });

  test("has both verdicts often enough, and lassos of both kinds", async () => {
    const sample = fc.sample(arbitraryTiny, { numRuns: 300, seed: 1 });
    const answers = await Promise.all(sample.map(({ problem }) => agree(problem)));
    const paths = answers
      .flatMap((answer) => ("found" in answer ? answer.found.findings : []))
      .map(({ path }) => path);
    const count = (kind: (path: NonNullable<(typeof paths)[number]>) => boolean): number =>
      paths.filter((path) => path !== undefined && kind(path)).length;
    expect(paths.filter((path) => path === undefined).length).toBeGreaterThan(100);
    expect(count(({ steps, loopAt }) => loopAt === steps.length)).toBeGreaterThan(50);
    expect(count(({ steps, loopAt }) => loopAt! < steps.length)).toBeGreaterThan(50);
  });
});
