import {
  scenarioOf,
  stepsOf,
  type AnyScenario,
  type Expectation,
  type Fairness,
  type Liveness,
  type Model,
  type PlainScenario,
  type Property,
  type Scope,
} from "#check";
import { textbookPropertyOf } from "./source.ts";

/** A textbook model with known answers: it has no designs, guests or options. */
interface Oracle<S> extends PlainScenario<S> {
  readonly name: `oracle/${string}`;
  readonly expected: readonly Expectation[];
}

/** The scenario that explores a textbook model from its own initial states. */
export const oracle = <S>(known: Oracle<S>): AnyScenario => scenarioOf(known);

/** In every reachable state of `model` some step is enabled. */
export const deadlockFree = <S>(model: Model<S>, scope: Scope, source: string): Property<S> => {
  const steps = stepsOf(model, scope);
  return textbookPropertyOf<S>().invariant({
    id: "deadlock-free",
    statement: "Some step is enabled.",
    source,
    holds: (s) => steps.some(({ action, args }) => action.guard(s, args)),
  });
};

/** A row of a table of known answers: a property, and why it is violated under the assumptions where it is. */
export interface LiveRow<S, N extends string> {
  readonly id: string;
  readonly fails: Readonly<Partial<Record<N, string>>>;
  readonly make: (id: string, fairness: readonly Fairness<S>[]) => Liveness<S>;
}

/**
 * A table of liveness properties, each under each assumption of fairness, whose name its id ends in, and the verdicts
 * known of them.
 */
export const liveTable =
  <S>() =>
  <const N extends string>(
    assumptions: Readonly<Record<N, readonly Fairness<S>[]>>,
    rows: readonly LiveRow<S, NoInfer<N>>[],
  ): { readonly properties: readonly Liveness<S>[]; readonly expected: readonly Expectation[] } => {
    const names = Object.keys(assumptions) as N[];
    const cells = rows.flatMap((row) =>
      names.map((name) => ({ ...row, property: `${row.id}-${name}`, name, because: row.fails[name] })),
    );
    return {
      properties: cells.map(({ make, property, name }) => make(property, assumptions[name])),
      expected: cells.map(({ property, because }) =>
        because === undefined ? { property, verdict: "holds" } : { property, verdict: "violated", because },
      ),
    };
  };

/** Why nothing good needs to happen where no fairness is assumed. */
export const mayStop = "without fairness everything may stop";
