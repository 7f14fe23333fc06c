import fc from "fast-check";
import { checkCount } from "../problem/check-bounds.ts";
import { during } from "../errors.ts";
import {
  instancesOf,
  refuseLiveness,
  type Instance,
  type Path,
  type Problem,
  type Stop,
} from "../problem/exploration.ts";
import { lookAt, lookBetween } from "../problem/plain-step.ts";
import { HIT, SEEN } from "../model/judge.ts";
import { runText } from "../model/model.ts";
import { Walker, walks, type WalkStep, type Schedule, type Walk } from "./random-walk.ts";

/** Steps between two looks at clock and signals. */
const BETWEEN_LOOKS = 1024;

/** What is simulated, as it was asked for: the same plan gives the same walks. */
export interface Plan {
  readonly runs: number;
  /** Steps of a walk, at most. */
  readonly depth: number;
  readonly seed: number;
  readonly schedule: Schedule;
}

/** What the walks found of one property. */
export interface Sighting {
  /** How often the antecedent was met. */
  readonly antecedent: number;
  /** A run to a violation (for `sometimes` to a witness), shrunk. */
  readonly path: Path | undefined;
  /** How many steps the walk had taken there. */
  readonly walked: number;
}

/** What a simulation found. */
export interface Simulation {
  readonly walks: number;
  readonly steps: number;
  /** What ended it before its runs were used up and before every property was decided. */
  readonly stop: Stop | null;
  /** One for each property of the problem. */
  readonly sightings: readonly Sighting[];
  /** How often each step was taken. */
  readonly fired: readonly number[];
}

const look = <S>(instances: readonly Instance<S>[], { step, before, after }: WalkStep<S>): number =>
  instances.reduce(
    (bits, instance) =>
      bits |
      (instance.property.kind === "step"
        ? step === undefined
          ? 0
          : lookBetween(instance, before, after, step)
        : lookAt(instance, after)),
    0,
  );

/** The part of a list of steps that makes its moves up to the first hit; nothing where there is none. */
const upToHit = <S>(
  walker: Walker<S>,
  instances: readonly Instance<S>[],
  start: number,
  ids: readonly number[],
): readonly number[] | undefined => {
  const made: number[] = [];
  for (const move of walker.follow(start, ids)) {
    if (move.step !== undefined) made.push(move.step.id);
    if (look(instances, move) & HIT) return made;
  }
  return undefined;
};

/**
 * Leaves steps out of a run, or replaces them by earlier ones of the model, as long as it still ends in a hit: no single
 * step can be left out of what remains, unless `stopped` says that there is no more time.
 */
const shrink = async <S>(
  walker: Walker<S>,
  { steps }: Problem<S>,
  instances: readonly Instance<S>[],
  { start, steps: run }: Path,
  stopped: () => Promise<Stop | undefined>,
): Promise<Path> => {
  const hit = (ids: readonly number[]): readonly number[] | undefined => {
    try {
      return upToHit(walker, instances, start, ids);
    } catch {
      // A run that fails on its way is no run to the hit.
      return undefined;
    }
  };
  let halted = false;
  let best = hit(run)!;
  const misses = async (tried: readonly number[]): Promise<boolean> => {
    halted ||= (await stopped()) !== undefined;
    // What is always a hit is shrunk to nothing at once.
    if (halted) return false;
    const made = hit(tried);
    if (made !== undefined && made.length < best.length) best = made;
    return made === undefined;
  };
  for (let left = run; ;) {
    const ids = fc.array(fc.nat({ max: steps.length - 1 }), { maxLength: left.length });
    const { counterexample } = await fc.check(fc.asyncProperty(ids, misses), {
      examples: [[[...left]]],
      numRuns: 1,
      seed: 0,
    });
    if (halted) return { start, steps: best };
    const smaller = hit(counterexample?.[0] ?? left)!;
    if (smaller.length === left.length) return { start, steps: smaller };
    left = smaller;
  }
};

/** What is being found out about one property. */
interface Quest<S> {
  readonly instances: readonly Instance<S>[];
  antecedent: number;
  path: Path | undefined;
}

/**
 * Walks through a problem at random and looks at every state and step on the way, until each property is decided or the
 * runs are used up. Proves nothing: what was not met may still be reached. `stopped` is asked before each walk, within long
 * ones, and as runs are shrunk.
 * @throws CheckError when a liveness property is asked for, and what guards, recipes and properties throw.
 */
export const simulate = async <S>(
  problem: Problem<S>,
  { runs, depth, seed, schedule }: Plan,
  stopped: () => Promise<Stop | undefined>,
): Promise<Simulation> => {
  refuseLiveness(problem.properties, "a random walk");
  checkCount("the number of walks", runs);
  checkCount("the depth of a walk", depth);
  const all = instancesOf(problem);
  const quests = problem.properties.map((_, place): Quest<S> => ({
    instances: all.filter((instance) => instance.place === place),
    antecedent: 0,
    path: undefined,
  }));
  const walker = new Walker(problem);
  const fired = problem.steps.map(() => 0);
  let walked = 0;
  let steps = 0;
  let stop: Stop | null = null;
  let failure: { readonly error: unknown } | undefined;

  const visit = (move: WalkStep<S>, start: number, made: readonly number[]): void => {
    for (const quest of quests) {
      if (quest.path !== undefined) continue;
      const bits = look(quest.instances, move);
      if (bits & SEEN) quest.antecedent++;
      if (bits & HIT) quest.path = { start, steps: [...made] };
    }
  };
  /** One walk; says whether another is wanted. */
  const go = async (walk: Walk<S>): Promise<boolean> => {
    stop = (await stopped()) ?? null;
    if (stop !== null) return false;
    const made: number[] = [];
    try {
      for (const move of walker.go(walk, depth)) {
        if (move.step !== undefined) {
          made.push(move.step.id);
          fired[move.step.id]++;
          steps++;
          if (steps % BETWEEN_LOOKS === 0) stop = (await stopped()) ?? null;
        }
        visit(move, walk.start, made);
        if (stop !== null) return false;
      }
    } catch (error) {
      failure = { error: during(`a walk that took ${runText(problem.steps, { steps: made })}`, error) };
      return false;
    }
    walked++;
    return quests.length === 0 || quests.some(({ path }) => path === undefined);
  };
  if (problem.start.length > 0)
    await fc.check(fc.asyncProperty(walks(problem, depth, schedule), go), {
      seed,
      numRuns: runs,
      endOnFailure: true,
      plugins: [fc.unbiased()],
    });
  if (failure !== undefined) throw failure.error;
  const sightings: Sighting[] = [];
  for (const { instances, antecedent, path } of quests)
    sightings.push({
      antecedent,
      path: path && (await shrink(walker, problem, instances, path, stopped)),
      walked: path?.steps.length ?? 0,
    });
  return { walks: walked, steps, stop, fired, sightings };
};
