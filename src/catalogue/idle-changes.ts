import type { Action } from "../model/action.ts";
import {
  problemOf,
  type Exploration,
  type Explore,
  type Problem,
  type Pulse,
  type Stop,
} from "../problem/exploration.ts";
import type { TakingPart, Varied } from "./varied.ts";

/** A search of more states is not done a second time. */
const MOST = 100_000;

/** The step that is never taken, and says where it could have been. */
const ghostOf = (action: Action<unknown>, enabled: () => void): Action<unknown> => ({
  ...action,
  guard: (state, args) => {
    if (action.guard(state, args)) enabled();
    return false;
  },
});

/**
 * Of the actions that were dropped, those of which no step would have been enabled anywhere: the states are searched again,
 * with each looked at and not taken. Says nothing where that is not complete.
 */
const neverMissed = async <S>(
  { model, scope, start }: Problem<S>,
  dropped: TakingPart["dropped"],
  explore: Explore,
  pulse: Pulse | undefined,
): Promise<readonly string[]> => {
  const missed = new Set<string>();
  const ghosts = dropped.flatMap(({ change, actions }) =>
    actions.map((action) => ghostOf(action, () => void missed.add(change)) as Action<S>),
  );
  const { leftOut: _, ...bare } = model;
  const watched = problemOf({ ...bare, actions: [...model.actions, ...ghosts] }, scope, [], start);
  const { stop } = await explore(watched, { states: 2 * MOST }, pulse);
  return stop === "exhausted"
    ? dropped.map(({ change }) => change).filter((change) => !missed.has(change))
    : [];
};

/** The changes of who takes part after which no step was taken that would not have been, or missed. */
const idleParts = async <S>(
  problem: Problem<S>,
  { stop, states, fired }: Exploration<S>,
  { added, dropped }: TakingPart,
  explore: Explore,
  pulse: Pulse | undefined,
): Promise<readonly string[]> => {
  const taken = new Set(problem.steps.filter(({ id }) => fired[id] > 0).map(({ action }) => action.name));
  const unused = added.filter(({ names }) => names.length > 0 && !names.some((name) => taken.has(name)));
  const some = dropped.filter(({ actions }) => actions.length > 0);
  const again = some.length > 0 && stop === "exhausted" && states <= MOST;
  return [
    ...unused.map(({ change }) => change),
    ...(again ? await neverMissed(problem, some, explore, pulse) : []),
  ];
};

/** Where a search was cut short, how far each thread had come by then is a matter of luck. */
const CUT: readonly Stop[] = ["states", "memory", "time", "violation", "interrupted"];

/**
 * An engine that tells of a varied scenario, beside what it finds, which changes of the model made no difference; nothing
 * where the search was cut short. Threads of the engine are to note what they see in the `marks` of what is varied.
 * `again` searches other models than the one that the engine is made for.
 */
export const noticingIdle =
  (varied: Varied | undefined, explore: Explore, again: Explore = explore): Explore =>
  async (problem, bounds, pulse) => {
    if (varied === undefined) return explore(problem, bounds, pulse);
    const { actions } = problem.model;
    varied.watch(actions);
    const found = await explore(problem, bounds, pulse);
    if (CUT.includes(found.stop)) return found;
    const idle = varied.idle(actions);
    const parts = varied.partIn?.(actions);
    const more = parts === undefined ? [] : await idleParts(problem, found, parts, again, pulse);
    return { ...found, idleChanges: [...idle, ...more] };
  };
