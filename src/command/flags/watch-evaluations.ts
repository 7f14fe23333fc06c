import { limitEvaluations, MOST_SECONDS } from "../../derive/evaluation-limit.ts";
import { CheckError } from "../../errors.ts";
import { limitVariable } from "../terminal/variables.ts";

/**
 * From now on what models and properties are made of is ended, in this thread, where it takes more processor time than the
 * environment allows. For code that nobody has tried: it may loop for ever.
 * @throws CheckError when the environment names no number of seconds.
 */
export const watchEvaluations = (env: NodeJS.ProcessEnv = process.env): void => {
  const said = env[limitVariable()] ?? "";
  const seconds = said === "" ? MOST_SECONDS : Number(said);
  try {
    limitEvaluations(seconds);
  } catch (error) {
    throw new CheckError("usage", `${limitVariable()}=${said}: ${(error as Error).message}`, {
      cause: error,
    });
  }
};
