import type { Load } from "../catalogue/catalogue.ts";

/** The same, its evaluations watched once it is loaded, unless it is known that they end. */
const watched = (load: Load): Load => {
  if (load.ends === true) return load;
  const loading = async (): ReturnType<Load> => {
    (await import("./flags/watch-evaluations.ts")).watchEvaluations();
    return load();
  };
  return Object.assign(loading, load);
};

/**
 * Runs the command line on a catalogue with the arguments of this process, and sets its exit code.
 * Every failure is printed, none is thrown.
 */
export const runCommandLine = async (load: Load): Promise<void> => {
  const [{ main }, { processIo }] = await Promise.all([
    import("./program.ts"),
    import("./terminal/process-io.ts"),
  ]);
  process.exitCode = await main(process.argv.slice(2), processIo(), watched(load));
};
