import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { main } from "../../src/command/program.ts";
import { shipped } from "../../scenarios/shipped.ts";
import { fakeIo } from "../fixtures/io.ts";
import { temporaryFolder } from "../fixtures/temporary-folder.ts";

interface Result {
  readonly varied: { readonly idleChanges: readonly string[] | null };
  readonly states: number;
  readonly properties: readonly {
    readonly verdict: string;
    readonly fairness: readonly string[] | null;
    readonly trace: { readonly length: number } | null;
  }[];
}

/** What `explore` says of a file of that text. */
const explored = async (text: string, ...more: readonly string[]) => {
  const file = join(temporaryFolder(), "q.yaml");
  writeFileSync(file, text);
  const { io, written } = fakeIo();
  const code = await main(["explore", file, ...more], io, shipped);
  return { code, stderr: written.stderr, stdout: written.stdout.replaceAll(/\s+/g, " ") };
};
const result = async (text: string, ...more: readonly string[]): Promise<Result> => {
  const { stdout, stderr } = await explored(text, "--json", ...more);
  expect(stderr).toBe("");
  return JSON.parse(stdout) as Result;
};

const jugs = (...lines: readonly string[]): string =>
  ["format: 1", "name: jugs", "about: two jugs", "extends: oracle/die-hard", ...lines, ""].join("\n");
const asking = ["properties:", "  never-4-gallons: any"];

describe("fair:", () => {
  const filled = (...fair: readonly string[]): string =>
    jugs(
      "properties:",
      "  filled:",
      "    from: amount[0] == 0",
      "    leadsTo: amount[0] > 0",
      "    expect: any",
      ...fair.map((line) => `    ${line}`),
    );

  test.each([
    ["violated", "", []],
    ["violated", "fair: weak heroes", ["WF(by heroes)"]],
    ["holds", "fair: [weak Fill, strong Pour]", ["WF(Fill)", "SF(Pour)"]],
  ] as const)("%s with %j", async (verdict, line, more) => {
    const { properties } = await result(filled(...(line === "" ? [] : [line])));
    expect(properties[0]).toMatchObject({ verdict });
    expect(properties[0].fairness).toEqual(["WF(any step, for each actor)", ...more]);
  });

  test.each([
    ["fair: strong Fil", 'unknown actor or action "Fil" (did you mean "Fill"?)'],
    ["fair: Fill", '"Fill" is no fairness: write weak NAME or strong NAME'],
  ])("%s is refused where it stands", async (line, why) => {
    const { code, stdout, stderr } = await explored(filled(line));
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(why);
    expect(stderr).toMatch(/q\.yaml:10:\d+: /);
  });
});

describe("start:", () => {
  test.each([
    ["[Fill(jug=1), 'Pour(from=1, to=0)']", 4],
    ["[Fill(jug=1), 'Pour(from=1, to=0)', Empty(jug=0), 'Pour(from=1, to=0)', Fill(jug=1)]", 1],
  ])("steps from a start point come first: %s", async (steps, length) => {
    const { properties } = await result(
      jugs(
        "start:",
        "  from: initial",
        `  then: ${steps.replaceAll(/(Fill|Empty)\(jug=\d\)/g, "'$&'")}`,
        ...asking,
      ),
    );
    expect(properties[0].trace).toMatchObject({ length });
  });

  test.each([
    ["from: init", "unknown start"],
    ["then: [Fil]", 'unknown action "Fil"'],
    ["then: [Fill]", "Fill is 2 steps"],
  ])("%s is refused where it stands", async (line, why) => {
    const { code, stdout, stderr } = await explored(jugs("start:", `  ${line}`, ...asking));
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(why);
    expect(stderr).toMatch(/q\.yaml:6:\d+: /);
  });
});

test("places of a program that are never reached are said, and those alone", async () => {
  const program = (when: string): string => `format: 1
name: writes
about: TMICT is written three times, if at all
extends: kvm/timer
guests: td
start: running
program:
  guest0:
    - guest_write_tmict(value=N)
    - { label: SECOND, do: guest_write_tmict(value=N)${when} }
    - { label: THIRD, do: guest_write_tmict(value=N) }
properties:
  no-pending-timer-in-guest: any
`;
  const never = program(', when: "vcpu[0].pc == BLOCK_SCHEDULE"');
  expect((await result(never)).varied.idleChanges).toEqual([
    "program of guest0 never at THIRD",
    "program of guest0 never at DONE",
  ]);
  expect((await explored(never)).stdout).toContain("program of guest0 never at THIRD");
  expect((await result(program(""))).varied.idleChanges).toEqual([]);
});

describe("`from` at the end of a run that breaks a leadsTo", () => {
  const owed = "`from` is still true at the end of this run";
  const leads = (from: string, to: string, ...change: readonly string[]): string =>
    jugs(
      ...change,
      "properties:",
      "  answered:",
      `    from: ${from}`,
      `    leadsTo: ${to}`,
      "    expect: violated",
    );

  test("is said to be true still", async () => {
    const { stdout } = await explored(leads("amount[0] == 3", "amount[1] == 4"));
    expect(stdout).toContain("for ever");
    expect(stdout).toContain(owed);
  });

  test("and nothing is said where it is not", async () => {
    // Once a jug is full it can be filled again for ever, and what was true at first is not again.
    const { stdout } = await explored(
      leads("amount[0] == 0 && amount[1] == 0", "amount[1] == 4", "change:", "  - drop: [Empty, Pour]"),
    );
    expect(stdout).toContain("** broken: answered");
    expect(stdout).not.toContain(owed);
  });
});

describe("changes without effect", () => {
  test("are said of the steps that they are of, though the same is done to other steps", async () => {
    const text = jugs(
      "change:",
      "  - in: Fill(jug=0)",
      "    without: amount[1]",
      "  - in: Fill(jug=1)",
      "    without: amount[1]",
      ...asking,
    );
    expect((await result(text)).varied.idleChanges).toEqual(["Fill(jug=0) without amount[1]"]);
    expect((await explored(text)).stdout).toContain("Changed without effect: Fill(jug=0) without amount[1].");
  });

  test("each kind, and what has an effect is not said", async () => {
    const text = jugs(
      "change:",
      "  - in: Empty",
      "    when: amount[jug] < 5 || amount[0] < 4 || amount[1] > 4",
      "  - in: Empty(jug=1)",
      "    when: amount[0] == 0",
      "  - in: Fill(jug=0)",
      "    set:",
      "      amount[0]: 3",
      "      amount[1]: 0",
      ...asking,
    );
    expect((await result(text)).varied.idleChanges?.toSorted()).toEqual([
      "Empty when amount[jug] < 5 || amount[0] < 4 || amount[1] > 4",
      "Fill(jug=0) set amount[0]: 3",
    ]);
  });
});

describe("an option that a file sets, as the only value that it leaves", () => {
  const level = (guest: string): string => `format: 1
name: edges
about: a pin that is edge-triggered whatever the guest says
extends: kvm/level
designs: upstream
guests: ${guest}
options: { irqchip: split, levelTriggered: to-edge }
properties:
  level-line-served: any
`;
  const told = "(no effect: levelTriggered=to-edge)";

  test("is said to do nothing where it does nothing", async () => {
    expect((await explored(level("vmx"))).stdout).toContain(`holds ${told}`);
  });

  test("and not where it does something", async () => {
    const { stdout } = await explored(level("td"));
    expect(stdout).toContain("level-line-served holds");
    expect(stdout).not.toContain("no effect");
  });
});
