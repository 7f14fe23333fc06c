import type { Outcome } from "../check/outcome.ts";
import { EXIT } from "./io.ts";

/** How strictly an outcome is judged. */
export interface Strictness {
  /** Any violation counts, expected or not. */
  readonly strict?: boolean;
  /** Only a complete search will do. */
  readonly requireComplete?: boolean;
}

/**
 * The exit code of an outcome: an interrupt says so whatever was found, a verdict other than expected outweighs a
 * limit, and a limit counts where it left a verdict open.
 */
export const exitCode = (
  { stop, complete, properties }: Pick<Outcome, "stop" | "complete" | "properties">,
  { strict = false, requireComplete = false }: Strictness,
): number => {
  if (stop === "interrupted") return EXIT.interrupted;
  if (properties.some(({ asExpected, verdict }) => !asExpected || (strict && verdict === "violated")))
    return EXIT.unexpected;
  if (requireComplete && !complete) return EXIT.limit;
  const limited = stop === "states" || stop === "memory" || stop === "time";
  const open = properties.length === 0 || properties.some(({ verdict }) => verdict === "unknown");
  return limited && open ? EXIT.limit : EXIT.asExpected;
};
