import type { Load } from "../catalogue/catalogue.ts";

/**
 * Runs the command line on a catalogue with the arguments of this process, and sets its exit code.
 * Every failure is printed, none is thrown.
 */
export const runCommandLine = async (load: Load): Promise<void> => {
  const [{ main }, { processIo }] = await Promise.all([
    import("./program.ts"),
    import("./terminal/process-io.ts"),
  ]);
  process.exitCode = await main(process.argv.slice(2), processIo(), load);
};
