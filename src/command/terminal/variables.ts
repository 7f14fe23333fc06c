import { programName } from "../../program-name.ts";

/** A variable of the environment that only this program looks at: `MY_TOOL_DEBUG` of `my-tool`. */
const variable = (name: string): string =>
  `${programName()
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]/g, "_")}_${name}`;

/** The variable that asks for the stack of an error. */
export const debugVariable = (): string => variable("DEBUG");

/** The variable that says how many seconds of processor time one guard, recipe or look at a property may take. */
export const limitVariable = (): string => variable("EVALUATION_SECONDS");
