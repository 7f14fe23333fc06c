import { EXIT } from "./io.ts";
import { programName } from "../../program-name.ts";

/** What ends a run from outside: an interrupt (^C), a request to end, a terminal that went away. */
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Hears signals from when somebody first listens. While somebody does, the first one is theirs, and the second ends the
 * process at once; afterwards one ends it with a line that says so. Before, a signal ends the process by itself, also where
 * code that is loaded loops, so that no handler would ever be called.
 */
export const hearSignals = (say: (text: string) => void): ((stop: () => void) => () => void) => {
  const stops = new Set<() => void>();
  let hears = false;
  let asked = false;
  const end = (signal: string): never => {
    say(`${programName()}: interrupted ${asked ? "twice" : "after the search"} (${signal})\n`);
    process.exit(EXIT.interrupted);
  };
  const hear = (): void => {
    hears = true;
    for (const signal of SIGNALS)
      process.on(signal, () => {
        if (asked || stops.size === 0) end(signal);
        asked = true;
        for (const stop of stops) stop();
      });
  };
  return (stop) => {
    if (!hears) hear();
    stops.add(stop);
    if (asked) stop();
    return () => stops.delete(stop);
  };
};
