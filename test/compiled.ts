import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");

/** How a process ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command's own file. */
export const MAIN = "dist/cli/main.js";

/** The program as it ships, compiled into a directory of its own. */
export interface Compiled {
  readonly dir: string;
  /** Runs a file of the directory with node; `meanwhile` is called once it has begun. */
  readonly run: (
    file: string,
    args?: readonly string[],
    meanwhile?: (child: ChildProcess) => void,
  ) => Promise<Ended>;
  readonly remove: () => void;
}

/** A worker that runs away with the heap ends before the machine suffers. */
const limits = ["--max-old-space-size=400"];

const tool = (file: string, ...args: readonly string[]): void => {
  execFileSync(process.execPath, [join(root, "node_modules", file), ...args], { cwd: root });
};

/** Compiles a project into a directory of its own, and puts some files beside it. */
const compiledFrom = (project: string, files: readonly string[], ...options: readonly string[]): Compiled => {
  const dir = mkdtempSync(join(tmpdir(), "apicv-check-"));
  cpSync(join(root, "package.json"), join(dir, "package.json"));
  symlinkSync(join(root, "node_modules"), join(dir, "node_modules"));
  tool("typescript/bin/tsc", "-p", project, "--outDir", join(dir, "dist"), ...options);
  tool("rolldown/bin/cli.mjs", "-c", "--logLevel", "silent", "--dir", join(dir, dirname(MAIN)));
  for (const file of files)
    cpSync(join(root, "test", file), join(dir, file.slice(file.lastIndexOf("/") + 1)));
  return {
    dir,
    run: (file, args = [], meanwhile) =>
      new Promise((done, failed) => {
        const child = spawn(process.execPath, [...limits, join(dir, file), ...args], {
          env: { PATH: process.env["PATH"] },
        });
        const text = { stdout: "", stderr: "" };
        child.stdout.on("data", (chunk) => (text.stdout += String(chunk)));
        child.stderr.on("data", (chunk) => (text.stderr += String(chunk)));
        child.on("error", failed);
        child.on("close", (code) => done({ code, ...text }));
        meanwhile?.(child);
      }),
    remove: () => rmSync(dir, { recursive: true }),
  };
};

/** Compiles the program, and puts some files beside it; they are written for node, as worker threads need. */
export const compiled = (...files: readonly string[]): Compiled => compiledFrom(root, files);

/** Compiles the program and its tests, and puts some files beside them. */
export const compiledTests = (...files: readonly string[]): Compiled =>
  compiledFrom(join(root, "test"), files, "--noEmit", "false");
