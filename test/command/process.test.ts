import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { compiled, MAIN, type Compiled } from "../fixtures/compiled.ts";

/** The program on a catalogue of one endless scenario; it says when the search has begun. */
const ENDLESS = `
import { main } from "./dist/src/command/program.js";
import { processIo } from "./dist/src/command/terminal/process-io.js";
const names = ["a", "b", "c", "d", "e", "f"];
const start = Object.fromEntries(names.map((name) => [name, 0]));
const fields = Object.fromEntries(names.map((name) => [name, { kind: "int", min: 0, max: 99 }]));
const actions = names.map((name) => ({
  name, actor: () => "counter", args: {}, guard: (state) => state[name] < 99,
  effect: (draft) => { draft[name] += 1; },
}));
const scenario = {
  name: "oracle/endless", about: "", options: [], scope: {}, start: "zero",
  expected: [{ property: "a-below-1", verdict: "violated" }],
  properties: [
    { kind: "invariant", id: "a-below-1", statement: "-", args: {}, holds: ({ a }) => a < 1 },
    { kind: "invariant", id: "a-below-200", statement: "-", args: {}, holds: ({ a }) => a < 200 },
  ],
  build: () => ({ start: [start], model: { name: "endless", state: { node: { kind: "record", fields } }, init: () => [start], actions } }),
};
const io = processIo();
let looks = 0;
const memory = (collect) => {
  if (++looks === 4) io.stderr.write("searching\\n");
  return io.memory(collect);
};
const catalogue = { scenarios: [scenario] };
process.exitCode = await main(process.argv.slice(2), { ...io, memory }, async () => catalogue);
`;

let program: Compiled;
let dir = "";
beforeAll(() => {
  program = compiled();
  ({ dir } = program);
  writeFileSync(join(dir, "endless.mjs"), ENDLESS);
});
afterAll(() => program.remove());

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}
interface Settings {
  readonly node?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Nobody reads stdout. */
  readonly unread?: boolean;
  /** Called at each output. */
  readonly meanwhile?: (child: ChildProcessWithoutNullStreams, text: string) => void;
}

const ended = (
  program: string,
  args: readonly string[],
  { node = [], env = {}, unread = false, meanwhile }: Settings = {},
): Promise<Ended> =>
  new Promise((done, failed) => {
    const child = spawn(process.execPath, [...node, join(dir, program), ...args], {
      env: { PATH: process.env["PATH"], ...env },
    });
    if (unread) child.stdout.destroy();
    const text = { stdout: "", stderr: "" };
    for (const stream of ["stdout", "stderr"] as const)
      child[stream].on("data", (chunk: Buffer) => {
        text[stream] += chunk.toString();
        meanwhile?.(child, chunk.toString());
      });
    child.on("error", failed).on("close", (code) => done({ code, ...text }));
  });
const interrupt: Settings["meanwhile"] = (child, text) => {
  if (text.includes("searching")) child.kill("SIGINT");
};

test("the exit code is the program's", async () => {
  expect(await ended(MAIN, ["explore", "--depth", "2"])).toMatchObject({ code: 0, stderr: "" });
  expect((await ended(MAIN, ["explore", "--depth", "two"])).code).toBe(2);
});

test("threads that were started for a question that is refused keep nothing up", async () => {
  const { code, stderr } = await ended(MAIN, ["explore", "--scenario", "nope", "--workers", "3"]);
  expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining("unknown scenario") });
});

test("a reader that goes away is no error", async () => {
  const { code, stderr } = await ended(MAIN, ["list", "actions", "--json"], { unread: true });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
});

test.each([
  ["--reference", /INCOMPLETE: interrupted/],
  ["--json", /"stop": "interrupted",\n {2}"complete": false/],
])("an interrupt ends the search with what was found, %s", async (flag, marked) => {
  const { code, stdout } = await ended(
    "endless.mjs",
    ["explore", flag, "--report", `json=${dir}/part.json`],
    {
      meanwhile: interrupt,
    },
  );
  expect(code).toBe(130);
  expect(stdout).toMatch(marked);
  expect(stdout).toContain("a-below-1");
  expect(readdirSync(dir).filter((name) => name.endsWith(".tmp"))).toEqual([]);
});

test("a second interrupt ends the process at once", async () => {
  const { code } = await ended("endless.mjs", ["explore"], {
    meanwhile: (child, text) => {
      interrupt(child, text);
      interrupt(child, text);
    },
  });
  expect(code).toBe(130);
});

test("a heap that is nearly full stops the search with counts, not the process", async () => {
  const { code, stdout } = await ended("endless.mjs", ["explore", "--reference"], {
    node: ["--max-old-space-size=64"],
  });
  expect(code).toBe(3);
  expect(stdout).toContain("INCOMPLETE: stopped at the memory limit");
  expect(stdout).toMatch(/a-below-1 +violated \(known\) after 1 step/);
});

/** Files of the command that are loaded late, each but the last by `explore`. */
const [MODELS, ENGINE, THREADS] = ["dist/cli/scenarios-", "dist/cli/learned-model-", "dist/cli/team-"];

test("help loads neither the models nor a library but commander", async () => {
  const { code, stderr } = await ended(MAIN, ["--help"], { env: { NODE_DEBUG: "esm" } });
  expect(code).toBe(0);
  expect(stderr).toContain("commander");
  for (const late of ["immer", "graphology", "fast-check", MODELS, ENGINE, THREADS])
    expect(stderr).not.toContain(late);
});

test("a search loads neither the generators nor, alone, what threads need", async () => {
  const { code, stderr } = await ended(MAIN, ["explore", "--depth", "1"], { env: { NODE_DEBUG: "esm" } });
  expect(code).toBe(0);
  for (const used of ["immer", MODELS, ENGINE]) expect(stderr).toContain(used);
  for (const unused of ["fast-check", "graphology", THREADS]) expect(stderr).not.toContain(unused);
});
