import { grouped } from "../../check/verdict.ts";
import type { Progress } from "../../problem/exploration.ts";
import { bytesText, rate } from "../../report/effort.ts";
import { wrap } from "../../report/wrap.ts";
import type { Io } from "../terminal/io.ts";

/** Bytes that are resident and that may be, and how many states there are, where these are known. */
interface Measured {
  readonly resident: number;
  readonly limit?: number | undefined;
  readonly all?: number | undefined;
}

/** The one line that says how far a search is. */
export interface Meter {
  readonly show: (progress: Progress, seconds: number, measured: Measured) => void;
  /** Says something that stays, above the line. */
  readonly note: (text: string) => void;
  /** Takes the line away before anything else is printed. */
  readonly clear: () => void;
}

const EVERY = 0.2;
/** Columns of a note. */
const NOTE = 79;
const silent: Meter = { show: () => undefined, note: () => undefined, clear: () => undefined };

/** A meter on stderr where that is an interactive terminal, else a silent one; `which` says which search it is, where there are several. */
export const meterOf = ({ stderr, env }: Io, quiet: boolean, which: () => string = () => ""): Meter => {
  if (quiet || !stderr.isTTY || (env["CI"] ?? "") !== "" || env["TERM"] === "dumb") return silent;
  let last = -Infinity;
  let shown = false;
  const clear = (): void => {
    if (shown) stderr.write("\r\x1b[K");
    shown = false;
  };
  return {
    show: ({ depth, states, frontier, liveness = false }, seconds, { resident, limit, all }) => {
      if (seconds - last < EVERY) return;
      last = seconds;
      const doing = liveness
        ? "looking for runs that go on for ever"
        : `${grouped(rate(states, seconds))}/s  frontier ${grouped(frontier)}`;
      const found = all === undefined ? grouped(states) : `${grouped(states)} of ${grouped(all)}`;
      const text = `${which()}depth ${depth}  ${found} states  ${doing}  ${bytesText(resident)}`;
      const of = limit === undefined ? "" : ` of ${bytesText(limit)}`;
      stderr.write(`\r${(text + of).slice(0, (stderr.columns ?? 80) - 1)}\x1b[K`);
      shown = true;
    },
    note: (text) => {
      clear();
      stderr.write(`${wrap(text, NOTE).join("\n")}\n`);
    },
    clear,
  };
};
