import type { Action, Args } from "../../src/model/action.ts";
import { problemOf, type Domain, type Model, type Problem, type Property, type Scope } from "#check";

/** An action of a toy model: its name, guard and effect. */
interface Toy<S> {
  readonly guard?: (state: S, args: Args) => boolean;
  readonly effect: (draft: never, args: Args) => void;
  readonly args?: Readonly<Record<string, string>>;
}

/** Poses a model that is about nothing but the engine. */
export const toy = <S>(
  state: Domain<S>,
  scope: Scope,
  start: readonly S[],
  actions: Readonly<Record<string, Toy<S>>>,
  properties: readonly Property<S>[] = [],
): Problem<S> => {
  const model: Model<S> = {
    name: "toy",
    state,
    init: () => start,
    actions: Object.entries(actions).map(([name, { guard = () => true, effect, args = {} }]): Action<S> => ({
      name,
      actor: () => "CPU0",
      args,
      kernel: "-",
      source: "-",
      atomic: "-",
      guard,
      effect: effect as Action<S>["effect"],
    })),
  };
  return problemOf(model, scope, properties, start);
};

/** What every property of a toy model says of itself. */
export const said = { statement: "-", source: "-", kernel: "-", args: {} } as const;
