import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { exploreFast, problemOf, propertyOf, type Expectation, type Property } from "#check";
import { outcomeOf } from "../../src/catalogue/outcome.ts";
import { exitCode } from "../../src/command/terminal/exit.ts";
import type { Stop } from "../../src/problem/exploration.ts";
import { below, counter, type Counter } from "../fixtures/counter.ts";
import { catalogue, run, type Ran } from "../fixtures/io.ts";
import { printedRunIn } from "../fixtures/printed-run.ts";
import { temporaryFolder } from "../fixtures/temporary-folder.ts";

const { leadsTo, eventually, infinitelyOften, weak, recurrent } = propertyOf<Counter>();
const fairness = [weak({ each: "actor" })];
const ends = (id: string, last: number, of: typeof fairness = fairness): Property<Counter> =>
  eventually({ id, statement: "It comes to its end.", fairness: of, holds: ({ n }) => n === last });
const zeroAgain = infinitelyOften({
  id: "zero-again",
  statement: "It comes back to zero.",
  fairness,
  holds: ({ n }) => n === 0,
});
const threeLeadsOn = leadsTo({
  id: "three-leads-on",
  statement: "Three is left.",
  fairness,
  from: ({ n }) => n === 3,
  to: ({ n }) => n > 3,
});

/** Counts to five and then goes back to two and on, for ever. */
const turning = (properties: readonly Property<Counter>[], expected: readonly Expectation[] = []) =>
  counter({
    properties,
    expected,
    guard: () => true,
    effect: (d) => void (d.n = d.n === 5 ? 2 : d.n + 1),
  });
const on = (
  properties: readonly Property<Counter>[],
  line: string,
  expected: readonly Expectation[] = [],
): Promise<Ran> => run(line, {}, { ...catalogue, scenarios: [turning(properties, expected)] });

const folder = temporaryFolder();

