import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compiled, MAIN, type Compiled } from "../fixtures/compiled.ts";

let program: Compiled;
let dir = "";
beforeAll(() => {
  program = compiled();
  ({ dir } = program);
});
afterAll(() => program.remove());

interface Where {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** A redirection of the shell. */
  readonly to?: string;
}
const ran = (line: string, { env = {}, cwd = dir, to }: Where = {}) => {
  const words = [join(dir, MAIN), ...line.split(" ").filter(Boolean)];
  const shell = ["--norc", "-c", `"$0" "$@" ${to}`, process.execPath, ...words];
  const [program, args] = to === undefined ? [process.execPath, words] : ["bash", shell];
  const surroundings = { cwd, env: { PATH: process.env["PATH"], ...env } };
  const { status, stdout, stderr } = spawnSync(program, args, { ...surroundings, encoding: "utf8" });
  return { code: status, stdout, stderr };
};

/** A world with a violation in words, and one without as data: small enough to be run often. */
const LINES = [
  "explore --scenario oracle/two-phase-commit-hasty",
  "explore --scenario oracle/peterson --json",
];
/** What a run takes of time and memory differs from run to run. */
const timeless = (text: string): string =>
  text
    .replace(/"(seconds|statesPerSecond|transitionsPerSecond|peakMemoryBytes)": [\d.]+/g, '"$1": _')
    .replace(/[\d.]+ s,\s+[\d,]+\s+states\/s,\s+[\d,]+\s+transitions\/s,\s+[\d.]+\s+[kMG]?B\s+peak/g, "_");

describe("F12: the surroundings make no difference to a report", () => {
  const reports = (where: Where): readonly string[] =>
    LINES.map((line) => {
      const { code, stdout, stderr } = ran(line, where);
      expect(stderr).toBe("");
      return `exit ${code}\n${timeless(stdout)}`;
    });
  let usual: readonly string[] = [];
  beforeAll(() => {
    usual = reports({});
  });

  test("there is something to compare", () => {
    expect(usual[0]).toMatch(/^exit 0[^]*consistent +violated/);
    expect(usual[1]).toContain('"complete": true');
  });

  test.each<readonly [string, Readonly<Record<string, string>>]>([
    ["Turkish, where i has another capital", { LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8" }],
    ["German, where a comma is the decimal point", { LANG: "de_DE.UTF-8", LC_ALL: "de_DE.UTF-8" }],
    ["the C locale", { LC_ALL: "C" }],
    ["a time zone a day away", { TZ: "Pacific/Kiritimati" }],
    ["a time zone that there is not", { TZ: "Nowhere/Never" }],
    ["a dumb terminal", { TERM: "dumb" }],
    ["no terminal, no home", { TERM: "", HOME: "" }],
    ["a home that is not there", { HOME: "/nonexistent" }],
    ["colours asked for", { FORCE_COLOR: "3", CLICOLOR_FORCE: "1" }],
    ["narrow", { COLUMNS: "20" }],
  ])("%s", (_, env) => {
    expect(reports({ env })).toEqual(usual);
  });

  test("a working directory in which nobody can write", () => {
    expect(reports({ cwd: "/proc" })).toEqual(usual);
  });
});

describe("V9: what cannot be written is said, and is the exit code; a reader that left is none", () => {
  test("a reader that leaves after one line", () => {
    for (const [line, code] of [
      ["explore --scenario oracle/two-phase-commit-hasty --json", 0],
      ["explore --scenario oracle/two-phase-commit-hasty --strict --json", 1],
    ] as const) {
      const { stdout, stderr } = ran(line, { to: "| head -n 1; echo ${PIPESTATUS[0]}" });
      expect({ stdout, stderr }).toEqual({ stdout: `{\n${code}\n`, stderr: "" });
    }
  });

  test("a full disk under stdout", () => {
    for (const flags of ["", "--strict"]) {
      const ended = ran(`explore --scenario oracle/two-phase-commit-hasty ${flags}`, { to: "> /dev/full" });
      expect(ended.code).toBe(2);
      expect(ended.stderr).toBe("apicv-check: cannot write the result: no space left on the device\n");
    }
  });

  test("a full disk under a report", () => {
    const { code, stderr } = ran("explore --scenario oracle/peterson --report json=/dev/full --quiet");
    expect(code).toBe(2);
    expect(stderr).toBe("apicv-check: cannot write /dev/full: no space left on the device\n");
  });
});
