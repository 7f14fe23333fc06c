import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { mutationRows, type MutationRow } from "../models/kvm/mutation-rows.ts";
import { blockingMutationRows } from "../models/kvm/mutation-rows-blocking.ts";
import { ioapicMutationRows } from "../models/kvm/mutation-rows-ioapic.ts";
import { legacyMutationRows } from "../models/kvm/mutation-rows-legacy.ts";
import { violationsOf } from "../models/kvm/violated-claims.ts";

const page = readFileSync(new URL("../../docs/mutations.md", import.meta.url), "utf8");

const rows = [...mutationRows, ...blockingMutationRows, ...ioapicMutationRows, ...legacyMutationRows];

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
const linesOf = async (row: MutationRow): Promise<readonly string[]> => {
  const { states, violations } = await violationsOf(row, row.patch);
  return violations
    .filter(({ claim }) => row.breaks.includes(claim))
    .map(({ claim, property, steps }) =>
      [
        row.name,
        claim === property ? "-" : claim,
        property,
        where(row),
        states.toLocaleString("en-US"),
        steps,
      ].join(" | "),
    );
};

const headings = page
  .split("\n")
  .filter((line) => line.startsWith("## "))
  .map((line) => line.slice(3));

test("docs/mutations.md has what each mutation breaks, where, and how long the shortest run is", async () => {
  const found: string[] = [];
  for (const row of rows) found.push(...(await linesOf(row)));
  expect(shown).toEqual(found);
});

test("docs/mutations.md says of M1 to M14, and of every other mutation, what its run shows", () => {
  const numbered = Array.from({ length: 14 }, (_, i) => `M${i + 1}`);
  expect(headings).toEqual([...numbered, "Further mutations"]);
  const numberOf = (name: string): string | undefined => /^M\d+/.exec(name)?.[0];
  for (const number of numbered) expect(rows.map(({ name }) => numberOf(name))).toContain(number);
  for (const { name } of rows.filter(({ name }) => numberOf(name) === undefined))
    expect(page).toContain(`- **${name}**: `);
});
