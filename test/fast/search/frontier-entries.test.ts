import fc from "fast-check";
import { expect, test } from "vitest";
import { FrontierEntries } from "../../../src/fast/search/frontier-entries.ts";
import { runs } from "../../fixtures/runs.ts";

/** Some states that are passed over, some that are taken down, and how many of those that wait are expanded then. */
const batch = fc.record({
  gap: fc.nat({ max: 700 }),
  count: fc.nat({ max: 900 }),
  expanded: fc.nat({ max: 1_500 }),
  entry: fc.integer({ min: 1, max: 2 ** 17 }),
});

test("of each state that waits it is known by what it was reached, if that was taken down and is no large number", () => {
  fc.assert(
    fc.property(fc.array(batch, { minLength: 1, maxLength: 12 }), (batches) => {
      const reached = new FrontierEntries();
      const expected: number[] = [];
      let next = 0;
      for (const { gap, count, expanded, entry } of batches) {
        for (let i = 0; i < gap; i++) expected.push(0);
        const first = expected.length;
        next = Math.min(first, next + expanded);
        const entries = Int32Array.from({ length: count }, (_, i) => entry + i);
        reached.append(first, next, entries, Int32Array.from(entries.keys()), count);
        for (const each of entries) expected.push(each < 2 ** 16 ? each : 0);
        const known = expected.map((_, state) => (state < next ? 0 : reached.of(state)));
        expect(known).toEqual(expected.map((each, state) => (state < next ? 0 : each)));
      }
    }),
    { numRuns: runs(20) },
  );
});
