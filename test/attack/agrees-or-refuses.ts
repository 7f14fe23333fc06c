import { expect } from "vitest";
import {
  CheckError,
  exploreFast,
  exploreReference,
  reduced,
  withSymmetry,
  type Exploration,
  type Problem,
} from "#check";
import { confirm } from "../../src/check/confirm.ts";
import { paranoid } from "../../src/doubt/paranoid.ts";
import { withinSwitches } from "../../src/methods/switches/switches.ts";
import { simulate } from "../../src/simulate/simulate.ts";
import { agreesNaively } from "../trust/agrees-naively.ts";
import { exploreNaively, type Naive } from "../trust/naive.ts";
import type { PropertyLike } from "../trust/rerun.ts";
import { isAllowed, posed, type Plan } from "./hostile-models.ts";

/** Larger models are left out. */
const MOST = 150;

/** What somebody said to a model: what was counted, or the words of a refusal, which is none of an engine that went wrong. */
const answer = async <T>(ask: () => Promise<T> | T): Promise<T | string> => {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof CheckError)) throw error;
    expect([error.code, error.message]).not.toEqual(["internal", error.message]);
    return `${error.code}: ${error.message}`;
  }
};

const told = (found: Exploration<unknown> | string): unknown =>
  typeof found === "string"
    ? found
    : [
        found.stop,
        found.states,
        found.transitions,
        found.levels,
        found.deadlocks,
        found.findings,
        found.endless,
      ];

/** How a hostile model ended: searched and the same everywhere, refused everywhere, or too large to be asked. */
export type Ended = "agreed" | "refused" | "large";

/** What plain assignment finds, undefined where that is much; what goes wrong there is told as that. */
const naively = (plan: Plan): Naive | "wrong" | undefined => {
  const { model, scope, start, constraints, properties } = posed(plan);
  try {
    const asked = properties as readonly PropertyLike[];
    return exploreNaively({ actions: model.actions, scope, start, constraints }, asked, MOST);
  } catch {
    return "wrong";
  }
};
const counted = (found: Naive): unknown => [
  found.states,
  found.transitions,
  found.levels,
  found.dead,
  found.findings.map(({ antecedent, decidedAfter }) => [antecedent, decidedAfter]),
];
const countedBy = ({ states, transitions, levels, deadlocks, findings }: Exploration<unknown>): unknown => [
  states,
  transitions,
  levels,
  deadlocks,
  findings.map(({ antecedent, path }) => [antecedent, path?.steps.length]),
];

/** Walks at random: what is found that way is confirmed, or refused. */
const walk = async (problem: Problem<unknown>): Promise<void> => {
  const walked = await answer(() =>
    simulate(problem, { runs: 3, depth: 6, seed: 1, schedule: { kind: "uniform" } }, async () => undefined),
  );
  if (typeof walked !== "string")
    for (const [place, { path }] of walked.sightings.entries())
      if (path !== undefined) await answer(() => confirm(problem, problem.properties[place], path));
};

/**
 * The law that a hostile model is either answered as plain assignment answers it, in every engine and mode, or refused
 * with a CheckError, by both engines in the same words; and that one which does nothing forbidden is not refused. To look
 * for symmetries takes longer than all the rest, and is done where it is asked for.
 */
export const agreesOrRefuses = async (plan: Plan, symmetry: boolean): Promise<Ended> => {
  const naive = naively(plan);
  if (naive === undefined) return "large";
  const bounds = { states: 4 * MOST };
  const slow = await answer(() => exploreReference(posed(plan), bounds));
  const fast = await answer(() => exploreFast(posed(plan), bounds));
  expect(told(fast)).toEqual(told(slow));
  if (isAllowed(plan)) expect(fast).not.toBeTypeOf("string");
  if (typeof fast !== "string") {
    const judged = fast.endless === undefined ? countedBy(fast) : "wrong";
    expect(naive === "wrong" ? naive : counted(naive)).toEqual(judged);
    if (symmetry && fast.endless === undefined) expect(await agreesNaively(posed(plan), MOST)).toBeDefined();
  }
  // What is refused somewhere is answered nowhere with an error of the engine, also where a mode does not come there.
  const refused = typeof fast === "string";
  const inDoubt = await answer(() => paranoid(exploreFast)(posed(plan), bounds));
  expect(typeof inDoubt === "string").toBe(refused);
  const switched = await answer(() => withinSwitches(exploreFast, 3)(posed(plan), bounds));
  const part = await answer(() => exploreFast(reduced(posed(plan)), { states: bounds.states }));
  if (!refused) {
    expect(switched).not.toBeTypeOf("string");
    if (typeof part === "string") expect(part).toMatch(/^usage: --por is not proven/);
    else expect(part.deadlocks).toBe(fast.deadlocks);
  }
  if (symmetry) await answer(() => exploreFast(withSymmetry(posed(plan)), bounds));
  await walk(posed(plan));
  return refused ? "refused" : "agreed";
};
