import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { mutationRows } from "../../scenarios/mutations/rows.ts";
import type { MutationRow } from "../../scenarios/mutations/row.ts";

const page = readFileSync(new URL("../../docs/mutations.md", import.meta.url), "utf8");

/** The table's rows below its head, each cell without its padding. */
const shown = page
  .split("\n")
  .filter((line) => line.startsWith("| "))
  .map((line) => line.split("|").slice(1, -1).join("|").replaceAll(/ +/g, " ").trim())
  .slice(2);

const where = ({ world, design, guest, set = [] }: MutationRow): string =>
  [
    world.name,
    ...(design === undefined ? [] : [`--design ${design}`]),
    ...(guest === undefined ? [] : [`--guest ${guest}`]),
    ...set,
  ].join(" ");

/** What the table has to say of a mutation: a line for each property of the claims that it breaks. */
const linesOf = (row: MutationRow): readonly string[] =>
  Object.entries(row.shows).map(([property, steps]) => {
    const claim = row.world.properties.find(({ id }) => id === property)?.claim ?? "-";
    return [row.id, row.name, claim, property, where(row), row.states.toLocaleString("en-US"), steps].join(
      " | ",
    );
  });

const headings = page
  .split("\n")
  .filter((line) => line.startsWith("## "))
  .map((line) => line.slice(3));

// What the rows say is searched in test/models/kvm/mutations.gate.ts.
test("docs/mutations.md has what each mutation breaks, where, and how long the shortest run is", () => {
  expect(shown).toEqual(mutationRows.flatMap(linesOf));
});

test("docs/mutations.md says of M1 to M14, and of every other mutation, what its run shows", () => {
  const numbered = Array.from({ length: 14 }, (_, i) => `M${i + 1}`);
  expect(headings).toEqual([...numbered, "Further mutations"]);
  const numberOf = (name: string): string | undefined => /^M\d+/.exec(name)?.[0];
  for (const number of numbered) expect(mutationRows.map(({ name }) => numberOf(name))).toContain(number);
  for (const { name } of mutationRows.filter(({ name }) => numberOf(name) === undefined))
    expect(page).toContain(`- **${name}**: `);
});

test("each mutation has an id of its own, and breaks what its world asks", () => {
  expect(new Set(mutationRows.map(({ id }) => id)).size).toBe(mutationRows.length);
  for (const { world, shows, breaks } of mutationRows)
    for (const property of Object.keys(shows)) {
      const found = world.properties.find(({ id }) => id === property);
      expect(breaks).toContain(found?.claim ?? found?.id);
    }
});
