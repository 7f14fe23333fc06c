import { expect } from "vitest";
import { CheckError, exploreFast, reduced, withSymmetry, type Exploration, type Problem } from "#check";
import { confirm } from "../../src/check/confirm.ts";
import { paranoid } from "../../src/doubt/paranoid.ts";
import { withinSwitches } from "../../src/methods/switches/switches.ts";
import { exploreNaively, type Naive } from "./naive.ts";
import { orbitsOf } from "./orbits.ts";
import { resumed } from "./resumed.ts";
import type { PropertyLike } from "./rerun.ts";

const decided = ({ findings }: Exploration<unknown>): readonly (number | undefined)[] =>
  findings.map(({ path }) => path?.steps.length);
const occurs = (findings: readonly { readonly antecedent: number }[]): readonly boolean[] =>
  findings.map(({ antecedent }) => antecedent > 0);

const countsOf = (found: Exploration<unknown>): Omit<Naive, "all"> => ({
  states: found.states,
  beyond: found.constrained ?? 0,
  transitions: found.transitions,
  dead: found.deadlocks!,
  levels: found.levels,
  findings: found.findings.map(({ antecedent, path }) => ({ antecedent, decidedAfter: path?.steps.length })),
});

const confirmAll = (problem: Problem<unknown>, { findings }: Exploration<unknown>): void =>
  findings.forEach(({ path }, place) => {
    if (path !== undefined) confirm(problem, problem.properties[place], path);
  });

/** Which modes accepted a problem. */
export interface Modes {
  readonly symmetry: boolean;
  readonly por: boolean;
}

/**
 * Holds every mode of the fast engine to the naive explorer: it counts the same, and each reduction keeps what it is said to
 * keep. Nothing where the model is too large, or goes wrong by itself.
 */
export const agreesNaively = async (problem: Problem<unknown>, most: number): Promise<Modes | undefined> => {
  const { model, scope, start, constraints } = problem;
  const properties = problem.properties as readonly PropertyLike[];
  const known = exploreNaively({ actions: model.actions, scope, start, constraints }, properties, most);
  const whole = known !== undefined && known.beyond > 0 ? "constraint" : "exhausted";
  if (known === undefined) return undefined;
  const { all, ...naive } = known;
  const lengths = naive.findings.map(({ decidedAfter }) => decidedAfter);

  const fast = await paranoid(exploreFast)(problem);
  expect(countsOf(fast)).toEqual(naive);
  confirmAll(problem, fast);

  // Which look it is stopped at differs from model to model.
  const on = await resumed(problem, naive.transitions % (naive.levels.length + 1));
  expect(on.stop).toBe(whole);
  expect(countsOf(on)).toEqual(naive);

  const switches = await withinSwitches(exploreFast, naive.levels.length + 1)(problem);
  expect([switches.stop, switches.states, switches.levels, switches.constrained ?? 0]).toEqual([
    whole,
    naive.states,
    naive.levels,
    naive.beyond,
  ]);
  expect(decided(switches)).toEqual(lengths);
  expect(occurs(switches.findings)).toEqual(occurs(naive.findings));

  const guarded = model.actions.some(({ guardAfter }) => guardAfter !== undefined);
  let por = false;
  if (constraints !== undefined || guarded) expect(() => reduced(problem)).toThrow("--por is not proven");
  else {
    const part = await exploreFast(reduced(problem));
    expect(part.deadlocks).toBe(naive.dead);
    expect(decided(part).map((length) => length !== undefined)).toEqual(
      lengths.map((length) => length !== undefined),
    );
    expect(occurs(part.findings)).toEqual(occurs(naive.findings));
    confirmAll(problem, part);
    por = part.states < naive.states;
  }

  let symmetry = true;
  try {
    const symmetric = withSymmetry(problem);
    const classes = await exploreFast(symmetric);
    const { families = [] } = symmetric.symmetry ?? {};
    expect(classes.states).toBe(orbitsOf(model.state.node, scope, families, all));
    expect(decided(classes)).toEqual(lengths);
    expect(occurs(classes.findings)).toEqual(occurs(naive.findings));
    confirmAll(problem, classes);
  } catch (error) {
    if (!(error instanceof CheckError)) throw error;
    expect(error.code).not.toBe("internal");
    symmetry = false;
  }
  return { symmetry, por };
};
