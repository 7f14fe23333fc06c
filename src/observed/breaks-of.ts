import { CheckError } from "../errors.ts";
import { HIT } from "../model/judge.ts";
import { instancesOf, refuseLiveness, type Problem } from "../problem/exploration.ts";
import { lookAt, lookBetween } from "../problem/plain-step.ts";
import type { Breaks } from "./observing.ts";

/**
 * What breaks the properties of a problem, whatever their arguments.
 * @throws CheckError when one of them is about whole behaviours, which no capture shows.
 */
export const breaksOf = <S>(problem: Problem<S>): Breaks<S> => {
  for (const { id, kind } of refuseLiveness(problem.properties, "a capture"))
    if (kind === "sometimes")
      throw new CheckError(
        "usage",
        `${id} says that something is possible, which no run breaks: ask of a property that holds`,
      );
  const instances = instancesOf(problem);
  return {
    state: (state) => instances.some((one) => (lookAt(one, state) & HIT) !== 0),
    step: (step, before, after) =>
      instances.some((one) => (lookBetween(one, before, after, step) & HIT) !== 0),
  };
};
