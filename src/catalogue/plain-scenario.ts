import type { Scope } from "../schema/domain.ts";
import type { Model } from "../model/model.ts";
import type { Property } from "../model/property.ts";
import { initialStates } from "../problem/exploration.ts";
import { withLaws } from "./law-expectations.ts";
import { shelve, type AnyScenario, type Expectation } from "./scenario.ts";

/** A model with its size and what is asked of it, which has neither axes nor options. */
export interface PlainScenario<S> {
  /** As the command line takes it, for example `oracle/die-hard`. */
  readonly name: string;
  readonly about: string;
  readonly model: Model<S>;
  readonly scope: Scope;
  readonly properties: readonly Property<S>[];
  /** What is expected of them; no violation where nothing is said. Of a law it need not be said. */
  readonly expected?: readonly Expectation[];
}

/**
 * The scenario that explores a model from its own initial states.
 * @throws CheckError as `shelve`.
 */
export const scenarioOf = <S>({ model, expected = [], ...rest }: PlainScenario<S>): AnyScenario =>
  shelve<S>({
    ...rest,
    expected: withLaws(rest.properties, expected),
    options: [],
    start: "initial",
    build: () => ({ model, start: initialStates(model, rest.scope) }),
    origin: {
      state: model.state,
      axes: {},
      options: [],
      starts: ["initial"],
      predicates: [],
      whole: () => ({ model, takesPart: model.actions.map(({ name }) => name) }),
      begin: (_, { scope }) => ({ start: initialStates(model, scope) }),
    },
  });
