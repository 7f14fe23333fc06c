import fc from "fast-check";
import { expect, test } from "vitest";
import { replay } from "../../src/check/trace.ts";
import { int, record } from "../../src/schema/domain.ts";
import { actionOf } from "../../src/model/action.ts";
import { problemOf } from "../../src/problem/exploration.ts";
import { runTable } from "../../src/report/run/run-table.ts";
import * as catalogue from "../../scenarios/index.ts";
import { run } from "../fixtures/io.ts";
import { runs } from "../fixtures/runs.ts";

const shipped = async (line: string): Promise<string> => (await run(line, {}, catalogue)).stdout;

const linesFrom = (text: string, head: string): readonly string[] =>
  text.slice(text.indexOf(`    ${head} violated`)).split("\n");

test("22 steps fit a screen of 40 lines, each in one", async () => {
  const text = await shipped("explore --scenario kvm/block --property halted-vcpu-wakes-for-vector");
  const lines = linesFrom(text, "halted-vcpu-wakes-for-vector");
  expect(lines[0]).toContain("violated after 22 steps");
  // What follows is the command that replays it.
  const printed = lines.findIndex((line) => line.startsWith("    apicv-check replay"));
  expect(printed).toBeLessThanOrEqual(40);
  expect(printed).toBeGreaterThan(22);
});

test("89 steps fit two screens, told until what they break", async () => {
  const text = await shipped(
    "explore --scenario kvm/tsc-deadline --guest vmx --kernel 6.16 --set nohzFull=on --set timerAdvance=on --set hltInGuest=on --property no-interrupt-before-deadline",
  );
  const lines = linesFrom(text, "no-interrupt-before-deadline");
  expect(lines[0]).toContain("violated after 89 steps");
  expect(lines.findIndex((line) => line.includes("** broken"))).toBeLessThanOrEqual(80);
});

const word = fc.stringMatching(/^[a-z]{1,8}(_[a-z]{1,12}){0,3}$/);
/** Actors with the names of their actions; each action adds one to a field of its own, or to none but where a thread stands. */
const actors = fc.uniqueArray(
  fc.record({ name: word, actions: fc.uniqueArray(word, { minLength: 1, maxLength: 4 }) }),
  { minLength: 1, maxLength: 6, selector: ({ name }) => name },
);

const runOf = (
  given: readonly { readonly name: string; readonly actions: readonly string[] }[],
  picks: readonly number[],
) => {
  const names = given.flatMap(({ name, actions }) => actions.map((action) => ({ name, action })));
  const State = record(
    Object.fromEntries(names.flatMap((_, i) => [[`t${i}`, record({ pc: int(0, 1), count: int(0, 9) })]])),
  );
  type State = Readonly<Record<string, { pc: number; count: number }>>;
  const model = {
    name: "threads",
    state: State,
    init: () => [Object.fromEntries(names.map((_, i) => [`t${i}`, { pc: 0, count: 0 }]))],
    actions: names.map(({ name, action }, i) =>
      actionOf<State>()(`${action}${i}`, {
        actor: name,
        guard: () => true,
        effect: (d) => {
          if (i % 2 === 0) d[`t${i}`].pc = 1 - d[`t${i}`].pc;
          else d[`t${i}`].count = (d[`t${i}`].count + 1) % 10;
        },
      }),
    ),
  };
  const problem = problemOf(model, {});
  return { problem, trace: replay(problem, { start: 0, steps: picks.map((pick) => pick % names.length) }) };
};

/** How many steps the line at a place tells as one, which takes several lines far to the right; undefined where it tells one. */
const foldedAt = (lines: readonly string[], place: number): string | undefined => {
  if (!/^ {7} *:( |$)/.test(lines[place])) return undefined;
  const text = lines.slice(place).join("").replaceAll(" ", "");
  return /^:(?:\w+:)?(\d+)steps,/.exec(text)?.[1];
};

