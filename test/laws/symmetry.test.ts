import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { exploreReference, replay, type Exploration, type Problem } from "#check";
import { codecOf } from "../../src/derive/codec.ts";
import { compareRows, renamedRow } from "../../src/derive/renaming.ts";
import { symmetryOf } from "../../src/methods/symmetry/symmetry-of.ts";
import type { Symmetry } from "../../src/problem/symmetry.ts";
import { agree } from "../fixtures/agree.ts";
import { arbitraryProblem } from "./arbitrary-model.ts";
import { arbitraryReferring } from "./arbitrary-referring.ts";
import { arbitrarySymmetric, arbitraryTabular, interchangeable } from "./arbitrary-symmetric.ts";
import { enoughOf, runs } from "../fixtures/runs.ts";

/** Larger models are not compared: they are explored without symmetry too, and slowly. */
const enough = 250;

/** The states of an exploration, one of each class that differs in names only. */
const classesOf = (problem: Problem<unknown>, symmetry: Symmetry, found: Exploration<unknown>) => {
  const { encode } = codecOf(problem.model.state, problem.scope);
  const least = (state: unknown): Int32Array =>
    [encode(state), ...symmetry.renamings.map((renaming) => renamedRow(renaming, encode(state)))].reduce(
      (a, b) => (compareRows(b, a) < 0 ? b : a),
    );
  return new Map(
    Array.from({ length: found.states }, (_, id) => found.state(id)).map((state) => [
      least(state).join(),
      state,
    ]),
  );
};

const lengths = ({ findings }: Exploration<unknown>) => findings.map(({ path }) => path?.steps.length);

/** Explores with and without symmetry; what was found up to symmetry, or the error. */
const compare = async (problem: Problem<unknown>) => {
  const full = await exploreReference(problem, { states: enough });
  fc.pre(full.stop === "exhausted");
  const symmetry = symmetryOf(problem, interchangeable(problem.model.state, problem.scope));
  const answer = await agree({ ...problem, symmetry });
  if ("error" in answer) return answer;
  const { found } = answer;
  const classes = classesOf(problem, symmetry, full);
  const { encode } = codecOf(problem.model.state, problem.scope);
  const stored = Array.from({ length: found.states }, (_, id) => encode(found.state(id)).join());
  expect(stored.toSorted()).toEqual([...classes.keys()].toSorted());
  expect(lengths(found)).toEqual(lengths(full));
  expect(found.findings.map(({ antecedent }) => antecedent > 0)).toEqual(
    full.findings.map(({ antecedent }) => antecedent > 0),
  );
  for (let id = 0; id < found.states; id += 7) {
    const { start, steps } = replay(problem, found.path(id));
    const last = steps.at(-1)?.after ?? start;
    expect(
      classesOf(problem, symmetry, { ...full, states: 1, state: () => last })
        .keys()
        .next().value,
    ).toBe(stored[id]);
  }
  return { full, found };
};

describe("up to symmetry the engines find one state of each class, and say the same", () => {
  test.for([
    ["symmetric models", arbitrarySymmetric],
    ["symmetric models with several vectors over a family", arbitraryTabular],
    [
      "symmetric models with several components that refer to members",
      arbitraryReferring as typeof arbitrarySymmetric,
    ],
  ] as const)("of %s, as deep as all states", async ([, models]) => {
    let smaller = 0;
    await fc.assert(
      fc.asyncProperty(models, async (problem) => {
        const answer = await compare(problem);
        if ("error" in answer) throw new Error(answer.error);
        const { states, transitions, levels } = answer.full;
        expect(answer.found).toMatchObject({ full: { states, transitions } });
        expect(answer.found.levels.length).toBe(levels.length);
        if (answer.found.states < answer.full.states) smaller++;
      }),
      { numRuns: runs(100) },
    );
    expect(smaller).toBeGreaterThan(enoughOf(25));
  });

  test("of any model, or they refuse it with the same words", async () => {
    const answers: boolean[] = [];
    await fc.assert(
      fc.asyncProperty(
        arbitraryProblem.filter(({ model, scope }) => interchangeable(model.state, scope).length > 0),
        async (problem) => {
          const answer = await compare(problem);
          answers.push("error" in answer);
          expect("error" in answer ? answer.error : "").toMatch(
            /^$|not interchangeable|is outside|more than/,
          );
        },
      ),
      { numRuns: runs(400) },
    );
    expect(answers.filter((refused) => refused).length).toBeGreaterThan(enoughOf(40));
    expect(answers.filter((refused) => !refused).length).toBeGreaterThan(enoughOf(40));
  });
});
