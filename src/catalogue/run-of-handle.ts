import { pathOf } from "../check/schedule.ts";
import { problemOf, type Path, type Problem } from "../problem/exploration.ts";
import { parseHandle, type Handle } from "./handle.ts";
import { applicable } from "./outcome.ts";
import type { AnyScenario, Choice, Instantiated } from "./scenario.ts";

/** A saved run, with the problem that it is a run of. */
export interface RunOfHandle extends Pick<Handle, "scenario" | "choice" | "property"> {
  readonly problem: Problem<unknown>;
  readonly path: Path;
}

/**
 * The run that a handle names, in the problem of all that its scenario asks: results come from other threads as text, and their
 * runs do not come with them. `build` gives the world; it may remember those it built.
 * @throws CheckError what `parseHandle` throws, and when the world has no such run.
 */
export const runOfHandle = (
  handle: string,
  scenarios: readonly AnyScenario[],
  build: (scenario: AnyScenario, choice: Choice) => Instantiated<unknown>,
): RunOfHandle => {
  const { scenario, choice, property, schedule } = parseHandle(handle, scenarios);
  const built = build(scenario, choice);
  const { model, start } = built;
  const asked = applicable({ scenario, choice, properties: scenario.properties }, built);
  const properties = property === null || asked.includes(property) ? asked : [...asked, property];
  const problem = problemOf(model, scenario.scope, properties, start);
  return { scenario, choice, property, problem, path: pathOf(problem, schedule) };
};
