import { expect, test } from "vitest";
import { mutationRows } from "../../../scenarios/mutations/rows.ts";
import { mutations } from "../../../scenarios/mutations/flips.ts";
import { flipOne } from "../../../src/command/flip/flip-one.ts";
import { violatedClaims, violationsOf } from "./violated-claims.ts";

test.each(mutationRows)(
  "$id breaks $breaks, as its row says, and the kernel as it is does not",
  async (row) => {
    const { states, violations } = await violationsOf(row, row.patch);
    const shown = violations.filter(({ claim }) => row.breaks.includes(claim));
    expect([states, Object.fromEntries(shown.map(({ property, steps }) => [property, steps]))]).toEqual([
      row.states,
      row.shows,
    ]);
    expect(new Set(shown.map(({ claim }) => claim))).toEqual(new Set(row.breaks));
    const asItIs = await violatedClaims(row, {});
    for (const claim of row.breaks) expect(asItIs).not.toContain(claim);
  },
);

test.each(mutations)("$id flips", async (mutation) => {
  const { fault, sides } = await flipOne(mutation, () => undefined);
  expect(fault).toBeNull();
  const row = mutationRows.find(({ id }) => id === mutation.id)!;
  expect(sides[0].outcome.exploration.states).toBe(row.states);
});
