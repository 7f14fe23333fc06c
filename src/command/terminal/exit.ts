import { isUnrecorded, type Outcome, type PropertyResult } from "../../catalogue/outcome.ts";
import type { Stop } from "../../problem/exploration.ts";
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

/** What an exit code is found from. */
export interface Judged extends Pick<Outcome, "stop" | "complete"> {
  readonly properties: readonly Pick<PropertyResult, "verdict" | "expected" | "asExpected">[];
  /** Why there was nothing to explore though something is expected. */
  readonly refusal?: string | null;
}

/** Whether a verdict is one that makes the exit code 1. */
export const fails = (
  result: Judged["properties"][number],
  { strict = false, allowUnrecorded = false }: Strictness,
): boolean => {
  if (strict && result.verdict === "violated") return true;
  return !result.asExpected && !(allowUnrecorded && isUnrecorded(result));
};

/** Whether a search ended at a limit on what it may use. */
export const isLimit = (stop: Stop | undefined): boolean =>
  stop === "states" || stop === "memory" || stop === "time";

/**
 * The exit code of an outcome: an interrupt says so whatever was found, a verdict other than expected outweighs a
 * limit, as does a start that is refused though something is expected of it, and a limit counts where it left a verdict
 * open.
 */
export const exitCode = (
  { stop, complete, properties, refusal = null }: Judged,
  strictness: Strictness,
): number => {
  if (stop === "interrupted") return EXIT.interrupted;
  if (refusal !== null || properties.some((result) => fails(result, strictness))) return EXIT.unexpected;
  if (strictness.requireComplete === true && !complete) return EXIT.limit;
  const limited = isLimit(stop);
  const open = properties.length === 0 || properties.some(({ verdict }) => verdict === "unknown");
  return limited && open ? EXIT.limit : EXIT.asExpected;
};

/** The gravest exit code of several searches. */
export const gravestExit = (all: readonly Judged[], strictness: Strictness): number => {
  const codes = all.map((one) => exitCode(one, strictness));
  const order = [EXIT.interrupted, EXIT.unexpected, EXIT.limit];
  return order.find((code) => codes.includes(code)) ?? EXIT.asExpected;
};
