import fc from "fast-check";
import { codecOf } from "../derive/codec.ts";
import { evaluatedTogether } from "../derive/evaluated.ts";
import { during } from "../errors.ts";
import type { Problem } from "../problem/exploration.ts";
import { satisfies } from "../problem/constrained.ts";
import { isEnabled, startOf, takerOf, type Take } from "../problem/plain-step.ts";
import { stepText, type Step } from "../model/model.ts";

/** Picks one of the steps that are enabled, at the step of that number from 0. */
type Pick<S> = (enabled: readonly Step<S>[], at: number) => Step<S>;

/** How a random walk begins, and how it goes on. */
export interface Walk<S> {
  /** The place of its start state. */
  readonly start: number;
  /** A new picker for a walk from there: it may remember what it picked. */
  readonly picker: () => Pick<S>;
}

/** How a simulation chooses among the enabled steps. */
export type Schedule =
  | { readonly kind: "uniform" }
  /** How many times priorities change in a walk. */
  | { readonly kind: "pct"; readonly changes: number };

/** Large beside any number of steps, so that a remainder is as good as uniform. */
const any = fc.nat({ max: 2 ** 31 - 1 });

const choosing = (depth: number): fc.Arbitrary<readonly number[]> =>
  fc.array(any, { minLength: depth, maxLength: depth });

/** Every enabled step is as likely as any other. */
const uniform = <S>(choices: readonly number[]): Pick<S> => {
  return (enabled, at) => enabled[choices[at] % enabled.length];
};

interface Priorities {
  /** The actors, the one of the highest priority first. */
  readonly order: readonly string[];
  /** The numbers of the steps before which a priority changes. */
  readonly changes: readonly number[];
  readonly choices: readonly number[];
}

/** The actor of the highest priority that can move does; the i-th change gives whoever would move the i-th lowest. */
const byPriority = <S>({ order, changes, choices }: Priorities): Pick<S> => {
  const priorities = new Map(order.toReversed().map((actor, place) => [actor, changes.length + place]));
  const next = (enabled: readonly Step<S>[]): string =>
    enabled.reduce(
      (best, { actor }) => (priorities.get(actor)! > priorities.get(best)! ? actor : best),
      enabled[0].actor,
    );
  return (enabled, at) => {
    changes.forEach((moment, low) => {
      if (moment === at) priorities.set(next(enabled), low);
    });
    const actor = next(enabled);
    const mine = enabled.filter((step) => step.actor === actor);
    return mine[choices[at] % mine.length];
  };
};

/**
 * Random walks of at most `depth` steps: uniform, or by random priorities that change at random moments (PCT: Burckhardt,
 * Kothari, Musuvathi and Nagarakatte, A randomized scheduler with probabilistic guarantees of finding bugs, 2010; its
 * bug depth d is one more than the changes).
 */
export const walks = <S>(
  { steps, start }: Problem<S>,
  depth: number,
  schedule: Schedule,
): fc.Arbitrary<Walk<S>> => {
  const from = fc.nat({ max: start.length - 1 });
  if (schedule.kind === "uniform")
    return fc
      .record({ start: from, choices: choosing(depth) })
      .map(({ start, choices }) => ({ start, picker: () => uniform(choices) }));
  const actors = [...new Set(steps.map(({ actor }) => actor))];
  const moment = fc.nat({ max: Math.max(0, depth - 1) });
  return fc
    .record({
      start: from,
      order: fc.shuffledSubarray(actors, { minLength: actors.length }),
      changes: fc.array(moment, { minLength: schedule.changes, maxLength: schedule.changes }),
      choices: choosing(depth),
    })
    .map(({ start, ...priorities }) => ({ start, picker: () => byPriority(priorities) }));
};

/** A move of a walk: the step taken and the states before and after it; at the start only that state. */
export interface WalkStep<S> {
  readonly step: Step<S> | undefined;
  readonly before: S;
  readonly after: S;
}

/** Takes steps one after the other on the reference semantics. */
export class Walker<S> {
  readonly #problem: Problem<S>;
  readonly #take: Take<S>;
  readonly #encode: (state: S) => unknown;

  constructor(problem: Problem<S>) {
    this.#problem = problem;
    this.#take = takerOf(problem);
    this.#encode = codecOf(problem.model.state, problem.scope).encode;
  }

  /** The moves of a walk, up to `depth` steps, to where nothing is enabled or to beyond a constraint. */
  *go({ start, picker }: Walk<S>, depth: number): Generator<WalkStep<S>, void, void> {
    const pick = picker();
    let before = this.#start(start);
    yield { step: undefined, before, after: before };
    for (let at = 0; at < depth; at++) {
      if (!satisfies(this.#problem, before)) return;
      const here = before;
      const enabled = evaluatedTogether(() =>
        this.#problem.steps.filter((step) => this.#enabled(step, here)),
      );
      if (enabled.length === 0) return;
      const step = pick(enabled, at);
      const after = this.#after(step, before)!;
      yield { step, before, after };
      before = after;
    }
  }

  /** The moves that the steps of those ids make, in order, without those that are not enabled where they come up. */
  *follow(start: number, ids: readonly number[]): Generator<WalkStep<S>, void, void> {
    let before = this.#start(start);
    yield { step: undefined, before, after: before };
    for (const id of ids) {
      if (!satisfies(this.#problem, before)) return;
      const step = this.#problem.steps[id];
      const after = this.#after(step, before);
      if (after === undefined) continue;
      yield { step, before, after };
      before = after;
    }
  }

  #start(place: number): S {
    return startOf(this.#problem, place);
  }

  #enabled(step: Step<S>, state: S): boolean {
    try {
      return isEnabled(this.#problem, step, state);
    } catch (error) {
      throw during(`the guard of ${stepText(step)}`, error);
    }
  }

  #after(step: Step<S>, before: S): S | undefined {
    try {
      const after = this.#take(step, before)?.after;
      if (after !== undefined) this.#encode(after);
      return after;
    } catch (error) {
      throw during(stepText(step), error);
    }
  }
}