describe("a liveness violation", () => {
  test("is printed with its loop marked, the fairness assumed, and a command that replays it", async () => {
    const { stdout, code } = await on([zeroAgain], "explore --allow-unrecorded");
    expect(code).toBe(0);
    expect(stdout).toContain("assuming WF(any step, for each actor)");
    expect(printedRunIn(stdout, "zero-again violated").replace(/:[0-9a-f]{6}:/, ":VERSION:")).toBe(`\
    zero-again violated after 2 steps, then 4 steps for ever
    oracle/counter, from zero

      From zero, counter takes 1-6, COUNT (n 0>2).

       counter
     1 COUNT    n 0>1
     2 COUNT    n 1>2
 /   3 COUNT    n 2>3
 |   4 COUNT    n 3>4
 |   5 COUNT    n 4>5
 \\   6 COUNT    n 5>2
  \\_ back to step 3, again and again

    ** broken: zero-again: It comes back to zero. **
    assuming WF(any step, for each actor)

    apicv-check replay oracle/counter:VERSION:zero-again:2CO+4CO
`);
    const again = /apicv-check (replay \S+)\n/.exec(stdout)?.[1] ?? "";
    const replayed = await on([zeroAgain], `${again} --trace full`);
    expect(replayed).toMatchObject({ code: 0, stderr: "" });
    expect(replayed.stdout).toContain("-- the loop: from here on again and again --\n    3   counter  COUNT");
    expect(replayed.stdout).toContain("zero-again: violated after 2 steps, then 4 steps for ever\n");
    expect(replayed.stdout).toContain("assuming WF(any step, for each actor)\n");
  });

  test("may be that everything stops for ever", async () => {
    const { stdout } = await on([ends("stops", 5, [])], "explore");
    expect(stdout).toContain("    stops violated in the start state, where it stops for ever\n");
    expect(stdout).toContain("    (in the start state)\n    -- here it stops for ever --\n");
    expect(stdout).toContain("    no fairness assumed\n");
    expect(stdout).toMatch(/replay oracle\/counter:\S+:stops:\+\n\n/);
  });

  test("counts as unexpected, and as known where it is expected", async () => {
    const holds = { property: "zero-again", verdict: "holds" } as const;
    expect((await on([zeroAgain], "explore", [holds])).code).toBe(1);
    const known = { property: "zero-again", verdict: "violated", because: "it never resets" } as const;
    const { code, stdout } = await on([zeroAgain], "explore", [known]);
    expect(code).toBe(0);
    expect(stdout.replace(/\s+/g, " ")).toContain(
      "violated (known: it never resets) after 2 steps, then 4 steps for ever; assuming",
    );
  });

  test("is in the JSON with where its loop begins, and replays from it", async () => {
    const { stdout } = await on([zeroAgain, ends("ends", 5)], "explore --json");
    const { properties } = JSON.parse(stdout) as { readonly properties: readonly unknown[] };
    expect(properties).toMatchObject([
      {
        kind: "infinitelyOften",
        fairness: ["WF(any step, for each actor)"],
        trace: { length: 6, loopAt: 2 },
      },
      { kind: "eventually", verdict: "holds", trace: null },
    ]);
    const file = join(folder, "result.json");
    writeFileSync(file, stdout);
    expect((await on([zeroAgain], `replay ${file}`)).code).toBe(0);
    writeFileSync(file, stdout.replace('"loopAt": 2', '"loopAt": 3'));
    expect(await on([zeroAgain], `replay ${file}`)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("its loop begins elsewhere"),
    });
  });

  test("is refused by replay where its loop does not close, is not fair, or breaks nothing", async () => {
    const { stdout } = await on([zeroAgain], "explore");
    const [handle] = /oracle\/counter:\S+:zero-again:/.exec(stdout) ?? [""];
    const wrong = {
      "2CO+3CO": "it does not return to the state where its loop begins",
      "CO+5CO": "it does not return to the state where its loop begins",
      "2CO+": "it is not fair: WF(any step, actor=counter) is not met",
      "6CO": "it does not say how it goes on for ever",
    };
    for (const [schedule, why] of Object.entries(wrong))
      expect(await on([zeroAgain], `replay ${handle}${schedule}`)).toMatchObject({
        code: 2,
        stdout: "",
        stderr: expect.stringContaining(why),
      });
    const nineAgain = infinitelyOften({
      id: "nine-again",
      statement: "It comes to nine.",
      fairness: [recurrent("two is back", ({ n }) => n === 2)],
      holds: ({ n }) => n === 9,
    });
    const nine = (schedule: string): Promise<Ran> =>
      on([nineAgain], `replay ${handle.replace("zero-again", "nine-again")}${schedule}`);
    expect(await nine("CO+")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("it is not fair: []<>(two is back) is not met"),
    });
    expect(await nine("2CO+")).toMatchObject({ code: 0 });
    const other = `replay ${handle.replace("zero-again", "three-leads-on")}2CO+4CO`;
    expect((await on([zeroAgain, threeLeadsOn], other)).stderr).toContain(
      "not violated by going on for ever",
    );
    const safe = `replay ${handle.replace("zero-again", "below-2")}2CO+4CO`;
    expect((await on([zeroAgain, below(2)], safe)).code).toBe(2);
  });
});

