import { isUnrecorded, type Outcome, type PropertyResult } from "../../catalogue/outcome.ts";
import { EXIT } from "./io.ts";

/** How strictly an outcome is judged. */
export interface Strictness {
  /** Any violation counts, expected or not. */
  readonly strict?: boolean;
  /** A violation of which no expectation says anything does not count. */
  readonly allowUnrecorded?: boolean;
  /** Only a complete search will do. */
  readonly requireComplete?: boolean;
}

const surprises = (
  result: PropertyResult,
  { strict = false, allowUnrecorded = false }: Strictness,
): boolean => {
  if (strict && result.verdict === "violated") return true;
  return !result.asExpected && !(allowUnrecorded && isUnrecorded(result));
};

/**
 * The exit code of an outcome: an interrupt says so whatever was found, a verdict other than expected outweighs a
 * limit, and a limit counts where it left a verdict open.
 */
export const exitCode = (
  { stop, complete, properties }: Pick<Outcome, "stop" | "complete" | "properties">,
  strictness: Strictness,
): number => {
  if (stop === "interrupted") return EXIT.interrupted;
  if (properties.some((result) => surprises(result, strictness))) return EXIT.unexpected;
  if (strictness.requireComplete === true && !complete) return EXIT.limit;
  const limited = stop === "states" || stop === "memory" || stop === "time";
  const open = properties.length === 0 || properties.some(({ verdict }) => verdict === "unknown");
  return limited && open ? EXIT.limit : EXIT.asExpected;
};
