import { exploreFast, problemOf, replay, type Patch } from "#check";
import { worldWith, type World } from "../../../scenarios/world.ts";
import type { State } from "../../../models/kvm/state.ts";
import { choiceOf } from "../../../src/catalogue/choice.ts";

/** A world, a guest and settings. */
export interface Asked {
  readonly spec: World;
  readonly design?: string | undefined;
  readonly guest: string;
  readonly set?: readonly string[];
  readonly patch?: Patch<State>;
}

const search = async ({ spec, design, guest, set = [], patch = {} }: Asked) => {
  const scenario = worldWith(spec, patch);
  const { model, start, unreachable } = scenario.build(choiceOf(scenario as never, { design, guest, set }));
  if (unreachable !== undefined) throw new Error(unreachable);
  const problem = problemOf(model, scenario.scope, scenario.properties, start);
  const found = await exploreFast(problem);
  if (found.stop !== "exhausted") throw new Error(`stopped: ${found.stop}`);
  const findingOf = (id: string) =>
    found.findings[scenario.properties.findIndex((property) => property.id === id)];
  return { found, problem, findingOf };
};

/** What was searched of each world as it is. */
const known = new WeakMap<World, Map<string, ReturnType<typeof search>>>();

/** Explores a world completely; what is asked of it again, and of no patch, is known. */
export const searched = (asked: Asked): ReturnType<typeof search> => {
  const { spec, design, guest, set = [], patch = {} } = asked;
  if (Object.keys(patch).length > 0) return search(asked);
  const before = known.get(spec) ?? new Map<string, ReturnType<typeof search>>();
  known.set(spec, before);
  const key = JSON.stringify([design, guest, set]);
  const found = before.get(key) ?? search(asked);
  before.set(key, found);
  return found;
};

/** The names of the actions in the shortest run that decides a property; none where there is no such run. */
export const traceOf = async (asked: Asked, property: string): Promise<readonly string[]> => {
  const { problem, findingOf } = await searched(asked);
  const { path } = findingOf(property);
  if (path === undefined) return [];
  return replay(problem, path).steps.map(({ step }) => step.action.name);
};
