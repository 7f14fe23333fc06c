import { watchNow, type Watch } from "../derive/evaluated.ts";
import { isOverdue, type CheckError } from "../errors.ts";
import { codecOf } from "../derive/codec.ts";
import type { Step } from "../model/model.ts";
import type { Problem } from "./exploration.ts";

interface Known {
  readonly watch: Watch;
  /** What was thrown, by arguments and state. */
  readonly thrown: Map<string, CheckError>;
}

/** For each action, where it was found to take too long: that is found out once, and asked of a run again and again. */
const known = new WeakMap<object, Known>();

/** Takes a step, unless it is known that it does not end where it is taken. */
export type UnlessOverdue<S> = <T>(step: Step<S>, state: S, take: () => T) => T;

/**
 * Takes steps from plain states, unless it is known that they do not end there.
 * @throws what the step throws, and once more what it threw there before where that was that it takes too long.
 */
export const unlessOverdue =
  <S>({ model, scope }: Problem<S>): UnlessOverdue<S> =>
  ({ action, args }, state, take) => {
    const watch = watchNow();
    if (watch === undefined) return take();
    const before = known.get(action);
    const keyed = (): string => JSON.stringify([args, codecOf(model.state, scope).encode(state).join()]);
    const thrown = before?.watch === watch ? before.thrown : new Map<string, CheckError>();
    const error = thrown.size === 0 ? undefined : thrown.get(keyed());
    if (error !== undefined) throw error;
    try {
      return take();
    } catch (error) {
      if (isOverdue(error)) known.set(action, { watch, thrown: thrown.set(keyed(), error) });
      throw error;
    }
  };
