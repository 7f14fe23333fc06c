import { codecOf } from "../derive/codec.ts";
import { satisfies } from "../problem/constrained.ts";
import type { Problem } from "../problem/exploration.ts";
import { takerOf } from "../problem/plain-step.ts";
import type { Step } from "../model/model.ts";
import { breakingOf, type Decided } from "./racing-pair.ts";
import type { Trace } from "./trace.ts";

/** Up to where a run could still have gone on without breaking its property. */
export interface Avoidable<S> {
  /** After so many steps some continuation breaks nothing: it ends, or comes back to where it was. After one more, none was found. */
  readonly after: number;
  /** The step that such a continuation begins with. */
  readonly by: Step<S>;
  /** Whether the search for such a continuation after the next step was cut short by its bound. */
  readonly cut: boolean;
}

/** States that are looked at, at most. */
export const AVOIDING_STATES = 1_000;

/**
 * The last point of a run from which the violation could still be avoided: the longest part of it after which some continuation
 * never breaks the property. Steps that change nothing do not count as going on. A search of 1,000 states; nothing where no such
 * point was found.
 */
export const lastAvoidable = <S>(
  problem: Problem<S>,
  { start, steps }: Pick<Trace<S>, "start" | "steps">,
  decided: Decided<S>,
): Avoidable<S> | undefined => {
  const take = takerOf(problem);
  const breaks = breakingOf(decided);
  const { encode } = codecOf(problem.model.state, problem.scope);
  const keyOf = (state: S): string => encode(state).join();
  /** States from which every continuation breaks the property. */
  const doomed = new Set<string>();
  let left = AVOIDING_STATES;

  interface Frame {
    readonly state: S;
    readonly key: string;
    readonly by: Step<S> | undefined;
    next: number;
    moved: boolean;
  }
  /** Where a step leads; nothing where it is not enabled, changes nothing, or leads to where the property is broken. */
  const moveBy = (frame: Frame, by: Step<S>): Frame | undefined => {
    const state = take(by, frame.state)?.after;
    if (state === undefined) return undefined;
    const key = keyOf(state);
    const broken = breaks(frame.state, state, by);
    if (key === frame.key && !broken) return undefined;
    frame.moved = true;
    return broken || doomed.has(key) ? undefined : { state, key, by, next: 0, moved: false };
  };
  /** The first step of a continuation that avoids it; null where there is none, nothing where that was not settled. */
  const avoiding = (from: S): Step<S> | null | undefined => {
    const stack: Frame[] = [{ state: from, key: keyOf(from), by: undefined, next: 0, moved: false }];
    const onStack = new Set([stack[0].key]);
    for (let frame = stack.at(-1); frame !== undefined; frame = stack.at(-1)) {
      if (!satisfies(problem, frame.state)) return undefined;
      const step = problem.steps[frame.next++];
      if (step === undefined) {
        // Where nothing can be done any more nothing is broken any more.
        if (!frame.moved) return stack[1]?.by;
        doomed.add(frame.key);
        onStack.delete(frame.key);
        stack.pop();
        continue;
      }
      const move = moveBy(frame, step);
      if (move === undefined) continue;
      if (onStack.has(move.key)) return stack[1]?.by ?? step;
      if (left-- <= 0) return undefined;
      onStack.add(move.key);
      stack.push(move);
    }
    return null;
  };

  let cut = false;
  for (let after = steps.length - 1; after >= 0; after--) {
    const by = avoiding(after === 0 ? start : steps[after - 1].after);
    if (by === undefined) cut = true;
    else if (by !== null) return { after, by, cut };
    if (left <= 0) return undefined;
  }
  return undefined;
};
