import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { scenarios } from "../../scenarios/index.ts";
import { share } from "../fixtures/runs.ts";
import { page, rowsOf, rowText } from "../../bench/fewest-switches.ts";

const shown = readFileSync(new URL("../../docs/switches.md", import.meta.url), "utf8")
  .trimEnd()
  .split("\n");

// Where these fail the page is stale: npm run switches:docs. The large worlds, and those that are new, are compared by
// night (test/long).

const rows = shown.filter((line) => line.startsWith("| ")).slice(2);
const cells = (row: string): readonly string[] =>
  row.split(" | ").map((cell) => cell.replace(/^\| | \|$/g, ""));

/** Worlds with more states are not searched here. */
const few = share === 1 ? 30_000 : 2_000;
const nameOf = (row: string): string => cells(row)[1].split(" ")[0];
const large = new Set(
  rows.filter((row) => Number(cells(row)[6].replaceAll(",", "")) > few).map((row) => nameOf(row)),
);
const small = new Set(rows.map(nameOf).filter((name) => !large.has(name)));

test("docs/switches.md shows what a run of the smaller worlds gives", async () => {
  const fresh: string[] = [];
  for (const scenario of scenarios.filter(({ name }) => small.has(name)))
    fresh.push(...(await rowsOf(scenario)).map(rowText));
  expect(rows.filter((row) => small.has(nameOf(row)))).toEqual(fresh);
  expect(fresh.length).toBeGreaterThan(share === 1 ? rows.length / 2 : 10);
});

test("docs/switches.md sums its rows up rightly", () => {
  const told = rows.map((row) => {
    const [property, world, ...figures] = cells(row);
    const [switches, steps, shortest, states, all] = figures.map((text) => Number(text.replaceAll(",", "")));
    return { property, world, switches, steps, shortest, states, all };
  });
  expect(shown).toEqual(page(told));
});
