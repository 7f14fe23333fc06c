import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { shelve, type AnyScenario } from "#check";
import { below, counter } from "../fixtures/counter.ts";
import { catalogue, run } from "../fixtures/io.ts";
import { posting } from "../fixtures/posting.ts";
import { temporaryFolder } from "../fixtures/temporary-folder.ts";

const surprising = {
  ...catalogue,
  scenarios: [
    shelve({ ...posting, expected: posting.expected.filter(({ where }) => where?.["design"] === undefined) }),
  ],
};
const named = (name: string, scenario: AnyScenario): AnyScenario => ({ ...scenario, name });

let dir = "";
let file = "";
beforeAll(() => {
  dir = temporaryFolder();
  file = join(dir, "baseline.json");
});

interface Told {
  readonly checks: readonly {
    readonly scenario: string;
    readonly design: string;
    readonly guest: string;
    readonly properties: readonly {
      readonly id: string;
      readonly verdict: string;
      readonly fingerprint: string | null;
      readonly known: string | null;
    }[];
  }[];
}

describe("which cases", () => {
  test("--list prints what would be searched, and searches nothing", async () => {
    const { code, stdout } = await run("check --list --design sync-first");
    expect(code).toBe(0);
    expect(stdout.split("\n")).toEqual([
      "kvm/posting sync-first vmx",
      "kvm/posting sync-first td",
      "kvm/posting sync-first vmx notification=none",
      "kvm/posting sync-first td notification=none",
      "",
    ]);
  });

  test("--design and --guest choose, several values with commas, as does a shard of what is left", async () => {
    const list = async (flags: string): Promise<number> =>
      (await run(`check --list ${flags}`)).stdout.split("\n").length - 1;
    expect(await list("")).toBe(8);
    expect(await list("--guest td")).toBe(4);
    expect(await list("--design sync-first,mode-first --guest td,vmx")).toBe(8);
    expect((await list("--guest td --shard 1/2")) + (await list("--guest td --shard 2/2"))).toBe(4);
  });

  test("--property asks only that", async () => {
    const { code, stdout } = await run("check --json --guest td --property both-interrupts-taken");
    expect(code).toBe(0);
    const ids = (JSON.parse(stdout) as Told).checks.flatMap(({ properties }) =>
      properties.map(({ id }) => id),
    );
    expect(ids).toEqual(Array.from({ length: 4 }, () => "both-interrupts-taken"));
  });

  test.each([
    ["check --design sync-frist", '(did you mean "sync-first"?)'],
    ["check --property both-interrupt-taken", '(did you mean "both-interrupts-taken"?)'],
  ])("%s", async (line, text) => {
    const { code, stdout, stderr } = await run(line);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(text);
  });

  test("--workers needs a catalogue that threads can load", async () => {
    const { code, stderr } = await run("check --workers 2");
    expect(code).toBe(2);
    expect(stderr).toContain("run with --workers 1");
  });
});

describe("failures", () => {
  test("--fail-fast ends after the first model that fails", async () => {
    const { code, stdout } = await run("check --fail-fast", {}, surprising);
    expect(code).toBe(1);
    expect(stdout.match(/ No {2}/gm)).toHaveLength(2);
    expect(stdout).toContain("INCOMPLETE: stopped at the first failure (--fail-fast).");
    expect(stdout).toContain("4 not looked at");
  });

  test("one bug in twenty worlds is told once, in fewer than 60 lines, the sum last", async () => {
    const broken = counter({ properties: [below(3)] });
    const scenarios = Array.from({ length: 20 }, (_, i) => named(`oracle/counter-${i}`, broken));
    const { code, stdout } = await run("check", {}, { ...catalogue, scenarios });
    expect(code).toBe(1);
    const lines = stdout.trimEnd().split("\n");
    expect(lines.length).toBeLessThan(60);
    expect(lines.filter((line) => line.includes("below-3: violated"))).toHaveLength(1);
    expect(lines.filter((line) => /^ +in oracle\/counter-\d+ \([0-9a-f]{16}\)$/.test(line))).toHaveLength(20);
    expect(stdout).toContain("20 cases of 20 scenarios, in 20 models: 0 as expected, 20 NOT");
    expect(lines.findIndex((line) => line.startsWith("20 cases"))).toBeGreaterThan(
      lines.findIndex((line) => line.includes("below-3: violated")),
    );
  });

  test("different bugs are told apart", async () => {
    const scenarios = [counter({ properties: [below(3), below(4)] })];
    const { stdout } = await run("check", {}, { ...catalogue, scenarios });
    expect(stdout.match(/below-\d: violated/g)).toEqual(["below-3: violated", "below-4: violated"]);
  });
});

describe("a baseline", () => {
  const accepted = async (): Promise<
    { fingerprint: string; world: string; property: string; reason: string }[]
  > => {
    const { stdout } = await run("check --json", {}, surprising);
    return (JSON.parse(stdout) as Told).checks.flatMap(({ scenario, design, guest, properties }) =>
      properties
        .filter(({ verdict, known }) => verdict === "violated" && known === null)
        .map(({ id, fingerprint }) => ({
          fingerprint: fingerprint ?? "",
          world: [scenario, design, guest].join(":"),
          property: id,
          reason: "the order is being changed",
        })),
    );
  };
  const check = async (entries: unknown, flags = "", from = surprising) => {
    writeFileSync(file, JSON.stringify({ accepted: entries }));
    return run(`check --baseline ${file} ${flags}`, {}, from);
  };

  test("accepts what it names, with its reason, and nothing else", async () => {
    const entries = await accepted();
    expect(entries).toHaveLength(2);
    const { code, stdout } = await check(entries);
    expect(code).toBe(0);
    expect(stdout).not.toMatch(/ No( |$)/m);
    const json = JSON.parse((await check(entries, "--json")).stdout) as Told;
    expect(json.checks.flatMap(({ properties }) => properties.map(({ known }) => known))).toContain(
      "accepted: the order is being changed",
    );
    const half = await check(entries.slice(1));
    expect(half.code).toBe(1);
    expect(half.stdout.match(/ No {2}/gm)).toHaveLength(1);
  });

  test("one that is fixed and left in it fails, and is named", async () => {
    const entries = [
      ...(await accepted()),
      {
        fingerprint: "0123456789abcdef",
        world: "kvm/posting:mode-first:td",
        property: "posted-interrupt-never-missed",
        reason: "long ago",
      },
    ];
    const { code, stdout } = await check(entries);
    expect(code).toBe(1);
    expect(stdout).toContain(
      "No  posted-interrupt-never-missed in kvm/posting:mode-first:td (0123456789abcdef): accepted, and found no more",
    );
    expect((await check(entries, "--report ktap=-")).stdout).toContain("# accepted, and found no more");
    // What was not looked at may still be there.
    expect((await check(entries, "--design sync-first")).code).toBe(0);
  });

  test.each([
    [[{ fingerprint: "a", world: "b", property: "c" }], 'accepted[0] has no "reason"'],
    [[{ fingerprint: "a", world: "b", property: "c", reason: " " }], 'accepted[0] has no "reason"'],
    [{}, 'it has no list "accepted"'],
    [[{ fingerprint: "a", world: "b", property: "c", reason: "d", until: "e" }], 'accepted[0] has "until"'],
  ])("%j is refused", async (entries, text) => {
    const { code, stdout, stderr } = await check(entries);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(text);
  });

  test("a file that is not there is refused before anything is searched", async () => {
    const { code, stderr } = await run(`check --baseline ${dir}/none.json`);
    expect(code).toBe(2);
    expect(stderr).toContain("cannot read the baseline");
  });
});
