import {
  propertyOf,
  shelve,
  stepsOf,
  type AnyScenario,
  type Expectation,
  type Model,
  type Property,
  type Scope,
} from "#check";

/** A textbook model with known answers: it has no designs, guests or options. */
interface Oracle<S> {
  readonly name: `oracle/${string}`;
  readonly about: string;
  readonly model: Model<S>;
  readonly scope: Scope;
  readonly properties: readonly Property<S>[];
  readonly expected: readonly Expectation[];
}

/** The scenario that explores a textbook model from its own initial states. */
export const oracle = <S>({ model, ...rest }: Oracle<S>): AnyScenario =>
  shelve<S>({
    ...rest,
    designs: [],
    guests: [],
    options: [],
    start: "initial",
    build: () => ({ model, start: model.init(rest.scope) }),
  });

/** In every reachable state of `model` some step is enabled. */
export const deadlockFree = <S>(model: Model<S>, scope: Scope, source: string): Property<S> => {
  const steps = stepsOf(model, scope);
  return propertyOf<S>().invariant({
    id: "deadlock-free",
    statement: "Some step is enabled.",
    source,
    kernel: "-",
    holds: (s) => steps.some(({ action, args }) => action.guard(s, args)),
  });
};
