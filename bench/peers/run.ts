import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** A command with its arguments. */
export type Command = readonly [string, ...string[]];

/** What a command printed, and what it took. */
export interface Ran {
  readonly output: string;
  /** By the clock, from start to exit. */
  readonly seconds: number;
  /** The largest resident set of the process, in bytes. */
  readonly peakBytes: number;
}

/** The peak of a running process's resident set, in bytes; 0 once it has gone. */
const peakOf = (pid: number): number => {
  try {
    const kib = /VmHWM:\s*(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
    return Number(kib?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
};

/** Runs a command to its end and watches its memory. @throws Error when it fails. */
export const run = ([program, ...args]: Command, cwd: string): Promise<Ran> =>
  new Promise((resolve, reject) => {
    const began = performance.now();
    const child = spawn(program, args, { cwd, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    let peakBytes = 0;
    const look = (): void => {
      peakBytes = Math.max(peakBytes, child.pid === undefined ? 0 : peakOf(child.pid));
    };
    const watch = setInterval(look, 10);
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text: string) => {
        output += text;
        look();
      });
    child.on("error", reject);
    child.on("close", (code) => {
      clearInterval(watch);
      const seconds = (performance.now() - began) / 1000;
      if (code === 0) resolve({ output, seconds, peakBytes });
      else reject(new Error(`${[program, ...args].join(" ")} ended with ${code}:\n${output.slice(-2000)}`));
    });
  });

/** Runs a command that prepares something. @throws Error when it fails. */
export const prepare = ([program, ...args]: Command, cwd: string): void => {
  const { status, stderr, stdout, error } = spawnSync(program, args, { cwd, encoding: "utf8" });
  if (status !== 0)
    throw new Error(`${[program, ...args].join(" ")} failed: ${error?.message ?? stderr + stdout}`);
};

/** Whether a program can be started at all. */
export const installed = (program: string, ...args: readonly string[]): boolean =>
  spawnSync(program, args, { stdio: "ignore" }).error === undefined;
