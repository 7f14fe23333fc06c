import { codecOf } from "../derive/codec.ts";
import { during } from "../errors.ts";
import { HIT, SEEN } from "../model/judge.ts";
import { runText, stepText } from "../model/model.ts";
import { checkBounds } from "../problem/check-bounds.ts";
import { beyondIn, endOf, satisfies, unwatched, watched } from "../problem/constrained.ts";
import {
  instancesOf,
  refuseLiveness,
  type Bounds,
  type Exploration,
  type Explore,
  type Instance,
  type Path,
  type Problem,
  type Pulse,
  type Stop,
  type Told,
} from "../problem/exploration.ts";
import { livenessOf } from "../liveness/liveness.ts";
import { plainGraph } from "./plain-graph.ts";
import { lookAt, lookBetween, startOf, takerOf } from "../problem/plain-step.ts";
import { refuseUnproven } from "../methods/por/reduced.ts";
import { stubborn } from "../methods/por/stubborn-set.ts";
import { symmetryChecksOf } from "../methods/symmetry/symmetry-checks.ts";
import { canonicalOf } from "../methods/symmetry/canonical-state.ts";
import { realRun } from "../methods/symmetry/real-run.ts";

/** For how many states nearest to the start the answers and successors are kept. */
const KEPT = 256;

/**
 * The reference explorer: immer on plain frozen objects and a `Map`, breadth first. It defines what a model means;
 * every faster engine is held equal to it.
 * @throws CheckError when a guard, recipe or property throws, writes outside the schema, or writes where it may not.
 */
export const exploreReference: Explore = async <S>(
  asked: Problem<S>,
  bounds: Bounds = {},
  pulse: Pulse = () => undefined,
): Promise<Exploration<S>> => {
  checkBounds(bounds);
  const problem = watched(asked);
  const { steps, start, properties, symmetry, dependence } = problem;
  if (symmetry !== undefined) refuseLiveness(properties, "a search with --symmetry");
  refuseUnproven(problem, bounds);
  const { encode } = codecOf(problem.model.state, problem.scope);
  const take = takerOf(problem);
  const canonical = canonicalOf(problem);
  const checks = symmetryChecksOf(problem);
  const all = instancesOf(problem);
  const instances = properties.map((_, place) => all.filter((instance) => instance.place === place));
  const ids = new Map<string, number>();
  const states: S[] = [];
  const parents: { readonly from: number; readonly step: number }[] = [];
  const antecedent = properties.map(() => 0);
  const paths: (Path | undefined)[] = properties.map(() => undefined);
  const fired = steps.map(() => 0);
  const newStates = steps.map(() => 0);
  const levels: number[] = [];
  const told: { said: readonly number[]; moves: Told<S>["moves"][number][] }[] = [];
  let transitions = 0;
  let deadlocks = 0;
  let stop: Stop | undefined;

  const keyOf = (state: S): string => Buffer.from(encode(state).buffer).toString("latin1");
  /** A run to a state, and on by one more step if there is one. */
  const path = (id: number, ...more: readonly number[]): Path => {
    const taken: number[] = [];
    let at = id;
    for (; parents[at].step >= 0; at = parents[at].from) taken.push(parents[at].step);
    return realRun(problem, { start: parents[at].from, steps: [...taken.toReversed(), ...more] });
  };
  const judge = (look: (instance: Instance<S>) => number, found: () => Path): readonly number[] =>
    properties.map((_, place) => {
      const bits = instances[place].reduce((all, instance) => all | look(instance), 0);
      if (bits & SEEN) antecedent[place]++;
      if (bits & HIT && paths[place] === undefined) {
        paths[place] = found();
        if (bounds.failFast === true && properties[place].kind !== "sometimes") stop ??= "violation";
      }
      return bits;
    });
  /** Adds a state unless it is known or there is no room; says whether it is new. */
  const add = (found: S, from: number, step: number): boolean => {
    const state = canonical(found);
    const key = keyOf(state);
    if (ids.has(key)) return false;
    if (states.length === bounds.states) {
      stop ??= "states";
      return false;
    }
    const id = states.push(state) - 1;
    ids.set(key, id);
    parents.push({ from, step });
    const said = judge(
      (instance) => lookAt(instance, state),
      () => path(id),
    );
    if (id < KEPT) told.push({ said, moves: [] });
    checks.onState(state);
    return true;
  };
  const enabledIn = (id: number): readonly number[] =>
    steps
      .filter((step) => {
        try {
          const taken = take(step, states[id]);
          if (taken !== undefined) encode(taken.after);
          return taken !== undefined;
        } catch (error) {
          throw during(`${stepText(step)}, reached by ${runText(steps, path(id))}`, error);
        }
      })
      .map((step) => step.id);
  const expand = (id: number): void => {
    const before = states[id];
    if (!satisfies(problem, before)) return;
    const taken = dependence && stubborn(dependence, encode(before), enabledIn(id));
    let enabled = 0;
    for (const step of steps) {
      try {
        if (taken?.includes(step.id) === false) continue;
        const after = take(step, before)?.after;
        checks.onStep(step, before, after);
        if (after === undefined) continue;
        enabled++;
        const fresh = add(after, id, step.id);
        transitions++;
        fired[step.id]++;
        if (fresh) newStates[step.id]++;
        const bits = judge(
          (instance) => lookBetween(instance, before, after, step),
          () => path(id, step.id),
        );
        told[id]?.moves.push({ step: step.id, after: canonical(after), bits });
        checks.onTransition(step, before, after);
      } catch (error) {
        throw during(`${stepText(step)}, reached by ${runText(steps, path(id))}`, error);
      }
    }
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
      if (next % 256 === 0)
        stop ??= await pulse({
          depth: levels.length - 1,
          states: states.length,
          transitions,
          frontier: states.length - next,
          wantsBytes: 0,
        });
    }
  }
  const frontier = states.length - next;
  const counted = levels.reduce((sum, level) => sum + level, 0);
  if (states.length > counted) levels.push(states.length - counted);
  const live = await livenessOf({
    problem,
    bounds,
    stop: endOf(
      stop,
      beyondIn(asked, (place) => antecedent[place]),
    ),
    levels,
    graph: (levels) => plainGraph(problem, { states, idOf: (state) => ids.get(keyOf(state)), levels, path }),
    bytesFor: () => 0,
    ask: (more) =>
      pulse({ depth: levels.length - 1, states: states.length, transitions, frontier: 0, ...more }),
  });
  return {
    stop: live.stop,
    states: states.length,
    transitions,
    levels,
    frontier,
    deadlocks,
    ...unwatched(
      asked,
      properties.map((_, place) => ({
        antecedent: antecedent[place],
        ...(paths[place] === undefined ? {} : { path: paths[place] }),
        ...live.findings.get(place),
      })),
    ),
    fired,
    newStates,
    state: (id) => states[id],
    row: (id) => encode(states[id]),
    path,
    told: (id) => (id < states.length - frontier ? told[id] : undefined),
    tableBytes: 0,
  };
};
