import { produce, produceWithPatches, type Patch } from "immer";
import { during, replacedError } from "../errors.ts";
import { judgeState, judgeStep, propertyText } from "../model/judge.ts";
import type { Step } from "../model/model.ts";
import type { Instance } from "./exploration.ts";

/** What a step does to a plain frozen state: the state after it, and immer's patches. */
export interface Taken<S> {
  readonly after: S;
  readonly patches: readonly Patch[];
}

/**
 * Takes a step where it is enabled, on immer: the meaning of guards and recipes. Needs immer's `enablePatches`. A guard on
 * the successor is asked once `fits` was: that throws where the successor is no state.
 * @throws what the guard or the recipe throws, and a CheckError when it replaces a record or vector of the schema.
 */
export const take = <S>(
  { action, args }: Step<S>,
  before: S,
  fits: (after: S) => unknown = () => undefined,
): Taken<S> | undefined => {
  if (!action.guard(before, args)) return undefined;
  const [after, patches] = produceWithPatches(before, (draft) => {
    action.effect(draft as never, args);
  });
  for (const { path, op, value } of patches)
    if (op === "replace" && typeof value === "object" && value !== null) throw replacedError(path);
  if (action.guardAfter === undefined) return { after, patches };
  fits(after);
  return action.guardAfter(before, after, args) ? { after, patches } : undefined;
};

/** Whether a step is enabled in a plain frozen state. @throws as `take` does. */
export const isEnabled = <S>({ action, args }: Step<S>, state: S): boolean => {
  if (!action.guard(state, args)) return false;
  if (action.guardAfter === undefined) return true;
  const after = produce(state, (draft) => {
    action.effect(draft as never, args);
  });
  return action.guardAfter(state, after, args);
};

/** Looks at a state through one property instance: `SEEN` and `HIT` bits, 0 for a step property. */
export const lookAt = <S>({ property, args }: Instance<S>, state: S): number => {
  if (property.kind === "step") return 0;
  try {
    return judgeState(property, state, args);
  } catch (error) {
    throw during(`property ${propertyText(property, args)}`, error);
  }
};

/** Looks at a transition through one property instance: `SEEN` and `HIT` bits, 0 unless it is a step property. */
export const lookBetween = <S>(
  { property, args }: Instance<S>,
  before: S,
  after: S,
  step: Step<S>,
): number => {
  if (property.kind !== "step") return 0;
  try {
    return judgeStep(property, before, after, { action: step.action.name, args: step.args }, args);
  } catch (error) {
    throw during(`property ${propertyText(property, args)}`, error);
  }
};
