import { describe, expect, test } from "vitest";
import { propertyOf, shelve, type AnyScenario } from "#check";
import { catalogue, run, type Ran } from "../fixtures/io.ts";
import { incrementScenario } from "../../models/textbook/increment.ts";
import { petersonScenarios } from "../../models/textbook/peterson.ts";

const [lock] = petersonScenarios;
const explore = (scenario: AnyScenario, flags: string): Promise<Ran> =>
  run(`explore ${flags}`, {}, { ...catalogue, scenarios: [scenario] });
const unwrapped = (text: string): string => text.replaceAll(/\n\s*/g, " ");

interface Result {
  readonly stop: string;
  readonly complete: boolean;
  readonly bounds: Readonly<Record<string, unknown>>;
  readonly states: number;
  readonly nodes: number;
  readonly deepening?: readonly { readonly switches: number; readonly violated: readonly string[] }[];
  readonly properties: readonly {
    readonly verdict: string;
    readonly trace: { readonly length: number; readonly replay: string; readonly start: unknown };
  }[];
}
const json = async (scenario: AnyScenario, flags: string): Promise<Result> =>
  JSON.parse((await explore(scenario, `${flags} --json`)).stdout) as Result;

describe("--switches N", () => {
  test("what is not broken within it holds to the bound, exit 0; with --require-complete exit 3", async () => {
    const { code, stdout } = await explore(lock, "--switches 1");
    expect(code).toBe(0);
    expect(stdout).toContain("mutual-exclusion  holds-to-bound: within 1 switch, in every state met");
    expect(unwrapped(stdout)).toContain("42 states (as 73 nodes, by who moved last and the switches used)");
    expect(unwrapped(stdout)).toContain(
      "every run with at most 1 switch between actors was explored; runs with more",
    );
    expect((await explore(lock, "--switches 1 --require-complete")).code).toBe(3);
    expect(await json(lock, "--switches 1")).toMatchObject({
      stop: "switches",
      complete: false,
      bounds: { depth: null, switches: 1 },
      states: 42,
      nodes: 73,
      properties: [{ verdict: "holds-to-bound" }],
    });
  });

  test("a bound that leaves nothing out is a complete search", async () => {
    const { code, stdout } = await explore(lock, "--switches 2 --require-complete");
    expect(code).toBe(0);
    expect(stdout).toContain("mutual-exclusion  holds: complete search");
    expect(stdout).toContain("Complete: every state");
  });

  test("with --depth both bounds are said", async () => {
    const { code, stdout } = await explore(lock, "--switches 1 --depth 3");
    expect(code).toBe(0);
    expect(stdout).toContain("holds-to-bound: within depth 3 and 1 switch");
    expect(unwrapped(stdout)).toContain("every run of at most 3 steps with at most 1 switch between actors");
  });

  test("a limit says how many nodes it allowed", async () => {
    const { code, stdout } = await explore(lock, "--switches 1 --max-states 20");
    expect(code).toBe(3);
    expect(stdout).toContain("stopped at the limit of 20 nodes");
  });

  test("the bound leaves no trace in runs, and its handle replays without it", async () => {
    for (const engine of ["", "--reference"]) {
      const result = await explore(incrementScenario, `--switches 2 ${engine} --json`);
      expect(result.stdout).not.toContain("control");
      const [{ verdict, trace }] = (JSON.parse(result.stdout) as Result).properties;
      expect([verdict, trace.length]).toEqual(["violated", 4]);
      expect(trace.start).toEqual({
        thread: [0, 1, 2].map(() => ({ pc: 1, copy: 0 })),
        counter: 0,
      });
      const replayed = await run(
        `replay ${trace.replay}`,
        {},
        { ...catalogue, scenarios: [incrementScenario] },
      );
      expect(replayed).toMatchObject({ code: 0, stderr: "" });
    }
  });

  test("both engines print the same", async () => {
    const timeless = ({ stdout }: Ran): string =>
      stdout
        .replaceAll(/"(\w*[sS]econds?|statesPerSecond|\w+PerSecond|\w*[bB]ytes\w*)": [\d.]+/g, "")
        .replace(/"engine": "\w+"/, "");
    for (const flags of ["--switches 1", "--switches 2 --depth 5", "--switches 0..3"])
      for (const scenario of [lock, incrementScenario])
        expect(timeless(await explore(scenario, `${flags} --json --reference`))).toBe(
          timeless(await explore(scenario, `${flags} --json`)),
        );
  });

  test("a liveness property is refused before the search", async () => {
    const ends = propertyOf<unknown>().eventually({
      id: "ends",
      statement: "-",
      fairness: [],
      holds: () => true,
    });
    const { code, stdout, stderr } = await explore(
      shelve({ ...lock, properties: [ends], expected: [] }),
      "--switches 1",
    );
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("ends is a liveness property (eventually)");
  });
});

describe("--switches A..B", () => {
  test("a line for each bound, up to the first that shows a violation, and its verdicts", async () => {
    const { code, stdout } = await explore(incrementScenario, "--switches 0..4");
    expect(code).toBe(0);
    const [lines] = stdout.split("\n\n");
    expect(lines).toBe(
      [
        "at most 0 switches: 7 states, no violation",
        "at most 1 switch: 28 states, no violation",
        "at most 2 switches: 68 states, violated: every-increment-counts",
      ].join("\n"),
    );
    expect(stdout).toContain("every-increment-counts violated after 4 steps");
  });

  test("ends where nothing is left out, and at its last bound", async () => {
    expect((await explore(lock, "--switches 0..9")).stdout.split("\n\n")[0]).toMatch(
      /at most 2 switches: 42 states, no violation: complete search$/,
    );
    const { deepening, bounds, stop } = await json(incrementScenario, "--switches 0..1");
    expect(deepening?.map(({ switches, violated }) => [switches, violated])).toEqual([
      [0, []],
      [1, []],
    ]);
    expect([bounds["switches"], stop]).toEqual([1, "switches"]);
  });

  test("a limit ends it", async () => {
    const { code, stdout } = await explore(lock, "--switches 0..9 --max-states 20");
    expect(code).toBe(3);
    expect(stdout.split("\n\n")[0].split("\n")[1]).toBe(
      "at most 1 switch: 14 states, no violation: stopped at the states limit",
    );
  });
});
