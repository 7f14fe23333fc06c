import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What another checker found in an exported world. */
interface Peer {
  readonly states: number;
  readonly transitions: number;
  readonly errors: number;
}

/** Those of some programs that cannot be started here. */
export const missing = (...programs: readonly string[]): readonly string[] =>
  programs.filter((program) => spawnSync(program, ["--version"], { stdio: "ignore" }).error !== undefined);

const ran = (cwd: string, program: string, ...args: readonly string[]): string => {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  // Rumur's verifier exits with 1 where it found errors, which are for the reader of its text.
  if (error !== undefined || (status !== 0 && !stdout.includes("State Space Explored")))
    throw new Error(
      `${[program, ...args].join(" ")} ended with ${status}: ${stderr.slice(-2000)}${stdout.slice(-500)}`,
    );
  return stdout;
};

const inFolder = <T>(text: string, use: (folder: string) => T): T => {
  const folder = mkdtempSync(join(tmpdir(), "apicv-check-peer-"));
  try {
    writeFileSync(join(folder, "world"), text);
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const number = (text: string, pattern: RegExp): number => {
  const found = pattern.exec(text)?.[1];
  if (found === undefined) throw new Error(`no ${String(pattern)} in:\n${text.slice(-2000)}`);
  return Number(found);
};

/** What Rumur finds in a Murphi model, and how often each of its cover properties was met, in all rules together. */
export const byRumur = (text: string): Peer & { readonly covers: ReadonlyMap<string, number> } =>
  inFolder(text, (folder) => {
    const exact = ["--symmetry-reduction", "off", "--deadlock-detection", "off"];
    ran(folder, "rumur", ...exact, "--output", "world.c", "world");
    ran(folder, "gcc", "-O2", "-w", "-mcx16", "-o", "verifier", "world.c", "-lpthread", "-latomic");
    const said = ran(folder, "./verifier");
    const covers = new Map<string, number>();
    for (const [, name, hits] of said.matchAll(/cover "(.*)" (?:hit (\d+) times|not hit)/g))
      covers.set(name, (covers.get(name) ?? 0) + Number(hits ?? 0));
    return {
      states: number(said, /(\d+) states, \d+ rules fired/),
      transitions: number(said, /\d+ states, (\d+) rules fired/),
      errors: said.includes("No error found") ? 0 : number(said, /(\d+) error\(s\) found/),
      covers,
    };
  });

/** What Spin finds in a Promela model; with a macro, until it has found what that is about. */
export const bySpin = (text: string, macro?: string): Peer =>
  inFolder(text, (folder) => {
    ran(folder, "spin", "-o2", "-a", ...(macro === undefined ? [] : [`-D${macro}`]), "world");
    ran(folder, "gcc", "-O1", "-w", "-DSAFETY", "-DNOREDUCE", "-DNOFAIR", "-o", "pan", "pan.c");
    const said = ran(folder, "./pan", "-E", "-m1000000");
    return {
      states: number(said, /(\d+) states, stored/),
      // Spin counts the start as a transition.
      transitions: number(said, /([\d.e+]+) transitions/) - 1,
      errors: number(said, /errors: (\d+)/),
    };
  });
