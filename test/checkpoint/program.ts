import type { ChildProcess } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { MAIN, type Compiled, type Ended } from "../fixtures/compiled.ts";

/** What differs from run to run. */
const EFFORT = [
  "seconds",
  "statesPerSecond",
  "transitionsPerSecond",
  "peakMemoryBytes",
  "bytesPerState",
  "workers",
  "checkpoint",
];

/** Runs `explore` with the words of `line`. */
export const explored = (
  program: Compiled,
  line: string,
  meanwhile?: (child: ChildProcess) => void,
): Promise<Ended> => program.run(MAIN, ["explore", "--quiet", "--json", ...line.split(" ")], meanwhile);

/** What a run of `explore` says, but for time, memory and threads. */
export const resultOf = ({ stdout }: Ended): unknown => {
  const result = JSON.parse(stdout) as Record<string, unknown>;
  for (const key of EFFORT) delete result[key];
  return result;
};

/** The states in the checkpoint of a directory; 0 where there is none. */
export const statesIn = (dir: string): number => {
  const file = join(dir, "checkpoint.json");
  if (!existsSync(file)) return 0;
  const { checkpoint } = JSON.parse(readFileSync(file, "utf8")) as {
    readonly checkpoint: { readonly standing: { readonly states: number } };
  };
  return checkpoint.standing.states;
};

/** Waits for a checkpoint of more states than there were, and then up to so many milliseconds. */
export const afterCheckpoint = async (dir: string, before: number, most: number): Promise<void> => {
  for (let looks = 0; statesIn(dir) <= before && looks < 2_000; looks++) await setTimeout(5);
  await setTimeout(Math.random() * most);
};

/**
 * Begins a search and goes on with it, killing it `kills` times at random moments; gives what the last run says. The
 * numbers of workers take turns.
 */
export const killedNowAndThen = async (
  program: Compiled,
  dir: string,
  {
    line,
    kills,
    workers,
  }: { readonly line: string; readonly kills: number; readonly workers: readonly number[] },
): Promise<{ readonly ended: Ended; readonly killed: number }> => {
  let killed = 0;
  const run = (turn: number, meanwhile?: (child: ChildProcess) => void): Promise<Ended> =>
    explored(
      program,
      `${line} --checkpoint ${dir} --checkpoint-every 20ms --workers ${workers[turn % workers.length]}` +
        (statesIn(dir) > 0 ? ` --resume ${dir}` : ""),
      meanwhile,
    );
  for (let turn = 0; turn < kills; turn++) {
    const before = statesIn(dir);
    const { code } = await run(turn, (child) => {
      const ended = new Promise<void>((resolve) => void child.on("exit", () => resolve()));
      void Promise.race([afterCheckpoint(dir, before, 100), ended]).then(() => child.kill("SIGKILL"));
    });
    if (code === null) killed++;
  }
  return { ended: await run(kills), killed };
};
