import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { exploreFast, type Problem } from "#check";
import { oracles } from "../../models/textbook/index.ts";
import { posed } from "../../src/catalogue/answer.ts";
import { choiceOf as choose } from "../../src/catalogue/choice.ts";
import { choiceOf } from "../../src/export/choice.ts";
import { Decisions } from "../../src/export/decision.ts";
import { arbitraryProblem } from "../laws/arbitrary-model.ts";
import { enoughOf, runs } from "../fixtures/runs.ts";
import { agreeByRules, given } from "./by-rules.ts";

/** Takes the rules of a world and compares what they come to with what the search found. */
const agree = async (problem: Problem<unknown>): Promise<boolean> => {
  const found = await exploreFast(problem, { states: 2_000 });
  if (found.stop !== "exhausted") return false;
  agreeByRules(problem, found);
  return true;
};

describe("the rules of a world alone come to what its search found: states, steps, antecedents, violations", () => {
  test("on generated models", async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(arbitraryProblem, async (problem) => {
        if (await agree(problem)) compared++;
      }),
      { numRuns: runs(200) },
    );
    expect(compared).toBeGreaterThan(enoughOf(60));
  });

  /** Those of the textbook that have no constraint, and few states. */
  const small = oracles.filter(({ name }) => !/inner-fifo|philosophers-(naive|ordered)/.test(name));
  test.each(small.map((scenario) => [scenario.name, scenario] as const))("%s", async (_, scenario) => {
    const choice = choose(scenario, {});
    const whole = await agree(posed({ scenario, choice, properties: scenario.properties }));
    expect(whole).toBe(true);
  });
});

test("a choice gives one of the answers that are right, wherever the decision is known", () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 4 });
  const asked = sizes.chain((sizes) =>
    fc.record({
      sizes: fc.constant(sizes),
      /** Which leaf is read next, and what the end is, follow from what was read: a hash of it. */
      seed: fc.nat(),
      rows: fc.array(fc.tuple(...sizes.map((size) => fc.nat({ max: size - 1 }))), {
        minLength: 1,
        maxLength: 20,
      }),
      rights: fc.array(fc.option(fc.uniqueArray(fc.nat({ max: 3 }), { minLength: 1 }), { nil: undefined }), {
        minLength: 5,
        maxLength: 5,
      }),
    }),
  );
  fc.assert(
    fc.property(asked, ({ sizes, seed, rows, rights }) => {
      const ask = (code: (leaf: number) => number) => {
        const reads: number[] = [];
        let hash = seed;
        for (let i = 0; i < 3; i++) {
          const leaf = (hash >>> 3) % sizes.length;
          if (!reads.includes(leaf)) reads.push(leaf);
          hash = Math.imul(hash ^ (code(leaf) + 1), 0x9e3779b1) >>> 0;
        }
        return { reads, end: (hash >>> 5) % rights.length };
      };
      const decisions = new Decisions(ask);
      for (const row of rows) decisions.answer(row);
      const values = sizes.map((size) => [...Array(size).keys()]);
      const choice = choiceOf(decisions.root, values, (end) => rights[end]);
      for (const row of rows) {
        const chosen = given(choice, (leaf) => row[leaf]);
        const right = rights[ask((leaf) => row[leaf]).end] ?? [chosen];
        expect(right).toContain(chosen);
      }
      decisions.exhaust(values, 1_000);
      const whole = choiceOf(decisions.root, values, (end) => [end]);
      const all = fc.sample(fc.tuple(...sizes.map((size) => fc.nat({ max: size - 1 }))), {
        seed,
        numRuns: 20,
      });
      for (const row of all) expect(given(whole, (leaf) => row[leaf])).toBe(ask((leaf) => row[leaf]).end);
    }),
    { numRuns: runs(500) },
  );
});