describe("a search that was cut short", () => {
  // The only fair violation is the loop from 5 back to 2; whatever hides it must not make the property hold.
  test("finds only loops inside a bound of depth, and says so", async () => {
    for (let depth = 0; depth <= 5; depth++) {
      const { stdout, code } = await on([zeroAgain], `explore --depth ${depth}`);
      expect(code).toBe(0);
      expect(stdout).toMatch(/zero-again {2}holds-to-bound: within depth \d, \d states?; longer/);
      expect(stdout).toContain("longer behaviour was");
      expect(stdout.replace(/\s+/g, " ")).toContain(
        "Only behaviour that stays within the bound was asked whether it goes on for ever.",
      );
      expect((await on([zeroAgain], `explore --depth ${depth} --require-complete`)).code).toBe(3);
    }
    expect((await on([zeroAgain], "explore --depth 6")).stdout).toContain("zero-again  violated");
    expect((await on([ends("far", 100)], "explore --depth 3")).stdout).toContain("far  holds-to-bound");
  });

  test("knows nothing after a limit on states, whatever it would have found", async () => {
    for (const property of [zeroAgain, ends("stops", 5, [])])
      for (const flags of ["", "--reference"]) {
        const { stdout, code } = await on([property], `explore --max-states 4 ${flags}`);
        expect(code).toBe(3);
        expect(stdout.replace(/\s+/g, " ")).toContain(
          `${property.id} unknown: stopped at the states limit, behaviours that go on for ever were not looked at`,
        );
      }
  });

  test.each(["time", "memory", "interrupted"] as const)(
    "keeps what it knows of safety when liveness meets a limit: %s",
    async (stop: Stop) => {
      const scenario = turning(
        [below(9), zeroAgain, ends("ends", 5)],
        [{ property: "zero-again", verdict: "violated" }],
      );
      const choice = { options: {} };
      const { model, start } = scenario.build(choice);
      const problem = problemOf(model, scenario.scope, scenario.properties, start);
      let asked = 0;
      const exploration = await exploreFast(problem, {}, ({ liveness = false }) =>
        liveness && ++asked > 2 ? stop : undefined,
      );
      const limits = { depth: null, switches: null, states: null, memoryBytes: null, seconds: null };
      const outcome = outcomeOf(
        { scenario, choice, properties: scenario.properties, asked: limits },
        problem,
        exploration,
      );
      expect(outcome.complete).toBe(false);
      expect(outcome.properties.map(({ verdict }) => verdict)).toEqual(["holds", "violated", "unknown"]);
      expect(exitCode(outcome, {})).toBe(stop === "interrupted" ? 130 : 3);
    },
  );

  test("stops at the first violation with --fail-fast", async () => {
    const { stdout } = await on([zeroAgain, ends("ends", 5)], "explore --fail-fast");
    expect(stdout).toMatch(/ends {8}unknown: stopped at the first violation/);
  });
});

test("an antecedent that never occurs is vacuous", async () => {
  const never = leadsTo({
    id: "never",
    statement: "-",
    fairness,
    from: ({ n }) => n > 9,
    to: () => false,
  });
  expect((await on([never], "explore")).stdout).toContain("never  vacuous: its antecedent never occurs");
});

test("explain says what is assumed, and what that means", async () => {
  const { stdout } = await on([zeroAgain, ends("stops", 5, [])], "explain zero-again");
  expect(stdout).toContain("  kind       infinitelyOften\n  assumes    WF(any step, for each actor)\n");
  expect(stdout).toContain("WF: what could be done all the time is done in the end");
  expect((await on([ends("stops", 5, [])], "explain stops")).stdout).toContain("  assumes    nothing:");
});

test("a fairness condition that is about nothing is refused before a verdict is given", async () => {
  const typo = ends("typo", 5, [weak({ action: "COUNTS" })]);
  for (const flags of ["", "--reference"])
    expect(await on([typo], `explore ${flags}`)).toMatchObject({
      code: 2,
      stdout: "",
      stderr: expect.stringContaining('unknown action "COUNTS" (did you mean "COUNT"?)'),
    });
});

test.each([
  ["explore --switches 2", "a search within a bound on switches"],
  ["explore --symmetry", "a search with --symmetry"],
  ["simulate --seed 1 --property zero-again", "a random walk"],
])("%s refuses liveness before it runs", async (line, how) => {
  expect(await on([zeroAgain, below(9)], line)).toMatchObject({
    code: 2,
    stdout: "",
    stderr: expect.stringContaining(
      `zero-again is a liveness property (infinitelyOften), which ${how} cannot check`,
    ),
  });
});
