import { Option } from "commander";
import { TRACE_DETAILS, type TraceDetail, type TraceStyle } from "../../report/run/trace-style.ts";
import type { Io } from "../terminal/io.ts";

/** The options that say how runs are printed, as parsed. */
export interface TraceFlags {
  readonly trace?: TraceDetail;
}

/** The option for how much of a run is printed. */
export const traceOption = (): Option =>
  new Option(
    "--trace <detail>",
    "how runs are printed: a line a step, what nobody else sees folded; nothing folded; or each step with what is noted of it (default: brief)",
  ).choices(TRACE_DETAILS);

/** How runs are printed where these options are given: as wide as the terminal lets them be. */
export const traceStyle = ({ trace }: TraceFlags, { stdout }: Pick<Io, "stdout">): TraceStyle => ({
  ...(trace === undefined ? {} : { trace }),
  ...(stdout.isTTY && stdout.columns !== undefined ? { terminal: stdout.columns } : {}),
});
