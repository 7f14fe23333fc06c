import { CheckError } from "../../errors.ts";

/** The flags with the scenario that is named without one. @throws CheckError when it is named with and without. */
export const scenarioGiven = <F extends { readonly scenario?: string }>(
  name: string | undefined,
  flags: F,
): F => {
  if (name === undefined) return flags;
  if (flags.scenario === undefined) return { ...flags, scenario: name };
  throw new CheckError(
    "usage",
    `the scenario is given twice: leave out ${name}, or --scenario ${flags.scenario}`,
  );
};
