import type { Args, ArgsOf, Ranges } from "./action.ts";

/** What is common to all properties. */
export interface Described {
  /** Stable, kebab-case. */
  readonly id: string;
  /** What it says, in one sentence of kernel terms. */
  readonly statement: string;
  /** Who says so: messages of the thread and dossier sections, for example `m16; timer 9.1 P1`. */
  readonly source: string;
  /** The claim it decides, for example `P1`, if any. */
  readonly claim?: string;
  /** The kernel functions it is about. */
  readonly kernel: string;
  readonly args: Ranges;
}

/** Holds in every reachable state in which its antecedent is true. */
export interface Invariant<S> extends Described {
  readonly kind: "invariant";
  readonly antecedent?: (state: S, args: Args) => boolean;
  readonly holds: (state: S, args: Args) => boolean;
}

/** The step that a step property looks at. */
export interface Taken {
  readonly action: string;
  readonly args: Args;
}

/** Holds for every transition for which its antecedent is true. */
export interface StepProperty<S> extends Described {
  readonly kind: "step";
  readonly antecedent?: (before: S, after: S, taken: Taken, args: Args) => boolean;
  readonly holds: (before: S, after: S, taken: Taken, args: Args) => boolean;
}

/** Some reachable state satisfies it. */
export interface Sometimes<S> extends Described {
  readonly kind: "sometimes";
  readonly holds: (state: S, args: Args) => boolean;
}

/** What can be asked of a model. */
export type Property<S> = Invariant<S> | StepProperty<S> | Sometimes<S>;

type Spec<S, K extends Property<S>["kind"], A extends Ranges> = Omit<Described, "args"> & {
  readonly args?: A;
} & (K extends "step"
    ? {
        readonly antecedent?: (before: S, after: S, taken: Taken, args: ArgsOf<A>) => boolean;
        readonly holds: (before: S, after: S, taken: Taken, args: ArgsOf<A>) => boolean;
      }
    : {
        readonly holds: (state: S, args: ArgsOf<A>) => boolean;
      } & (K extends "invariant"
        ? { readonly antecedent?: (state: S, args: ArgsOf<A>) => boolean }
        : unknown));

/** Declares properties over states `S`: `const { invariant, step, sometimes } = propertyOf<State>()`. */
export const propertyOf = <S>() => ({
  invariant: <const A extends Ranges = Record<never, never>>(spec: Spec<S, "invariant", A>): Invariant<S> =>
    ({ args: {}, ...spec, kind: "invariant" }) as unknown as Invariant<S>,
  step: <const A extends Ranges = Record<never, never>>(spec: Spec<S, "step", A>): StepProperty<S> =>
    ({ args: {}, ...spec, kind: "step" }) as unknown as StepProperty<S>,
  sometimes: <const A extends Ranges = Record<never, never>>(spec: Spec<S, "sometimes", A>): Sometimes<S> =>
    ({ args: {}, ...spec, kind: "sometimes" }) as unknown as Sometimes<S>,
});
