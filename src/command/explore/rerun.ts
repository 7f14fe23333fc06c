import { readdirSync, statSync, watch as watchFolder } from "node:fs";
import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { CheckError, systemReason } from "../../errors.ts";
import { programName } from "../../program-name.ts";
import { EXIT, type Io } from "../terminal/io.ts";

/** Calls `again` at each event until the answer is called. */
export type Subscribe = (again: () => void) => () => void;
/** Runs to its end, or until the signal ends it. */
export type Run = (signal: AbortSignal) => Promise<void>;

/**
 * Runs once, and again at each event: what still runs then is ended first, and of events meanwhile the last one counts.
 * Resolves when `stopped` does.
 */
export const rerunOn = async (subscribe: Subscribe, run: Run, stopped: Promise<void>): Promise<void> => {
  let tell: () => void = () => undefined;
  let next = new Promise<void>((resolve) => (tell = resolve));
  const end = subscribe(() => tell());
  let going = true;
  const over = stopped.then(() => {
    going = false;
  });
  try {
    while (going) {
      const ending = new AbortController();
      const running = run(ending.signal);
      await Promise.race([next, over, running.then(() => Promise.race([next, over]))]);
      next = new Promise<void>((resolve) => (tell = resolve));
      ending.abort();
      await running;
    }
  } finally {
    end();
  }
};

const READ = /\.([mc]?[tj]s|ya?ml)$/;

/** What is to be seen of the files in a folder that a run may read. */
const seenIn = (folder: string): string =>
  readdirSync(folder)
    .filter((name) => READ.test(name))
    .map((name) => {
      const found = statSync(join(folder, name), { throwIfNoEntry: false });
      return `${name} ${found?.mtimeMs} ${found?.size}`;
    })
    .join("\n");

/**
 * Tells of each change of a file, or of what stands beside it, which it may import. The folder is watched: editors often put
 * a new file in the place of the old one.
 * @throws CheckError when there is no such folder.
 */
export const savesOf =
  (file: string): Subscribe =>
  (again) => {
    const folder = dirname(file);
    try {
      let seen = seenIn(folder);
      const watcher = watchFolder(folder, () => {
        const now = seenIn(folder);
        if (now === seen) return;
        seen = now;
        again();
      });
      return () => watcher.close();
    } catch (error) {
      throw new CheckError("input", `cannot watch ${folder}: ${systemReason(error)}`, { cause: error });
    }
  };

/** This command in a process of its own, so that nothing is left of the time before. */
const inProcess =
  (argv: readonly string[]): Run =>
  (signal) =>
    new Promise((done, failed) => {
      const child = spawn(process.execPath, [...process.execArgv, ...argv], {
        stdio: ["ignore", "inherit", "inherit"],
      });
      const end = (): void => void child.kill("SIGKILL");
      signal.addEventListener("abort", end);
      child.on("error", failed).on("close", () => {
        signal.removeEventListener("abort", end);
        done();
      });
    });

/** `--watch`: the same command each time the file is saved, until an interrupt ends it; the exit code. */
export const rerunAtSaves = async (
  file: string | undefined,
  io: Io,
  run: Run = inProcess(process.argv.slice(1).filter((word) => word !== "--watch")),
): Promise<number> => {
  if (file === undefined)
    throw new CheckError("usage", "--watch runs again when a file is saved: name one, or leave out --watch");
  let times = 0;
  const told: Run = async (signal) => {
    if (times++ > 0) io.stderr.write(`\n${programName()}: ${file} was saved\n`);
    await run(signal);
    if (!signal.aborted)
      io.stderr.write(`${programName()}: run again when ${file} is saved; Ctrl-C ends this\n`);
  };
  await new Promise<void>((resolve, reject) => {
    let stop: () => void = () => undefined;
    const stopped = new Promise<void>((done) => (stop = done));
    const unheard = io.onInterrupt(stop);
    rerunOn(savesOf(file), told, stopped).finally(unheard).then(resolve, reject);
  });
  return EXIT.interrupted;
};
