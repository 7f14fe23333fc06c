import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { shelve, type AnyScenario } from "#check";
import { below, counter } from "../fixtures/counter.ts";
import { catalogue, run, type Ran } from "../fixtures/io.ts";
import { posting } from "../fixtures/posting.ts";
import { temporaryFolder } from "../fixtures/temporary-folder.ts";

const check = (scenario: AnyScenario, flags = "", io: Parameters<typeof run>[1] = {}): Promise<Ran> =>
  run(`check ${flags}`, io, { ...catalogue, scenarios: [scenario] });
/** The lines of a report with their columns set apart, and its times as a word: no test depends on them. */
const columns = (stdout: string): readonly string[] =>
  stdout
    .replaceAll(/\b\d+\.\d s\b/g, "TIME")
    .split("\n")
    .map((line) => line.replaceAll(/ {2,}/g, " | "));
const broken = { property: "below-3", verdict: "violated", because: "it counts on" } as const;

let dir = "";
beforeAll(() => {
  dir = temporaryFolder();
});

describe("0: every verdict as expected", () => {
  test("a line for each case, then the sum", async () => {
    const { code, stdout, stderr } = await run("check");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(columns(stdout)).toEqual([
      "kvm/posting mode-first vmx | vacuous | 521 states | TIME | Ok",
      "kvm/posting mode-first td | vacuous | same model | Ok",
      "kvm/posting sync-first vmx | violated | 585 states | 4 steps | TIME | Ok | 1 known violation",
      "kvm/posting sync-first td | violated | same model | 4 steps | Ok | 1 known violation",
      "kvm/posting mode-first vmx notification=none | violated | 585 states | 4 steps | TIME | Ok | 1 known violation",
      "kvm/posting mode-first td notification=none | violated | same model | 4 steps | Ok | 1 known violation",
      "kvm/posting sync-first vmx notification=none | violated | 585 states | 4 steps | TIME | Ok | 1 known violation",
      "kvm/posting sync-first td notification=none | violated | same model | 4 steps | Ok | 1 known violation",
      "",
      "8 cases of 1 scenario, in 4 models: 8 as expected; 1 known violation, by",
      "scenario and property.",
      "",
    ]);
  });

  test("what applies to no case has nothing to explore", async () => {
    const expected = [{ property: "below-3", verdict: "not-applicable" } as const];
    const { code, stdout } = await check(counter({ properties: [below(3)], expected, start: [] }));
    expect(code).toBe(0);
    expect(columns(stdout)).toContain("oracle/counter | nothing applies | 0 states | TIME | Ok");
  });
});

describe("1: a verdict other than expected", () => {
  test("a violation where the property should hold, with the command that shows it", async () => {
    const scenario = shelve({
      ...posting,
      expected: posting.expected.filter(({ where }) => where?.["design"] === undefined),
    });
    const { code, stdout } = await check(scenario);
    expect(code).toBe(1);
    expect(columns(stdout)).toContain(
      "kvm/posting sync-first vmx | violated | 585 states | 4 steps | TIME | No | 3 of 4 as expected",
    );
    expect(stdout).toContain("      posted-interrupt-never-missed: violated after");
    expect(stdout.replaceAll(" \\\n     ", "")).toContain(
      "apicv-check explore --scenario kvm/posting --design sync-first --guest vmx --property posted-interrupt-never-missed",
    );
    expect(stdout).toContain("8 cases of 1 scenario, in 4 models: 6 as expected, 2 NOT;");
  });

  test("a known violation that no longer occurs", async () => {
    const { code, stdout } = await check(counter({ last: 2, properties: [below(3)], expected: [broken] }));
    expect(code).toBe(1);
    expect(stdout.replaceAll(/\n\s+/g, " ")).toContain("but violated was expected");
  });

  test("a start that a design cannot reach any more", async () => {
    const { code, stdout } = await check(counter({ start: [], properties: [below(3)] }));
    expect(code).toBe(1);
    expect(columns(stdout)[0]).toMatch(/^oracle\/counter \| .* \| 0 states \| TIME \| No \| no start: /);
  });
});

describe("3: a limit", () => {
  const long = counter({ last: 900, properties: [below(3), below(999)], expected: [broken] });

  test("of states leaves verdicts open", async () => {
    const { code, stdout } = await check(long, "--max-states 10");
    expect(code).toBe(3);
    expect(columns(stdout)).toContain(
      "oracle/counter | violated | 10 states | 3 steps | TIME | Open | stopped at the states limit; 1 of 2 as expected; 1 known violation",
    );
    expect(stdout).toContain("0 as expected, 1 left open by a limit");
    expect(
      (await check(counter({ last: 900, properties: [below(3)], expected: [broken] }), "--max-states 10"))
        .code,
    ).toBe(0);
  });

  test("of time ends all", async () => {
    let clock = 0;
    const { code, stdout } = await run("check --time-limit 1s", { now: () => (clock += 2000) });
    expect(code).toBe(3);
    expect(stdout.replaceAll("\n", " ")).toContain("0 as expected, 1 more scenario not begun");
    expect(stdout).toContain("INCOMPLETE: stopped at the time limit");
  });

  test("an unexpected verdict outweighs it", async () => {
    const expected = [{ property: "below-3", verdict: "holds" } as const];
    const scenario = counter({ last: 900, properties: [below(3), below(999)], expected });
    expect((await check(scenario, "--max-states 10")).code).toBe(1);
  });
});

test("130: interrupted", async () => {
  const { code, stdout } = await run("check", {
    onInterrupt: (stop) => {
      stop();
      return () => undefined;
    },
  });
  expect(code).toBe(130);
  expect(stdout).toContain("INCOMPLETE: interrupted.");
});

test("shards share the models out, and their lines together are those of the whole", async () => {
  const lines = ({ stdout }: Ran): readonly string[] =>
    columns(stdout).filter((line) => / Ok( |$)/.test(line));
  const whole = lines(await run("check"));
  const parts = [...lines(await run("check --shard 1/2")), ...lines(await run("check --shard 2/2"))];
  expect(parts.toSorted()).toEqual(whole.toSorted());
  const { code, stdout } = await run("check kvm/posting --shard 3/4");
  expect([code, lines({ code, stdout, stderr: "" }).length]).toEqual([0, 2]);
  expect(stdout).toContain("Shard 3/4: 2 cases of 1 scenario, in 1 model: 2 as expected;");
  expect((await run("check --shard 9/9")).stdout).toContain("Shard 9/9: 0 cases");
});

test("--json and --report json=FILE give the same as data", async () => {
  const { code, stdout } = await run(`check --json --report json=${dir}/gate.json`);
  const result: unknown = JSON.parse(stdout);
  expect(code).toBe(0);
  expect(JSON.parse(readFileSync(`${dir}/gate.json`, "utf8"))).toEqual(result);
  expect(result).toMatchObject({
    schemaVersion: 2,
    shard: null,
    complete: true,
    cases: 8,
    models: 4,
    asExpected: 8,
    open: 0,
    unexpected: 0,
  });
  const { checks } = result as { readonly checks: readonly unknown[] };
  expect(checks).toHaveLength(8);
  expect(checks[3]).toMatchObject({
    scenario: "kvm/posting",
    design: "sync-first",
    guest: "td",
    standing: "ok",
    states: 585,
    properties: [
      {
        id: "posted-interrupt-never-missed",
        verdict: "violated",
        expected: "violated",
        known: "the mode is set after the PIR was read",
      },
      { verdict: "holds" },
      { verdict: "witnessed" },
      { verdict: "vacuous" },
    ],
  });
});
