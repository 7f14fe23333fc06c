import { enablePatches, freeze, produce, produceWithPatches, type Patch } from "immer";
import { checkedDrafts } from "../derive/checked-draft.ts";
import { restartable } from "../derive/evaluated.ts";
import { countedReads } from "../derive/counted-reads.ts";
import { codecOf } from "../derive/codec.ts";
import { CheckError, during } from "../errors.ts";
import { guardHolds, guardAfterHolds, write } from "../model/ask.ts";
import { judgeState, judgeStep, propertyText } from "../model/judge.ts";
import type { Step } from "../model/model.ts";
import type { Args } from "../model/action.ts";
import { isLiveness, type Property } from "../model/property.ts";
import type { Instance, Problem } from "./exploration.ts";
import { unlessOverdue } from "./known-overdue.ts";

/** What a step does to a plain frozen state. */
interface TakenStep<S> {
  readonly after: S;
  /** The leaf codes of the state after it, where it was made of them. */
  readonly codes: Int32Array | undefined;
}

/** The same with immer's patches. */
export interface PatchedStep<S> extends TakenStep<S> {
  readonly patches: readonly Patch[];
}

/** Takes a step where it is enabled. @throws what the guard or the effect throws, and a CheckError where it does what it may not. */
export type Take<S, Taken = TakenStep<S>> = (step: Step<S>, before: S) => Taken | undefined;

/** The same, telling what it changed: to take that down takes as long as the step. */
export type PatchingTake<S> = Take<S, PatchedStep<S>>;

/**
 * How steps are taken on plain frozen objects: the meaning of guards and recipes. Where something looks at the states
 * before and after a step side by side they share no object, so that `===` says nothing of what is equal: it says as
 * little in any engine.
 */
export const takerOf = <S>(problem: Problem<S>): Take<S> => {
  const taker = takers.get(problem) ?? (made(problem, seenIn(problem), unpatched) as Take<unknown>);
  takers.set(problem, taker);
  return taker as Take<S>;
};

/** The same as `takerOf`, with immer's patches. */
export const patchingTakerOf = <S>(problem: Problem<S>): PatchingTake<S> => {
  const taker =
    patchingTakers.get(problem) ?? (made(problem, seenIn(problem), patched()) as PatchingTake<unknown>);
  patchingTakers.set(problem, taker);
  return taker as PatchingTake<S>;
};

/**
 * Takes a step where nobody looks at what it changed: the state after it alone, which shares what is equal with the one
 * before.
 */
export const moverOf = <S>(problem: Problem<S>): ((step: Step<S>, before: S) => S | undefined) => {
  const open = checkedDrafts(problem.model.state, problem.scope, problem.model.mostAccesses);
  const take = takerOf(problem);
  const seen = seenIn(problem);
  const unless = unlessOverdue(problem);
  const move = (step: Step<S>, before: S): S | undefined => {
    if (!guardHolds(step, seen(before))) return undefined;
    const after = restartable(() =>
      produce(before, (draft) => {
        write(step, open(draft as S));
      }),
    );
    return freeze(after, true);
  };
  return (step, before) =>
    step.action.guardAfter === undefined
      ? unless(step, before, () => move(step, before))
      : take(step, before)?.after;
};

/** Whether a step is enabled in a plain frozen state. @throws as `Take` does. */
export const isEnabled = <S>(problem: Problem<S>, step: Step<S>, state: S): boolean =>
  step.action.guardAfter === undefined
    ? unlessOverdue(problem)(step, state, () => guardHolds(step, seenIn(problem)(state)))
    : takerOf(problem)(step, state) !== undefined;

const takers = new WeakMap<object, Take<unknown>>();
const patchingTakers = new WeakMap<object, PatchingTake<unknown>>();

/** How a state is shown to what only reads it: reads are counted where the model says how many there may be. */
export const seenIn = <S>({ model: { mostAccesses } }: Problem<S>): ((state: S) => S) =>
  mostAccesses === undefined ? (state) => state : countedReads(mostAccesses);

/** The same as `takerOf`, with reads counted in any case: where something is known not to end, or feared not to. */
export const countingTakerOf = <S>(problem: Problem<S>): Take<S> =>
  made(problem, countedReads(problem.model.mostAccesses), unpatched);

/** Has an effect write to a draft of a state: the state after it, and what is told of what changed. */
type Producing<P> = <S>(before: S, recipe: (draft: S) => void) => readonly [after: S, patches: P];

const unpatched: Producing<undefined> = (before, recipe) => [
  produce(before, (draft) => recipe(draft as typeof before)),
  undefined,
];

const patched = (): Producing<readonly Patch[]> => {
  enablePatches();
  return (before, recipe) => {
    const [after, patches] = produceWithPatches(before, (draft) => recipe(draft as typeof before));
    return [after, patches];
  };
};

/** Where an effect was broken off, immer no longer freezes what it makes: so that is done here, at no cost where it was done. */
const made = <S, P>(
  problem: Problem<S>,
  seen: (state: S) => S,
  producing: Producing<P>,
): Take<S, TakenStep<S> & { readonly patches: P }> => {
  const { model, scope, properties } = problem;
  const { encode, decodeFrozen } = codecOf(model.state, scope);
  const open = checkedDrafts(model.state, scope, model.mostAccesses);
  const compared = properties.some((property) => property.kind === "step" || isLiveness(property));
  const unless = unlessOverdue(problem);
  const take: ReturnType<typeof made<S, P>> = (step, before) => {
    if (!guardHolds(step, seen(before))) return undefined;
    const [written, patches] = restartable(() => producing(before, (draft) => write(step, open(draft))));
    const apart = compared || step.action.guardAfter !== undefined;
    const codes = apart ? encode(written) : undefined;
    const after = codes === undefined ? freeze(written, true) : decodeFrozen(codes);
    return guardAfterHolds(step, seen(before), seen(after)) ? { after, patches, codes } : undefined;
  };
  return (step, before) => unless(step, before, () => take(step, before));
};

/** The start state at a place: frozen, and in the one form that the schema gives it, whatever objects `init` shares. */
export const startOf = <S>({ model, scope, start }: Problem<S>, place: number): S => {
  const { encode, decodeFrozen } = codecOf(model.state, scope);
  return decodeFrozen(encode(start[place]));
};

/** What went wrong in a look at a property, which is no step: that it does not end is a fault of the question. */
const duringLook = (property: Property<never>, args: Args, error: unknown): CheckError => {
  const { code, message, cause } = during(`property ${propertyText(property, args)}`, error);
  return new CheckError(code === "endless" ? "recipe" : code, message, { cause });
};

/** Looks at a state through one property instance: `SEEN` and `HIT` bits, 0 for a step property. */
export const lookAt = <S>({ property, args }: Instance<S>, state: S): number => {
  if (property.kind === "step") return 0;
  try {
    return judgeState(property, state, args);
  } catch (error) {
    throw duringLook(property, args, error);
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
    throw duringLook(property, args, error);
  }
};
