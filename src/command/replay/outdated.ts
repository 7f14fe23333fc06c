import { programName } from "../../program-name.ts";
import { CheckError } from "../../errors.ts";

/** The version that a trace was made for, where it is not the current one, and how to find such a run again. */
interface Outdated {
  readonly version: string;
  readonly current: string;
  readonly find: string;
}

/** Says what does not fit any more, where a run was made for another version of the model. */
export const fitting = <T>(make: () => T, outdated: Outdated | undefined): T => {
  try {
    return make();
  } catch (error) {
    if (outdated === undefined || !(error instanceof CheckError)) throw error;
    const { version, current, find } = outdated;
    throw new CheckError(
      "version",
      `the trace was made for version ${version} of this model, which is now ${current}, and does not fit it:\n` +
        `  ${error.message}\n  find it again: ${programName()} explore ${find}`,
      { cause: error },
    );
  }
};

/** What is said of a run that was made for another version of the model and still fits. */
export const otherModel = (version: string, current: string): string =>
  `note: the trace was made for version ${version} of this model, which is now ${current}: ` +
  "this is what the run does now";
