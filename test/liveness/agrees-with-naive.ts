import { expect } from "vitest";
import { confirm } from "../../src/check/confirm.ts";
import { agree } from "../fixtures/agree.ts";
import type { TinyProblem } from "./arbitrary-tiny.ts";
import { isBroken, isFeasible } from "./naive.ts";

/**
 * The law that both engines find a property violated exactly where trying every set of states finds a fair behaviour
 * that breaks it, that every run which they give is one, and that they say that no behaviour is fair exactly where so it is; within a
 * constraint, only where so it is.
 */
export const agreesWithNaive = async ({ problem, graphs, questions }: TinyProblem): Promise<void> => {
  const answer = await agree(problem);
  if (!("found" in answer)) throw new Error(answer.error);
  const { findings } = answer.found;
  expect(findings.map(({ path }) => path !== undefined)).toEqual(
    questions.map((question, i) => isBroken(graphs[i], question)),
  );
  const vacuous = findings.map(
    ({ antecedent, unmet, path }) => path === undefined && (antecedent === 0 || unmet !== undefined),
  );
  questions.forEach((question, i) => {
    const infeasible = !isBroken(graphs[i], question) && !isFeasible(graphs[i], question);
    // Within a constraint not all behaviour is known, and of fairness only what nothing found can meet is said to be unmet.
    expect(vacuous[i]).toBe(graphs[i].within === undefined ? infeasible : infeasible && vacuous[i]);
  });
  findings.forEach(({ path }, place) => {
    if (path !== undefined) confirm(problem, problem.properties[place], path);
  });
};
