import { Option } from "commander";
import { TRACE_DETAILS, type TraceDetail, type TraceStyle } from "../../report/run/trace-style.ts";
import type { Io } from "../terminal/io.ts";

/** The options that say how runs are printed, as parsed. */
export interface TraceFlags {
  readonly trace?: TraceDetail;
}

/** Which of the shortest runs is printed: the one found first, or one with the fewest switches between actors. */
const TRACE_ORDERS = ["shortest", "calm"] as const;

/** The option for which of the shortest runs is printed. */
export const traceOrderOption = (): Option =>
  new Option(
    "--trace-order <order>",
    "of the shortest runs the one found first, or one with the fewest switches between actors (default: calm, where it is found soon)",
  ).choices(TRACE_ORDERS);

/** The option for how much of a run is printed. */
export const traceOption = (): Option =>
  new Option(
    "--trace <detail>",
    "how runs are printed: a line a step, what nobody else sees folded; nothing folded; or each step with what is noted of it (default: brief)",
  ).choices(TRACE_DETAILS);

/** Whether what is printed may be in colour: on a terminal that can, unless NO_COLOR is set (no-color.org). */
export const colourOf = ({ stdout, env }: Pick<Io, "stdout" | "env">): boolean =>
  stdout.isTTY && (env["NO_COLOR"] ?? "") === "" && env["TERM"] !== "dumb";

/** How runs are printed where these options are given: as wide as the terminal lets them be, and in its colours. */
export const traceStyle = ({ trace }: TraceFlags, io: Pick<Io, "stdout" | "env">): TraceStyle => {
  const { isTTY, columns } = io.stdout;
  return {
    ...(trace === undefined ? {} : { trace }),
    ...(isTTY && columns !== undefined ? { terminal: columns } : {}),
    ...(colourOf(io) ? { colour: true } : {}),
  };
};
