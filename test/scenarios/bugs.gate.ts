import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { flips } from "../../scenarios/index.ts";
import { flipOne } from "../../src/command/flip/flip-one.ts";
import { rowsOf } from "../../bench/bugs-page.ts";

const bugs = (await flips()).filter(({ kind }) => kind === "bug");
const shown = readFileSync(new URL("../../docs/bugs.md", import.meta.url), "utf8")
  .split("\n")
  .filter((line) => /^\| [A-Z]+-\d/.test(line));

/** A row without its padding, and without its seconds. */
const cells = (row: string): readonly string[] =>
  row
    .split(/(?<!\\)\|/)
    .slice(1, -2)
    .map((cell) => cell.trim());

test.each(bugs)("$id flips, as docs/bugs.md says", async (bug) => {
  const flipped = await flipOne(bug, () => undefined);
  expect(flipped.fault).toBeNull();
  for (const { side, outcome } of flipped.sides)
    for (const result of outcome.properties.filter(({ property }) => flipped.telling.includes(property.id)))
      expect([side, result.property.id, result.antecedent > 0 || result.evidence !== null]).toEqual([
        side,
        result.property.id,
        true,
      ]);
  expect(shown.map(cells).filter(([id]) => id === bug.id)).toEqual(rowsOf(flipped).map(cells));
});

test("docs/bugs.md has the bugs that there are", () => {
  expect([...new Set(shown.map((row) => cells(row)[0]))]).toEqual(bugs.map(({ id }) => id));
});
