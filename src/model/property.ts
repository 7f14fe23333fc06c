import type { Args, ArgsOf, Ranges, TakenAction } from "./action.ts";
import { fairnessOf, type Fairness } from "./fairness.ts";
import { noteAsWritten, type Note, type Noted, type NoteOf } from "./note.ts";

/**
 * What a property is to a design: a requirement, which every design has to meet; a law, a requirement that nobody doubts,
 * and so one that holds, or whose antecedent never occurs, whatever is chosen; or an observation, a sentence on how one
 * design works that another may well break.
 */
export type Role = "requirement" | "law" | "observation";

/** What is common to all properties. */
export interface Described extends Noted {
  /** Stable, kebab-case. */
  readonly id: string;
  /** Names that it had before, by which it is found still; none where left out. */
  readonly formerly?: readonly string[];
  /** What it says, in one sentence. */
  readonly statement: string;
  /** The claim it decides, for example `P1`, if any. */
  readonly claim?: string;
  /** A requirement where left out. */
  readonly role?: Role;
  readonly args: Ranges;
}

/** Holds in every reachable state in which its antecedent is true. */
export interface Invariant<S> extends Described {
  readonly kind: "invariant";
  /**
   * Set where the antecedent is what one would rather not see, so that its never occurring is as good an answer as `holds`.
   * The verdict is `vacuous` all the same: whether the model could show it at all is for the reader to ask.
   */
  readonly vacuousIs?: "good";
  readonly antecedent?: (state: S, args: Args) => boolean;
  readonly holds: (state: S, args: Args) => boolean;
}

/** Holds for every transition for which its antecedent is true. */
export interface StepProperty<S> extends Described, Pick<Invariant<S>, "vacuousIs"> {
  readonly kind: "step";
  readonly antecedent?: (before: S, after: S, taken: TakenAction, args: Args) => boolean;
  readonly holds: (before: S, after: S, taken: TakenAction, args: Args) => boolean;
}

/** Some reachable state satisfies it. */
export interface Sometimes<S> extends Described {
  readonly kind: "sometimes";
  readonly holds: (state: S, args: Args) => boolean;
}

/**
 * What is common to properties of whole behaviours. A behaviour may stop for ever at any moment, unless `fairness`
 * forbids it; a step that changes nothing counts as none.
 */
export interface Live<S> extends Described {
  /** What is assumed of the behaviours; none where it is empty. */
  readonly fairness: readonly Fairness<S>[];
}

/** Every state in which `from` is true is one in which `to` is true, or is followed by one. */
export interface LeadsTo<S> extends Live<S> {
  readonly kind: "leadsTo";
  readonly from: (state: S, args: Args) => boolean;
  readonly to: (state: S, args: Args) => boolean;
}

/** Every behaviour has a state in which it is true. */
export interface Eventually<S> extends Live<S> {
  readonly kind: "eventually";
  readonly holds: (state: S, args: Args) => boolean;
}

/** In every behaviour it is true again and again: of a state, or of a step that changes the state. */
export type InfinitelyOften<S> = Live<S> & { readonly kind: "infinitelyOften" } & (
    | { readonly holds: (state: S, args: Args) => boolean; readonly step?: undefined }
    | {
        readonly step: (before: S, after: S, taken: TakenAction, args: Args) => boolean;
        readonly holds?: undefined;
      }
  );

/** In every behaviour it is true of all states from some moment on. */
export interface EventuallyAlways<S> extends Live<S> {
  readonly kind: "eventuallyAlways";
  readonly holds: (state: S, args: Args) => boolean;
}

/** A property of whole behaviours: something good happens in the end. */
export type Liveness<S> = LeadsTo<S> | Eventually<S> | InfinitelyOften<S> | EventuallyAlways<S>;

/** A property that is decided by a finite run. */
export type Safety<S> = Invariant<S> | StepProperty<S> | Sometimes<S>;

/** What can be asked of a model. */
export type Property<S> = Safety<S> | Liveness<S>;

/** Whether a property holds, or is vacuous, whatever is chosen. */
export const isLaw = ({ role }: Pick<Described, "role">): boolean => role === "law";

/** Whether a name is that of a property, or was once. */
export const isCalled = ({ id, formerly = [] }: Pick<Described, "id" | "formerly">, name: string): boolean =>
  id === name || formerly.includes(name);

