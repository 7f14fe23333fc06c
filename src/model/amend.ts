import { CheckError, unknownName } from "../errors.ts";
import type { Action, Args, ArgsOf, Draft, Nothing, Ranges } from "./action.ts";

/** What a step may do: where it may be taken, and what it does then. */
export type Recipe<S> = Pick<Action<S>, "guard" | "effect">;

/** The arguments of an action as its ranges give them; where its type does not say which those are, whatever they are taken for. */
export type KnownArgs<A extends Ranges> = string extends keyof A
  ? // oxlint-disable-next-line typescript/no-explicit-any -- members are numbers and words are texts: the type does not say which
    any
  : ArgsOf<A>;

/** What is done to an action beside what it does: all of it optional. */
export interface Amendment<S, A, B = void> {
  /** The step may be taken only where this is true, too. Reads only. */
  readonly guard?: (state: S, args: A) => boolean;
  /** A recipe that runs before the effect; `after` is given what it returns. */
  readonly before?: (draft: Draft<S>, args: A) => B;
  /** A recipe that runs after the effect, in the same step. */
  readonly after?: (draft: Draft<S>, args: A, found: B) => Nothing;
}

/** A guard and an effect with an amendment. */
const amendedRecipe = <S, B>(was: Recipe<S>, { guard, before, after }: Amendment<S, Args, B>): Recipe<S> => ({
  guard: guard === undefined ? was.guard : (state, args) => was.guard(state, args) && guard(state, args),
  effect:
    before === undefined && after === undefined
      ? was.effect
      : (draft, args) => {
          const found = before?.(draft, args);
          const returned = was.effect(draft, args);
          // What an effect may not return is refused wherever it comes from.
          if (returned !== undefined) return returned;
          return after?.(draft, args, found as B);
        },
});

/**
 * The same action, with more asked of the state, and done before or after its effect in the same atomic step. To replace its
 * guard or effect write `{ ...action, guard }`.
 */
export const amend = <S, A extends Ranges, B = void>(
  was: Action<S> & { readonly args: A },
  amendment: Amendment<S, KnownArgs<A>, B>,
): Action<S> & { readonly args: A } => ({
  ...was,
  ...amendedRecipe(was, amendment as unknown as Amendment<S, Args, B>),
});

/** One of the steps that an action is split into. It has the actor, the arguments and the note of that action. */
export interface PartOfAction<S, A> {
  readonly name: string;
  /** The step waits until this is true; the first one waits for the guard of the action besides. Reads only. */
  readonly guard?: (state: S, args: A) => boolean;
  readonly effect: (draft: Draft<S>, args: A) => Nothing;
}

/** Where a split action stands, kept in the state: 0 before its first step, and after its last. */
export interface SplitPlace<S, A> {
  readonly read: (state: S, args: A) => number;
  readonly write: (draft: Draft<S>, args: A, place: number) => Nothing;
}

/**
 * An action that is not atomic after all, as the steps it comes to, in their order: others may come in between. What the
 * same actor must not do meanwhile has to wait for it: `amend` that with a guard.
 * @throws CheckError when there are fewer than two steps.
 */
export const split = <S, A extends Ranges>(
  was: Action<S> & { readonly args: A },
  parts: readonly PartOfAction<S, KnownArgs<A>>[],
  place: SplitPlace<S, KnownArgs<A>>,
): readonly (Action<S> & { readonly args: A })[] => {
  if (parts.length < 2)
    throw new CheckError("model", `${was.name} is split into ${parts.length} steps: it takes two at least`);
  const own = (args: Args) => args as KnownArgs<A>;
  return parts.map(({ name, guard, effect }, i) => ({
    ...was,
    name,
    guard: (state, args) =>
      place.read(state, own(args)) === i &&
      (i > 0 || was.guard(state, args)) &&
      (guard?.(state, own(args)) ?? true),
    effect: (draft, args) => {
      const returned = effect(draft, own(args));
      if (returned !== undefined) return returned;
      return place.write(draft, own(args), (i + 1) % parts.length);
    },
  }));
};

/** The action of that name among some. @throws CheckError with the nearest name where there is none. */
export const actionNamed = <S>(actions: readonly Action<S>[], name: string): Action<S> => {
  const found = actions.find((action) => action.name === name);
  if (found !== undefined) return found;
  throw unknownName(
    "action",
    name,
    actions.map((action) => action.name),
    "it was looked for among the actions of a model",
  );
};
