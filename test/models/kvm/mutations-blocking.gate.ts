import { expect, test } from "vitest";
import { blockingMutationRows } from "./mutation-rows-blocking.ts";
import { violatedClaims } from "./violated-claims.ts";

test.each(blockingMutationRows)("$name breaks $breaks, and the kernel as it is does not", async (row) => {
  const mutated = await violatedClaims(row, row.patch);
  for (const claim of row.breaks) expect(mutated).toContain(claim);
  const asItIs = await violatedClaims(row, {});
  for (const claim of row.breaks) expect(asItIs).not.toContain(claim);
});
