import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { compiled, type Compiled } from "../fixtures/compiled.ts";

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

/** Has the program ready for a file of tests, with `endless.mjs` beside it. */
export const useProgram = (): void => {
  beforeAll(() => {
    program = compiled();
    writeFileSync(join(program.dir, "endless.mjs"), ENDLESS);
  });
  afterAll(() => program.remove());
};

/** The directory of the program. */
export const directory = (): string => program.dir;

/** How a process ended. */
interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}
/** How a process is run. */
export interface Settings {
  readonly node?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Nobody reads stdout. */
  readonly unread?: boolean;
  /** Called at each output. */
  readonly meanwhile?: (child: ChildProcessWithoutNullStreams, text: string) => void;
}

/** Runs a file of the directory to its end. */
export const ended = (
  file: string,
  args: readonly string[],
  { node = [], env = {}, unread = false, meanwhile }: Settings = {},
): Promise<Ended> =>
  new Promise((done, failed) => {
    const child = spawn(process.execPath, [...node, join(directory(), file), ...args], {
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
