import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A bug to plant: one place of one file, rewritten. */
export interface Mutant {
  readonly about: string;
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly from: string;
  readonly to: string;
  /** The tests that it has to get past, where these are not those of its list. */
  readonly tests?: readonly string[];
}

/** What became of a mutant; one that hangs is killed as well, for a test run that does not end is no pass. */
export type Fate = "killed" | "killed by the clock" | "survived";

const root = process.cwd();

/** A copy of everything that git tracks, with the installed packages linked in. @throws Error when `git` fails. */
export const copyOfSources = (): string => {
  const copy = mkdtempSync(join(tmpdir(), "apicv-check-mutant-"));
  const files = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
  });
  for (const file of files.toString().split("\0").filter(Boolean)) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    cpSync(join(root, file), join(copy, file));
  }
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  return copy;
};

/** @throws Error when the place to rewrite is not there, or is there twice: then the mutant is out of date. */
const mutated = (text: string, { about, file, from, to }: Mutant): string => {
  const parts = text.split(from);
  if (parts.length !== 2)
    throw new Error(
      `the mutant "${about}" rewrites what stands in ${file} ${parts.length - 1} times: ${from}`,
    );
  return parts.join(to);
};

const runTests = (cwd: string, tests: readonly string[], seconds: number): Promise<Fate> =>
  new Promise((resolve, reject) => {
    const child = spawn("npx", ["vitest", "run", "--mode=night", "--bail=1", "--reporter=dot", ...tests], {
      cwd,
      stdio: "ignore",
      detached: true,
    });
    let late = false;
    const clock = setTimeout(() => {
      late = true;
      process.kill(-child.pid!, "SIGKILL");
    }, seconds * 1000);
    child.on("error", reject);
    child.on("close", (code) => {
      clearTimeout(clock);
      resolve(late ? "killed by the clock" : code === 0 ? "survived" : "killed");
    });
  });

/** Plants a mutant in a copy of the sources, runs some tests on it, and takes it out again. */
export const fateOf = async (copy: string, mutant: Mutant, tests: readonly string[]): Promise<Fate> => {
  const file = join(copy, mutant.file);
  const text = readFileSync(file, "utf8");
  writeFileSync(file, mutated(text, mutant));
  try {
    return await runTests(copy, mutant.tests ?? tests, 600);
  } finally {
    writeFileSync(file, text);
  }
};

/** Removes a copy of the sources. */
export const discard = (copy: string): void => rmSync(copy, { recursive: true, force: true });
