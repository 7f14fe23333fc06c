import fc from "fast-check";
import { expect, test } from "vitest";
import { shelve } from "#check";
import { propertyOf } from "../../src/model/property.ts";
import type { Combination, Matrix, PlainVerdict } from "../../src/catalogue/matrix.ts";
import { matrixLines } from "../../src/report/matrix.ts";
import { optionsJson, optionsLines } from "../../src/report/option-combinations.ts";
import { runs } from "../fixtures/runs.ts";
import { posting } from "../fixtures/posting.ts";

const { invariant, step } = propertyOf<unknown>();
const properties = [
  invariant({ id: "plain", statement: "", holds: () => true }),
  step({ id: "hazard", statement: "", vacuousIs: "good", holds: () => true }),
  invariant({ id: "other", statement: "", holds: () => true }),
  invariant({ id: "law", statement: "", role: "law", holds: () => true }),
];
const observed = [invariant({ id: "remark", statement: "", role: "observation", holds: () => true })];

type Word = "holds" | "vacuous" | "violated" | "unknown";

const verdictOf = (id: string, verdict: Word, length: number): PlainVerdict => ({
  id,
  kind: "invariant",
  isLaw: id === "law",
  verdict,
  because: "",
  expected: null,
  reason: null,
  asExpected: verdict !== "violated",
  traceLength: verdict === "violated" ? length : null,
  handle: null,
});

const ROWS = ["ipi", "none", "a", "b", "c", "d", "e", "f"];
const world = shelve({
  ...posting,
  expected: [],
  options: [{ name: "row", about: "", source: "", values: ROWS }],
});

const matrixOf = (rows: readonly (readonly Word[])[], lengths: readonly number[] = []): Matrix => ({
  scenario: world,
  asked: { depth: null, switches: null, states: null, memoryBytes: null, seconds: null },
  properties: properties.slice(0, rows[0].length),
  notAsked: [],
  several: ["row"],
  combinations: rows.map((words, model): Combination => ({
    choice: { design: "sync-first", guest: "vmx", options: { row: ROWS[model] } } as Combination["choice"],
    model,
    modelVersion: "000000",
    noEffect: [],
    stop: words.includes("unknown") ? "states" : "exhausted",
    complete: !words.includes("unknown"),
    depth: 1,
    states: 1,
    refusal: null,
    verdicts: words.map((word, i) => verdictOf(properties[i].id, word, lengths[i] ?? 4)),
  })),
  models: rows.length,
  refused: [],
  left: [],
  stop: undefined,
});

const textOf = (matrix: Matrix): string => optionsLines(matrix, observed).join("\n");
/** What is said under a heading, up to the next blank line. */
const under = (text: string, heading: string): string | undefined =>
  text.split("\n\n").find((part) => part.replaceAll(/\s+/g, " ").includes(heading));

test("what never occurs counts as good where the property says so, and is told; elsewhere it says nothing", () => {
  const text = textOf(
    matrixOf([
      ["holds", "vacuous", "holds"],
      ["vacuous", "vacuous", "holds"],
    ]),
  );
  const all = under(text, "Every requirement holds, in complete searches: 1 combination");
  expect(all).toContain("  vacuous, which is good here: hazard: 1 combination in 1 model\n    row=ipi");
  const idle = under(text, "No requirement is violated, but some antecedents never occur: 1 combination");
  expect(idle!.replaceAll(/\s+/g, " ")).toContain("vacuous: plain; vacuous, which is good here: hazard");
});

