import { codecOf } from "../derive/codec.ts";
import type { Step } from "../model/model.ts";
import { satisfies } from "../problem/constrained.ts";
import type { Engine, Searchable, Searched } from "../problem/engine.ts";
import type { Bounds, Pulse } from "../problem/exploration.ts";
import { startOf, takerOf } from "../problem/plain-step.ts";
import { SearchRecord } from "./search-record.ts";

/**
 * The reference engine: immer on plain frozen objects and a `Map`, breadth first. It defines what a model means; every
 * faster engine is held equal to it.
 * @throws CheckError when a guard, recipe or property throws, writes outside the schema, or writes where it may not.
 */
export const referenceEngine: Engine = async <S>(
  problem: Searchable<S>,
  bounds: Bounds,
  pulse: Pulse,
): Promise<Searched<S>> => {
  const { steps, start, pick, observer, canonical = (state) => state } = problem;
  const { encode } = codecOf(problem.model.state, problem.scope);
  const take = takerOf(problem);
  const record = new SearchRecord(problem, bounds);
  const { states, levels } = record;
  let deadlocks = 0;

  const isEnabled = (id: number, step: Step<S>): boolean =>
    record.at(id, step, (before) => {
      const taken = take(step, before);
      if (taken !== undefined) encode(taken.after);
      return taken !== undefined;
    });
  /** Takes a step from a state; says whether it is enabled there. */
  const move = (id: number, step: Step<S>): boolean =>
    record.at(id, step, (before) => {
      const after = take(step, before)?.after;
      observer?.onStep(step, before, after);
      if (after === undefined) return false;
      const reached = canonical(after);
      record.took(id, step, after, reached, record.add(reached, id, step.id));
      return true;
    });
  const expand = (id: number): void => {
    if (!satisfies(problem, states[id])) return;
    const picked = pick?.(
      states[id],
      steps.filter((step) => isEnabled(id, step)).map((step) => step.id),
    );
    let enabled = 0;
    for (const step of steps) if (picked?.includes(step.id) !== false && move(id, step)) enabled++;
    if (enabled === 0) deadlocks++;
  };

  start.forEach((_, place) => record.add(canonical(startOf(problem, place)), place, -1));
  let next = 0;
  while (record.stop === undefined && next < states.length) {
    levels.push(states.length - next);
    if (levels.length - 1 === bounds.depth) {
      record.stop = "depth";
      break;
    }
    for (const end = states.length; record.stop === undefined && next < end; next++) {
      expand(next);
      if (next % 256 === 0) record.stop ??= await pulse(record.progress(next));
    }
  }
  return record.searched(next, deadlocks);
};
