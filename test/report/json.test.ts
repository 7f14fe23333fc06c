import { version } from "../../src/package-version.ts";
import { expect, test } from "vitest";
import { run } from "../fixtures/io.ts";

interface Result {
  readonly [key: string]: unknown;
  readonly properties: readonly {
    readonly id: string;
    readonly trace: { readonly steps: readonly unknown[] } | null;
  }[];
}
const result = async (line: string): Promise<Result> => JSON.parse((await run(line)).stdout) as Result;

const KEYS = (
  "schemaVersion design guest scenario options scope start bounds stop complete states transitions depth seconds " +
  "statesPerSecond transitionsPerSecond peakMemoryBytes bytesPerState workers reductions properties coverage"
).split(" ");

test("every key of the contract is there", async () => {
  const json = await result("explore --design sync-first --json");
  for (const key of KEYS) expect(json).toHaveProperty(key);
  expect(json).toMatchObject({
    schemaVersion: 2,
    design: "sync-first",
    guest: "vmx",
    scenario: "kvm/posting",
    options: { notification: "ipi" },
    scope: { vcpu: 2 },
    start: "created",
    bounds: { depth: null, switches: null, states: null, memoryBytes: null, seconds: null },
    stop: "exhausted",
    complete: true,
    workers: 1,
    reductions: { symmetry: false, por: false },
  });
});

test("each property says what it rests on, with the run that decides it", async () => {
  const { properties } = await result("explore --design sync-first --json");
  expect(properties.map(({ id }) => id)).toEqual([
    "posted-interrupt-never-missed",
    "irr-cleared-only-by-taking",
    "both-interrupts-taken",
    "reset-keeps-mode",
  ]);
  expect(properties[0]).toMatchObject({
    kind: "invariant",
    verdict: "violated",
    expected: "violated",
    asExpected: true,
    because: "after 4 steps; known: the mode is set after the PIR was read",
    trace: { length: 4, loopAt: null, start: { ghost: { taken: 0 } } },
  });
  expect(properties[0]?.trace?.steps[3]).toEqual({
    action: "ENTER",
    actor: "CPU0",
    args: { v: 0 },
    cites: { kernel: "vcpu_enter_guest()", source: "fixture 1", atomic: "one instruction" },
    changes: [
      { path: "vcpu[0].mode", from: "OUT", to: "IN" },
      { path: "vcpu[0].pc", from: "prepared", to: "guest" },
    ],
  });
  expect(properties[1]).toMatchObject({ kind: "step", verdict: "holds", trace: null });
  expect(properties[3]).toMatchObject({ verdict: "vacuous", antecedentStates: 0, trace: null });
});

test("bounds and limits are repeated as they were asked for", async () => {
  const line = "explore --json --depth 3 --max-states 4k --max-memory 2G --time-limit 5m";
  expect((await run(line)).code).toBe(2);
  expect(await result(line.replace("4k", "4000"))).toMatchObject({
    bounds: { depth: 3, switches: null, states: 4000, memoryBytes: 2 ** 31, seconds: 300 },
    stop: "depth",
    complete: false,
    depth: 3,
  });
});

test("coverage counts each action, and lists those that never fired", async () => {
  const { coverage, transitions } = await result("explore --depth 2 --json");
  const { actions, neverFired } = coverage as {
    readonly actions: readonly {
      readonly name: string;
      readonly fired: number;
      readonly newStates: number;
    }[];
    readonly neverFired: readonly string[];
  };
  expect(neverFired).toEqual(["TAKE", "EXIT", "RESET"]);
  expect(actions.reduce((sum, { fired }) => sum + fired, 0)).toBe(transitions);
});

test("both engines give the same result", async () => {
  const answer = ({ stop, states, transitions, depth, deadlocks, modelVersion, properties }: Result) => ({
    counts: [stop, states, transitions, depth, deadlocks, modelVersion],
    properties: properties.map(({ trace, ...property }) => ({ ...property, length: trace?.steps.length })),
  });
  for (const design of ["mode-first", "sync-first"]) {
    const line = `explore --json --design ${design}`;
    expect(answer(await result(line))).toEqual(answer(await result(`${line} --reference`)));
  }
});

test("the same run twice gives the same bytes", async () => {
  const once = await run("explore --json --design sync-first");
  const again = await run("explore --json --design sync-first");
  expect(again.stdout).toBe(once.stdout);
});

test.each([
  "explore --json",
  "explore --design * --json",
  "simulate --runs 2 --json",
  "check --json",
  "claims --json",
  "compare mode-first sync-first --json",
])("%s says which version of the program answered, after how many seconds", async (line) => {
  const { stdout } = await run(line);
  const { version: of, seconds } = JSON.parse(stdout) as {
    readonly version: string;
    readonly seconds: number;
  };
  expect(of).toBe(version());
  expect(seconds).toBeGreaterThan(0);
});

test("compare and claims name the version of each model that they searched", async () => {
  const { stdout: compared } = await run("compare mode-first sync-first --json");
  const { searches } = JSON.parse(compared) as {
    readonly searches: readonly { readonly modelVersion: string }[];
  };
  for (const { modelVersion } of searches) expect(modelVersion).toMatch(/^[0-9a-f]{6}$/);
  expect(new Set(searches.map(({ modelVersion }) => modelVersion)).size).toBe(2);
  expect((await run("claims --json")).stdout.match(/"modelVersion": "[0-9a-f]{6}"/g)?.length).toBeGreaterThan(
    2,
  );
});
