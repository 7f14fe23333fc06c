import { EXIT } from "./io.ts";
import { programName } from "../../program-name.ts";

/** What ends a run from outside: an interrupt (^C), a request to end, a terminal that went away. */
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Hears signals from the moment it is called. While somebody listens the first one is theirs, and the second ends the
 * process at once; while nobody does, a signal ends it with a line that says so.
 */
export const hearSignals = (say: (text: string) => void): ((stop: () => void) => () => void) => {
  const stops = new Set<() => void>();
  let began = false;
  let asked = false;
  const end = (signal: string): never => {
    const when = asked ? "twice" : began ? "after the search" : "before a search began";
    say(
      `${programName()}: interrupted ${when} (${signal})${asked || began ? "" : ": nothing was found yet"}\n`,
    );
    process.exit(EXIT.interrupted);
  };
  for (const signal of SIGNALS)
    process.on(signal, () => {
      if (asked || stops.size === 0) end(signal);
      asked = true;
      for (const stop of stops) stop();
    });
  return (stop) => {
    began = true;
    stops.add(stop);
    if (asked) stop();
    return () => stops.delete(stop);
  };
};
