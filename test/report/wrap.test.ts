import fc from "fast-check";
import { expect, test } from "vitest";
import { commandLines } from "../../src/report/command-line.ts";
import { runLines, type Block } from "../../src/report/counterexample.ts";
import { ascii, paragraph, wrap } from "../../src/report/wrap.ts";

const printed = (lines: readonly string[]): string => lines.join("").replaceAll(" ", "");

/** Texts such as names of steps and fields are, and some that nobody should write. */
const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 90 }),
  fc.stringMatching(/^ {0,4}[a-z_.[\]0-9]{1,80}: [A-Z_]{1,40} -> [A-Z_]{1,40}$/),
  fc.stringMatching(/^[a-zA-Z_]{1,90}\(\)$/),
);

test("wrapped lines fit, end in no blank and lose no character", () => {
  fc.assert(
    fc.property(text, fc.integer({ min: 5, max: 75 }), (given, width) => {
      const lines = wrap(given, width);
      for (const line of lines) {
        expect(line.length).toBeLessThanOrEqual(width);
        expect(line).toMatch(/^[\x20-\x7e]*$/);
        expect(line).not.toMatch(/ $/);
      }
      expect(printed(lines)).toBe(printed([ascii(given)]));
    }),
    { numRuns: 500 },
  );
});

test("nothing but blanks is one empty line", () => {
  expect(wrap("    ", 10)).toEqual([""]);
});

test("continued lines are indented by two more, long names are cut after punctuation", () => {
  expect(wrap("  vcpu[0].apic.lapic_timer.pending: 0 -> 1", 24)).toEqual([
    "  vcpu[0].apic.lapic_",
    "    timer.pending: 0 ->",
    "    1",
  ]);
});

const block: fc.Arbitrary<Block> = fc.record({
  actor: fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom("CPU0", "CPU1", "housekeeping", "userspace") },
    { weight: 1, arbitrary: fc.string({ minLength: 1, maxLength: 30 }) },
  ),
  lines: fc.array(text, { minLength: 1, maxLength: 5 }),
});

test("whatever the run, its lines have at most 75 columns, plain ASCII, indented by four, no blank at the end", () => {
  fc.assert(
    fc.property(fc.array(block, { minLength: 1, maxLength: 12 }), (blocks) => {
      const lines = runLines(blocks);
      for (const line of lines) {
        expect(line.length).toBeLessThanOrEqual(75);
        expect(line).toMatch(/^( {4}[\x20-\x7e]*)?$/);
        expect(line).not.toMatch(/ $/);
      }
      const all = printed(lines);
      const short = blocks.flatMap((block) => block.lines).filter((line) => line.length <= 12);
      for (const line of short) expect(all).toContain(printed([ascii(line)]));
    }),
    { numRuns: 300 },
  );
});

test("one line of columns never holds the text of two steps", () => {
  const blocks = ["CPU1", "CPU0", "CPU1"].map((actor, i) => ({ actor, lines: [`${i}${"x".repeat(50)}`] }));
  const [names, dashes, ...steps] = runLines(blocks);
  expect(names).toBe("    CPU0                                CPU1");
  expect(dashes).toBe("    ----                                ----");
  expect(steps.map((line) => line.search(/\S/))).toEqual([40, 42, 4, 6, 40, 42]);
});

test("columns are in the order of the actors' numbers", () => {
  const blocks = ["CPU10", "CPU9"].map((actor) => ({ actor, lines: ["x"] }));
  expect(runLines(blocks)[0]).toBe("    CPU9  CPU10");
});

test("more than three actors make a numbered list", () => {
  const blocks = ["a", "b", "c", "d"].map((actor) => ({ actor, lines: ["STEP", "  x: 0 -> 1"] }));
  expect(runLines(blocks).slice(0, 4)).toEqual([
    "    1   a  STEP",
    "             x: 0 -> 1",
    "    2   b  STEP",
    "             x: 0 -> 1",
  ]);
});

test("a long command is continued so that the shell hands over the same words, or pieces of them", () => {
  const handles = Array.from({ length: 200 }, (_, i) => "kvm/timer:upstream:".repeat(12).slice(0, i + 1));
  for (const handle of [...handles, "x".repeat(200)]) {
    const lines = commandLines(`apicv-check replay ${handle}`);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(75);
    const words = lines.join("\n").replace(/ \\\n/g, " ").trim().split(/ +/);
    expect(words.slice(0, 2)).toEqual(["apicv-check", "replay"]);
    expect(words.slice(2).join("")).toBe(handle);
  }
});

test("a paragraph keeps every word and fills lines of at most 100 characters", () =>
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[!-~]{1,130}$/), { minLength: 1 }), (words) => {
      const lines = paragraph(words.join(" "));
      expect(lines.join(" ")).toBe(words.join(" "));
      for (const line of lines) expect(line.length <= 100 || !line.includes(" ")).toBe(true);
      for (const [at, line] of lines.slice(1).entries())
        expect(`${lines[at]} ${line.split(" ")[0]}`.length).toBeGreaterThan(100);
    }),
  ));
