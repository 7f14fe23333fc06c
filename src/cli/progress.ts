import { grouped } from "../check/verdict.ts";
import type { Progress } from "../explore/exploration.ts";
import { bytesText, rate } from "../report/effort.ts";
import type { Io } from "./io.ts";

/** The one line that says how far a search is. */
export interface Meter {
  readonly show: (progress: Progress, seconds: number, resident: number) => void;
  /** Takes the line away before anything else is printed. */
  readonly clear: () => void;
}

const EVERY = 0.2;
const silent: Meter = { show: () => undefined, clear: () => undefined };

/** A meter on stderr where that is a terminal somebody looks at, else a silent one. */
export const meterOf = ({ stderr, env }: Io, quiet: boolean): Meter => {
  if (quiet || !stderr.isTTY || (env["CI"] ?? "") !== "" || env["TERM"] === "dumb") return silent;
  let last = -Infinity;
  let shown = false;
  return {
    show: ({ depth, states, frontier, liveness = false }, seconds, resident) => {
      if (seconds - last < EVERY) return;
      last = seconds;
      const doing = liveness
        ? "looking for runs that go on for ever"
        : `${grouped(rate(states, seconds))}/s  frontier ${grouped(frontier)}`;
      const text = `depth ${depth}  ${grouped(states)} states  ${doing}  ${bytesText(resident)}`;
      stderr.write(`\r${text.slice(0, (stderr.columns ?? 80) - 1)}\x1b[K`);
      shown = true;
    },
    clear: () => {
      if (shown) stderr.write("\r\x1b[K");
      shown = false;
    },
  };
};
