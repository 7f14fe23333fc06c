import { programName } from "../program-name.ts";
import { CheckError, nearest, unknownName } from "../errors.ts";
import type { AnyScenario } from "./scenario.ts";

/** What tells a scenario from others of its kind: `peterson` of `oracle/peterson`. */
export const shortNameOf = (name: string): string => name.slice(name.indexOf("/") + 1);

/**
 * The scenario of that name, whole or without its kind: `oracle/peterson` or `peterson`.
 * @throws CheckError when there is none, with the nearest; or several, with all of them.
 */
export const scenarioCalled = (scenarios: readonly AnyScenario[], name: string): AnyScenario => {
  const whole = scenarios.find((scenario) => scenario.name === name);
  if (whole !== undefined) return whole;
  const names = scenarios.map((scenario) => scenario.name);
  const short = scenarios.filter((scenario) => shortNameOf(scenario.name) === name);
  if (short.length === 1) return short[0];
  if (short.length > 1)
    throw new CheckError(
      "unknown-name",
      `"${name}" may be ${short.map((scenario) => scenario.name).join(" or ")}\n  give the whole name`,
    );
  const shorts = names.map(shortNameOf);
  // A short name that is misspelt is far from every whole one.
  const known = nearest(name, names) === undefined && nearest(name, shorts) !== undefined ? shorts : names;
  throw unknownName("scenario", name, known, `see: ${programName()} list scenarios`);
};