/** Whether every design has to meet a property. */
export const isRequirement = ({ role }: Pick<Described, "role">): boolean => role !== "observation";

/** Whether it is as good as `holds` that the antecedent of a property never occurs. */
export const vacuousIsGood = (property: Property<never>): boolean =>
  (property.kind === "invariant" || property.kind === "step") && property.vacuousIs === "good";

/** Whether a property speaks of every state, or of every step, there being no antecedent. */
export const isUnconditional = (property: Property<never>): boolean =>
  (property.kind === "invariant" || property.kind === "step") && property.antecedent === undefined;

/** Whether a property is about whole behaviours, so that no finite run decides it. */
export const isLiveness = <S>(property: Property<S>): property is Liveness<S> => "fairness" in property;

type Spec<A extends Ranges> = Omit<Described, "args" | "note"> & { readonly args?: A };
type LiveSpec<S, A extends Ranges> = Spec<A> & { readonly fairness?: readonly Fairness<S>[] };
type OfState<S, A extends Ranges> = (state: S, args: ArgsOf<A>) => boolean;
type OfStep<S, A extends Ranges> = (before: S, after: S, taken: TakenAction, args: ArgsOf<A>) => boolean;
type NoArgs = Record<never, never>;

/** What a property is made of, besides its kind, arguments and note. */
const PARTS = "id formerly statement claim role vacuousIs fairness antecedent holds step from to".split(" ");

const declared = (kind: Property<never>["kind"], spec: object, note: Note | undefined): never => {
  const parts = Object.entries({ args: {}, ...spec }).filter(
    ([part]) => part === "args" || PARTS.includes(part),
  );
  return { ...Object.fromEntries(parts), kind, ...(note === undefined ? {} : { note }) } as unknown as never;
};
const live = (kind: Liveness<never>["kind"], spec: object, note: Note | undefined): never =>
  declared(kind, { fairness: [], ...spec }, note);

/**
 * Declares properties over states `S`: `const { invariant, step, sometimes, leadsTo, weak } = propertyOf<State>()`. A
 * client whose properties all have to cite something gives the type `N` of what each has to say besides, and the note
 * that is made of it.
 */
export const propertyOf = <S, N extends object = Noted>(noteOf: NoteOf<N> = noteAsWritten) => ({
  ...fairnessOf<S>(),
  invariant: <const A extends Ranges = NoArgs>(
    spec: Spec<A> &
      N &
      Pick<Invariant<S>, "vacuousIs"> & {
        readonly antecedent?: OfState<S, A>;
        readonly holds: OfState<S, A>;
      },
  ): Invariant<S> => declared("invariant", spec, noteOf(spec)),
  step: <const A extends Ranges = NoArgs>(
    spec: Spec<A> &
      N &
      Pick<Invariant<S>, "vacuousIs"> & { readonly antecedent?: OfStep<S, A>; readonly holds: OfStep<S, A> },
  ): StepProperty<S> => declared("step", spec, noteOf(spec)),
  sometimes: <const A extends Ranges = NoArgs>(
    spec: Spec<A> & N & { readonly holds: OfState<S, A> },
  ): Sometimes<S> => declared("sometimes", spec, noteOf(spec)),
  leadsTo: <const A extends Ranges = NoArgs>(
    spec: LiveSpec<S, A> & N & { readonly from: OfState<S, A>; readonly to: OfState<S, A> },
  ): LeadsTo<S> => live("leadsTo", spec, noteOf(spec)),
  eventually: <const A extends Ranges = NoArgs>(
    spec: LiveSpec<S, A> & N & { readonly holds: OfState<S, A> },
  ): Eventually<S> => live("eventually", spec, noteOf(spec)),
  infinitelyOften: <const A extends Ranges = NoArgs>(
    spec: LiveSpec<S, A> & N & ({ readonly holds: OfState<S, A> } | { readonly step: OfStep<S, A> }),
  ): InfinitelyOften<S> => live("infinitelyOften", spec, noteOf(spec)),
  eventuallyAlways: <const A extends Ranges = NoArgs>(
    spec: LiveSpec<S, A> & N & { readonly holds: OfState<S, A> },
  ): EventuallyAlways<S> => live("eventuallyAlways", spec, noteOf(spec)),
});
