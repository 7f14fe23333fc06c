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

/** Explores a world completely. */
export const searched = async ({ spec, design, guest, set = [], patch = {} }: Asked) => {
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

/** The names of the actions in the shortest run that decides a property; none where there is no such run. */
export const traceOf = async (asked: Asked, property: string): Promise<readonly string[]> => {
  const { problem, findingOf } = await searched(asked);
  const { path } = findingOf(property);
  if (path === undefined) return [];
  return replay(problem, path).steps.map(({ step }) => step.action.name);
};