test("a law that says nothing is as good as one that holds, and is named nowhere", () => {
  const matrix = matrixOf([
    ["holds", "holds", "holds", "vacuous"],
    ["vacuous", "holds", "holds", "vacuous"],
    ["violated", "holds", "holds", "vacuous"],
  ]);
  const text = textOf(matrix);
  expect(under(text, "Every requirement holds, in complete searches: 1 combination")).not.toContain(
    "vacuous",
  );
  expect(under(text, "but some antecedents never occur: 1 combination")).toContain("  vacuous: plain: 1");
  expect(text.replaceAll(/\s+/g, " ")).toContain(
    "A law whose antecedent never occurs counts as one that holds.",
  );
  const lines = matrixLines(matrix);
  expect(lines.map((line) => line.replace(/ {2,}/, " "))).toEqual(
    expect.arrayContaining([
      "violated 4 ! row=a: 1 state; violated: plain 4 !",
      "vacuous row=none: 1 state; vacuous: plain",
      "holds row=ipi: 1 state",
    ]),
  );
  expect(lines.join("\n")).toContain("1 violated, 1 vacuous, 1 holds");
});

test("a law that is broken is a violation as any other", () => {
  const { standings } = optionsJson(matrixOf([["holds", "holds", "holds", "violated"]]), []);
  expect(standings["violated"]).toBe(1);
});

test("observations are named, and none is asked", () => {
  const matrix = matrixOf([["holds", "holds", "holds"]]);
  expect(textOf(matrix)).toMatch(
    /^not asked remark\n +\(observations, not requirements: --property ID asks one\)$/m,
  );
  expect(optionsJson(matrix, observed)).toMatchObject({
    observations: ["remark"],
    nearMisses: { violated: null },
  });
});

test("near misses violate the fewest, and the rest is told by what fails first", () => {
  const rows: readonly (readonly Word[])[] = [
    ["violated", "violated", "holds"],
    ["holds", "violated", "holds"],
    ["holds", "holds", "holds"],
    ["violated", "violated", "violated"],
  ];
  const text = textOf(matrixOf(rows, [9, 4, 7]));
  const order = ["Every requirement", "Near misses, 1 of 3 requirements violated: 1", "More is violated"];
  expect(order.map((heading) => text.indexOf(heading))).toEqual(
    order.map((heading) => text.indexOf(heading)).toSorted((a, b) => a - b),
  );
  expect(under(text, "Near misses")).toContain("  hazard after 4 steps, not recorded: 1 combination");
  const rest = under(text, "More is violated, by what fails first: 2 combinations");
  expect(rest!.replaceAll(/\s+/g, " ")).toContain("hazard after 4 steps, not recorded, then plain: 1");
  expect(rest!.replaceAll(/\s+/g, " ")).toContain("hazard after 4 steps, not recorded, then other, plain: 1");
  expect(optionsJson(matrixOf(rows), []).nearMisses).toEqual({ violated: 1, combinations: 1 });
});

const word = fc.constantFrom<Word>("holds", "holds", "vacuous", "violated", "unknown");

test("each combination is told once, under what its verdicts say", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(word, word, word), { minLength: 1, maxLength: ROWS.length }),
      fc.tuple(fc.nat(9), fc.nat(9), fc.nat(9)),
      (rows, lengths) => {
        const matrix = matrixOf(rows, lengths);
        const text = textOf(matrix);
        const told = [...text.matchAll(/^\S[^:]*(?:\n?[^:\n]*): (\d+)\s+combinations?\b/gm)];
        const counts = told.map(([, count]) => Number(count)).reduce((sum, count) => sum + count, 0);
        expect(counts).toBe(rows.length);
        const good = rows.filter(
          ([plain, hazard, other]) =>
            plain === "holds" && other === "holds" && ["holds", "vacuous"].includes(hazard),
        ).length;
        const { standings, nearMisses } = optionsJson(matrix, []);
        expect(standings["holds"]).toBe(good);
        const broken = rows.map((row) => row.filter((one) => one === "violated").length);
        expect(standings["violated"]).toBe(broken.filter((count) => count > 0).length);
        const fewest = Math.min(...broken.filter((count) => count > 0));
        expect(nearMisses).toEqual(
          fewest === Infinity
            ? { violated: null, combinations: 0 }
            : { violated: fewest, combinations: broken.filter((count) => count === fewest).length },
        );
      },
    ),
    { numRuns: runs(200) },
  );
});
