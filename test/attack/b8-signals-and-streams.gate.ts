import { spawn, spawnSync, type ChildProcessWithoutNullStreams } from "node:child_process";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compiled, MAIN, type Compiled, type Ended } from "../fixtures/compiled.ts";

/** The program on a world without end; it says on stderr when it begins to load its catalogue, and when it searches. */
const ENDLESS = `
import { writeSync } from "node:fs";
import { processIo } from "./dist/src/command/terminal/process-io.js";
import { main } from "./dist/src/command/program.js";
const names = ["a", "b", "c", "d", "e", "f"];
const start = Object.fromEntries(names.map((name) => [name, 0]));
const fields = Object.fromEntries(names.map((name) => [name, { kind: "int", min: 0, max: 99 }]));
const actions = names.map((name) => ({
  name, actor: () => "counter", args: {}, guard: (state) => state[name] < 99,
  effect: (draft) => { draft[name] += 1; },
}));
const said = { statement: "-", args: {} };
const scenario = {
  name: "oracle/endless", about: "", options: [], scope: {}, start: "zero",
  expected: [{ property: "a-below-1", verdict: "violated" }],
  properties: [
    { ...said, kind: "invariant", id: "a-below-1", holds: ({ a }) => a < 1 },
    { ...said, kind: "invariant", id: "a-below-200", holds: ({ a }) => a < 200 },
  ],
  build: () => ({ start: [start], model: { name: "endless", state: { node: { kind: "record", fields } }, init: () => [start], actions } }),
};
const io = processIo();
let looks = 0;
const memory = (collect) => {
  if (++looks === 4) io.stderr.write("searching\\n");
  return io.memory(collect);
};
const load = async () => {
  if (process.env.LOADS === "for-ever") {
    io.stderr.write("loading\\n");
    await new Promise((resolve) => setTimeout(resolve, 600_000));
  }
  if (process.env.LOADS === "loops") {
    writeSync(2, "loading\\n");
    for (;;);
  }
  return { scenarios: [scenario], claims: { claims: [], messages: [], columns: [] } };
};
process.exitCode = await main(process.argv.slice(2), { ...io, memory }, load);
`;

let program: Compiled;
let dir = "";
beforeAll(() => {
  program = compiled();
  ({ dir } = program);
  writeFileSync(join(dir, "endless.mjs"), ENDLESS);
});
afterAll(() => program.remove());

/** Runs the endless program, and sends it a signal once it has said a word. */
const signalled = (
  args: readonly string[],
  signal: NodeJS.Signals,
  { word, env = {} }: { readonly word: string; readonly env?: Readonly<Record<string, string>> },
): Promise<Ended & { readonly by: string | null }> =>
  new Promise((done, failed) => {
    const child: ChildProcessWithoutNullStreams = spawn(
      process.execPath,
      ["--max-old-space-size=400", join(dir, "endless.mjs"), ...args],
      { env: { PATH: process.env["PATH"], ...env } },
    );
    const text = { stdout: "", stderr: "" };
    child.stdout.on("data", (chunk) => (text.stdout += String(chunk)));
    child.stderr.on("data", (chunk) => {
      text.stderr += String(chunk);
      if (String(chunk).includes(word)) child.kill(signal);
    });
    child.on("error", failed);
    child.on("close", (code, by) => done({ code, by, ...text }));
  });

describe.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("B8: %s", (signal) => {
  test("ends a search with what was found, and a checkpoint", async () => {
    const kept = join(dir, `kept-${signal}`);
    const { code, stdout } = await signalled(["explore", "--checkpoint", kept], signal, {
      word: "searching",
    });
    expect(code).toBe(130);
    expect(stdout).toMatch(/a-below-1 +violated \(known\) after 1 step/);
    expect(stdout).toContain("INCOMPLETE: interrupted");
    expect(existsSync(join(kept, "checkpoint.json"))).toBe(true);
    expect(readdirSync(kept)).not.toContain("lock");
  });

  test.each(["for-ever", "loops"])(
    "before a search begins ends the process itself: loading %s",
    async (LOADS) => {
      const ended = await signalled(["explore"], signal, { word: "loading", env: { LOADS } });
      expect(ended).toEqual({ code: null, by: signal, stdout: "", stderr: "loading\n" });
    },
  );
});

describe("B9: a stream that cannot be written is exit 2 and one line", () => {
  const to = (redirection: string, line: string) => {
    const shell = `"$0" "$@" ${redirection}`;
    const words = ["--norc", "-c", shell, process.execPath, join(dir, MAIN), ...line.split(" ")];
    const { status, stdout, stderr } = spawnSync("bash", words, {
      env: { PATH: process.env["PATH"] },
      encoding: "utf8",
    });
    return { code: status, stdout, stderr };
  };
  const lines = [
    "explore --scenario oracle/peterson",
    "explore --scenario oracle/peterson --json",
    "explore --scenario oracle/two-phase-commit-hasty --strict",
    "check oracle/peterson",
    "check oracle/peterson --json",
    "list scenarios",
    "list scenarios --json",
    "explain oracle/peterson",
    "simulate --scenario oracle/peterson --runs 3 --json",
    "compare active upstream --scenario kvm/rtc --depth 2 --json",
    "claims m2",
    "--help",
    "--version",
  ];

  test.each(lines)("%s > /dev/full", (line) => {
    expect(to("> /dev/full", line)).toEqual({
      code: 2,
      stdout: "",
      stderr: "apicv-check: cannot write the result: no space left on the device\n",
    });
  });

  test("replay of what explore prints > /dev/full", () => {
    const { stdout } = to("", "explore --scenario oracle/two-phase-commit-hasty --json");
    const { properties } = JSON.parse(stdout) as { properties: { trace: { replay: string } | null }[] };
    const handle = properties.find(({ trace }) => trace !== null)!.trace!.replay;
    expect(to("", `replay ${handle}`).code).toBe(0);
    expect(to("> /dev/full", `replay ${handle}`)).toMatchObject({
      code: 2,
      stderr: "apicv-check: cannot write the result: no space left on the device\n",
    });
  });

  test("a reader that goes away is none: nothing is said, and the exit code is that of the verdict", () => {
    for (const [line, code] of [
      ["list properties --json", 0],
      ["explore --scenario oracle/two-phase-commit-hasty --json", 0],
      ["explore --scenario oracle/two-phase-commit-hasty --json --strict", 1],
    ] as const) {
      const { stdout, stderr } = to("| head -n 1; echo ${PIPESTATUS[0]}", line);
      expect({ stdout, stderr }).toEqual({ stdout: `{\n${code}\n`, stderr: "" });
    }
  });
});
