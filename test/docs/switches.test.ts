import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { scenarios } from "../../models/index.ts";
import { askedOf, page, rowsOf, rowText } from "../../bench/fewest-switches.ts";

const shown = readFileSync(new URL("../../docs/switches.md", import.meta.url), "utf8")
  .trimEnd()
  .split("\n");

// Where these fail the page is stale: npm run switches:docs.

const rows = shown.filter((line) => line.startsWith("| ")).slice(2);
const cells = (row: string): readonly string[] =>
  row.split(" | ").map((cell) => cell.replace(/^\| | \|$/g, ""));

/** Worlds with more states are not searched again. */
const few = 30_000;
const large = new Set(
  rows
    .filter((row) => Number(cells(row)[6].replaceAll(",", "")) > few)
    .map((row) => cells(row)[1].split(" ")[0]),
);

test("docs/switches.md has a row for each violation that a shipped world expects", () => {
  expect(rows.map((row) => cells(row).slice(0, 2))).toEqual(scenarios.flatMap(askedOf));
});

test("docs/switches.md shows what a run of the smaller worlds gives", async () => {
  const fresh: string[] = [];
  for (const scenario of scenarios.filter(({ name }) => !large.has(name)))
    fresh.push(...(await rowsOf(scenario)).map(rowText));
  expect(rows.filter((row) => !large.has(cells(row)[1].split(" ")[0]))).toEqual(fresh);
  expect(fresh.length).toBeGreaterThan(rows.length / 2);
});

test("docs/switches.md sums its rows up rightly", () => {
  const told = rows.map((row) => {
    const [property, world, ...figures] = cells(row);
    const [switches, steps, shortest, states, all] = figures.map((text) => Number(text.replaceAll(",", "")));
    return { property, world, switches, steps, shortest, states, all };
  });
  expect(shown).toEqual(page(told));
});
