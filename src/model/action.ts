import type { Scope } from "../schema/domain.ts";
import { setSizeOf, sizeOf } from "../schema/domain.ts";
import { all, none } from "../schema/set.ts";
import { noteAsWritten, type Noted, type NoteOf } from "./note.ts";

type Leaf = boolean | number | string;
type LeafKeys<T> = { [K in keyof T]: T[K] extends Leaf ? K : never }[keyof T];

/** A state open for writing: leaves may be assigned; records and vectors may not be replaced. */
export type Draft<T> = T extends Leaf
  ? T
  : T extends readonly (infer U)[]
    ? U extends Leaf
      ? { [i: number]: U; readonly length: number }
      : readonly Draft<U>[]
    : { -readonly [K in LeafKeys<T>]: T[K] } & { readonly [K in Exclude<keyof T, LeafKeys<T>>]: Draft<T[K]> };

/** The values an argument ranges over: the members of a family, by its name, a set of its members, or a list. */
export type Range = string | SomeOf | SubsetOf | readonly (string | number)[];
/** Every set of members of a family but the empty one, as a bit mask. */
export interface SomeOf {
  readonly someOf: string;
}
/** The range of an argument that is some members of a family, at most 30. */
export const someOf = (family: string): SomeOf => ({ someOf: family });
/** Every set of members of a family, the empty one too, as a bit mask. */
export interface SubsetOf {
  readonly subsetOf: string;
}
/** The range of an argument that is any members of a family, or none of them, at most 30. */
export const subsetOf = (family: string): SubsetOf => ({ subsetOf: family });
/** The family of whose members a range has sets; undefined where it has none. */
export const setsOf = (range: Range): string | undefined => {
  if (typeof range === "string") return undefined;
  if ("someOf" in range) return range.someOf;
  return "subsetOf" in range ? range.subsetOf : undefined;
};
/** The arguments of an action or property, each with its range. */
export type Ranges = Readonly<Record<string, Range>>;
/** The type of the arguments that some ranges give: a family gives its member's number. */
export type ArgsOf<A extends Ranges> = {
  readonly [K in keyof A]: A[K] extends readonly (infer V)[] ? V : number;
};
/** Arguments with their values chosen. */
export type Args = Readonly<Record<string, string | number>>;

/** What an effect returns. `void` alone would let a function pass that returns something, which would be lost. */
export type Nothing = void | undefined;

/** A step as properties and fairness conditions see it. */
export interface TakenAction {
  readonly action: string;
  readonly args: Args;
}

/** One atomic step of the modelled system, for every choice of its arguments. */
export interface Action<S> extends Noted {
  readonly name: string;
  /** Who takes the step, and so the column it is printed in: `CPU0`, `housekeeping`, `userspace`, ... */
  readonly actor: (args: Args) => string;
  readonly args: Ranges;
  readonly guard: (state: S, args: Args) => boolean;
  readonly effect: (draft: Draft<S>, args: Args) => Nothing;
  readonly guardAfter?: (before: S, after: S, args: Args) => boolean;
}

/** What an author writes to declare an action, besides a note; `actor` may be a fixed name. */
export interface ActionSpec<S, A extends Ranges> {
  readonly actor: string | ((args: ArgsOf<A>) => string);
  readonly args?: A;
  /** May the step be taken here? Reads only. */
  readonly guard: (state: S, args: ArgsOf<A>) => boolean;
  /** What the step does, as a recipe that assigns leaves of a draft. Deterministic; keeps no reference, returns nothing. */
  readonly effect: (draft: Draft<S>, args: ArgsOf<A>) => Nothing;
  /**
   * A guard on the successor, as TLC's ACTION_CONSTRAINT: the step is not taken where this is false of the state before it
   * and the one it would lead to, which has to be inside its domains all the same. Reads only.
   */
  readonly guardAfter?: (before: S, after: S, args: ArgsOf<A>) => boolean;
}

/**
 * Declares actions over states `S`: `const action = actionOf<State>()`. A client whose actions all have to cite something
 * gives the type `N` of what each has to say besides, and the note that is made of it.
 */
export const actionOf =
  <S, N extends object = Noted>(noteOf: NoteOf<N> = noteAsWritten) =>
  <const A extends Ranges = Record<never, never>>(
    name: string,
    spec: ActionSpec<S, A> & N,
  ): Action<S> & { readonly args: A } => {
    const { actor, args, guard, effect, guardAfter } = spec as unknown as Omit<
      Action<S>,
      "actor" | "args"
    > & {
      actor: string | ((args: Args) => string);
      args?: Ranges;
    };
    const note = noteOf(spec);
    return {
      name,
      actor: typeof actor === "string" ? () => actor : actor,
      args: (args ?? {}) as A,
      guard,
      effect,
      ...(guardAfter === undefined ? {} : { guardAfter }),
      ...(note === undefined ? {} : { note }),
    };
  };

/** The sets of members of a family, as bit masks, the smallest mask first. */
const setsFrom = (smallest: number, scope: Scope, family: string): readonly number[] =>
  Array.from({ length: all(setSizeOf(scope, family)) + 1 - smallest }, (_, i) => smallest + i);

const frozen = <T>(value: T): T => {
  if (typeof value !== "object" || value === null) return value;
  Object.values(value).forEach(frozen);
  return Object.freeze(value);
};

const valuesOf = (range: Range, scope: Scope): readonly (string | number)[] => {
  if (typeof range === "string") return Array.from({ length: sizeOf(scope, range) }, (_, i) => i);
  if ("subsetOf" in range) return setsFrom(none, scope, range.subsetOf);
  if ("someOf" in range) return setsFrom(none + 1, scope, range.someOf);
  return range;
};

/** Every choice of arguments from their ranges, the last argument fastest; frozen, for all who are asked share them. */
export const choices = (ranges: Ranges, scope: Scope): readonly Args[] =>
  Object.entries(ranges)
    .reduce<readonly Args[]>(
      (chosen, [name, range]) =>
        chosen.flatMap((args) => valuesOf(range, scope).map((value) => ({ ...args, [name]: value }))),
      [{}],
    )
    .map(frozen);