/** The steps that the lines tell, those that one line tells together as one. */
const partsIn = (lines: readonly string[]): readonly { readonly from: number; readonly count: number }[] => {
  let next = 1;
  return lines.flatMap((line, place) => {
    const [, number] = /^ {4}([ \d]\d) /.exec(line) ?? [];
    const count = foldedAt(lines, place);
    if (number === undefined && count === undefined) return [];
    const from = number === undefined ? next : Number(number);
    next = from + Number(count ?? 1);
    return [{ from, count: Number(count ?? 1) }];
  });
};

test("whatever the run, its lines fit, and every step stands in one of them, in its order", () => {
  fc.assert(
    fc.property(
      actors,
      fc.array(fc.nat(1000), { minLength: 1, maxLength: 40 }),
      fc.constantFrom("brief" as const, "steps" as const),
      (given, picks, detail) => {
        const { problem, trace } = runOf(given, picks);
        const lines = runTable(problem, trace, { trace: detail });
        for (const line of lines) {
          expect(line.length).toBeLessThanOrEqual(75);
          expect(line).toMatch(/^[\x20-\x7e]*[\x21-\x7e]$/);
        }
        const squeezed = lines.join("").replaceAll(" ", "");
        const parts = partsIn(lines);
        expect(parts.flatMap(({ from, count }) => Array.from({ length: count }, (_, i) => from + i))).toEqual(
          picks.map((_, i) => i + 1),
        );
        const shown = parts.filter(({ count }) => count === 1).map(({ from }) => trace.steps[from - 1]);
        for (const { step } of shown) expect(squeezed).toContain(step.action.name);
        const hidden = parts
          .filter(({ count }) => count > 1)
          .map(({ from, count }) => trace.steps.slice(from - 1, from - 1 + count));
        expect(detail === "steps" ? hidden : []).toEqual([]);
        for (const part of hidden) {
          expect(new Set(part.map(({ step }) => step.actor)).size).toBe(1);
          expect(part.flatMap(({ changes }) => changes).filter(({ path }) => !path.endsWith(".pc"))).toEqual(
            [],
          );
        }
      },
    ),
    {
      numRuns: runs(300),
      // Steps that are told as one, so far to the right that they take several lines.
      examples: [
        [
          [
            { name: "aaaaa_aaaaa_aa_aaaaaaaaa", actions: ["a", "b"] },
            { name: "aa", actions: ["a"] },
            { name: "a_aaaaaaa", actions: ["a", "b", "a_a", "a_b"] },
            { name: "a_aaa_a_a", actions: ["a", "a_a"] },
            { name: "a_aaaaaab", actions: ["a", "a_a", "a_b", "b"] },
          ],
          [113, 878, 0, 0, 406, 509],
          "brief",
        ],
      ],
    },
  );
});

test("a run of 100,000 steps prints: its two ends in brief, and all of it where that is asked for", () => {
  const State = record({ n: int(0, 5) });
  const count = actionOf<{ n: number }>()("count", {
    actor: "counter",
    guard: () => true,
    effect: (d) => void (d.n = (d.n + 1) % 6),
  });
  const problem = problemOf({ name: "counter", state: State, init: () => [{ n: 0 }], actions: [count] }, {});
  const trace = replay(problem, { start: 0, steps: Array.from({ length: 100_000 }, () => 0) });
  const brief = runTable(problem, trace, {});
  expect(brief).toHaveLength(402);
  expect(brief[201]).toBe("    ... 99,600 steps left out here (all: --trace steps) ...");
  expect(brief.at(-1)).toBe("    100000 count    n 3>4");
  expect(runTable(problem, trace, { trace: "steps" })).toHaveLength(100_001);
});

test("a wider terminal has wider lanes, and a narrower one does not break the table", () => {
  const given = [
    { name: "first", actions: ["a_long_name_of_an_action", "b"] },
    { name: "second", actions: ["another_long_name_of_it", "c"] },
  ];
  const { problem, trace } = runOf(given, [0, 1, 2, 3]);
  const at = (terminal?: number) =>
    runTable(problem, trace, terminal === undefined ? {} : { terminal })
      .map((line) => line.search(/another|b1/))
      .filter((place) => place >= 0);
  expect(at(130)[1]).toBeGreaterThan(at()[1]);
  expect(at(40)).toEqual(at());
});
