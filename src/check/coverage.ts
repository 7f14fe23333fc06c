import type { Exploration, Problem } from "../problem/exploration.ts";

/** How often an action was taken, over all its arguments, and how many states were first reached by it. */
export interface ActionCoverage {
  readonly name: string;
  readonly fired: number;
  readonly newStates: number;
}

/** What a search exercised of a model. */
export interface Coverage {
  readonly actions: readonly ActionCoverage[];
  /** Actions that were never taken, in the order of the model. */
  readonly neverFired: readonly string[];
}

/** Sums up the steps of a search by action, in the order of the model. */
export const coverageOf = <S>(
  { model, steps }: Problem<S>,
  { fired, newStates }: Pick<Exploration<S>, "fired" | "newStates">,
): Coverage => {
  const actions = model.actions.map(({ name }) => ({ name, fired: 0, newStates: 0 }));
  const byName = new Map(actions.map((action) => [action.name, action]));
  for (const { id, action } of steps) {
    const sum = byName.get(action.name)!;
    sum.fired += fired[id];
    sum.newStates += newStates[id];
  }
  return { actions, neverFired: actions.filter(({ fired }) => fired === 0).map(({ name }) => name) };
};
