import { codecOf } from "../derive/codec.ts";
import { during } from "../errors.ts";
import { runText, stepText, type Step } from "../model/model.ts";
import { satisfies } from "../problem/constrained.ts";
import type { Engine, Searchable, Searched } from "../problem/engine.ts";
import type { Bounds, Pulse, Stop, Told } from "../problem/exploration.ts";
import { lookAt, lookBetween, startOf, takerOf } from "../problem/plain-step.ts";
import { FoundStates } from "./found-states.ts";
import { Judgements } from "./judgements.ts";
import { plainGraph } from "./plain-graph.ts";

/** For this many states, those nearest to the start, it is kept what they were taken to say and to lead to. */
const KEPT = 256;

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
  const found = new FoundStates(problem);
  const { states } = found;
  const judgements = new Judgements(problem, ({ kind }) => {
    if (bounds.failFast === true && kind !== "sometimes") stop ??= "violation";
  });
  const fired = steps.map(() => 0);
  const newStates = steps.map(() => 0);
  const levels: number[] = [];
  const told: { said: readonly number[]; moves: Told<S>["moves"][number][] }[] = [];
  let transitions = 0;
  let deadlocks = 0;
  let stop: Stop | undefined;

  /** Adds a state unless it is known or one too many; says whether it is new. */
  const add = (reached: S, from: number, step: number): boolean => {
    const state = canonical(reached);
    if (found.idOf(state) !== undefined) return false;
    if (states.length === bounds.states) {
      stop ??= "states";
      return false;
    }
    const id = found.add(state, from, step);
    const said = judgements.judge(
      (instance) => lookAt(instance, state),
      () => found.path(id),
    );
    if (id < KEPT) told.push({ said, moves: [] });
    observer?.onState(state);
    return true;
  };
  /** Does something with a step from a state; says of an error where that was. */
  const at = <T>(id: number, step: Step<S>, work: (before: S) => T): T => {
    try {
      return work(states[id]);
    } catch (error) {
      throw during(`${stepText(step)}, reached by ${runText(steps, found.path(id))}`, error);
    }
  };
  const isEnabled = (id: number, step: Step<S>): boolean =>
    at(id, step, (before) => {
      const taken = take(step, before);
      if (taken !== undefined) encode(taken.after);
      return taken !== undefined;
    });
  /** Takes a step from a state; says whether it is enabled there. */
  const move = (id: number, step: Step<S>): boolean =>
    at(id, step, (before) => {
      const after = take(step, before)?.after;
      observer?.onStep(step, before, after);
      if (after === undefined) return false;
      const fresh = add(after, id, step.id);
      transitions++;
      fired[step.id]++;
      if (fresh) newStates[step.id]++;
      const bits = judgements.judge(
        (instance) => lookBetween(instance, before, after, step),
        () => found.path(id, step.id),
      );
      told[id]?.moves.push({ step: step.id, after: canonical(after), bits });
      observer?.onTransition(step, before, after);
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

  start.forEach((_, place) => add(startOf(problem, place), place, -1));
  let next = 0;
  while (stop === undefined && next < states.length) {
    levels.push(states.length - next);
    if (levels.length - 1 === bounds.depth) {
      stop = "depth";
      break;
    }
    for (const end = states.length; stop === undefined && next < end; next++) {
      expand(next);
      const progress = { depth: levels.length - 1, states: states.length, transitions };
      if (next % 256 === 0)
        stop ??= await pulse({ ...progress, frontier: states.length - next, wantsBytes: 0 });
    }
  }
  const frontier = states.length - next;
  const counted = levels.reduce((sum, level) => sum + level, 0);
  if (states.length > counted) levels.push(states.length - counted);
  return {
    stop,
    found: {
      states: states.length,
      transitions,
      levels,
      frontier,
      deadlocks,
      findings: judgements.findings,
      fired,
      newStates,
      state: (id) => states[id],
      row: (id) => encode(states[id]),
      codes: (id) => encode(states[id]),
      path: (id) => found.path(id),
      told: (id) => (id < states.length - frontier ? told[id] : undefined),
    },
    graph: (expanded) =>
      plainGraph(problem, {
        states,
        idOf: (state) => found.idOf(state),
        levels: expanded,
        path: (id) => found.path(id),
      }),
    graphBytes: () => 0,
    tableBytes: () => 0,
  };
};
