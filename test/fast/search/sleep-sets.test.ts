import fc from "fast-check";
import { expect, test } from "vitest";
import { perSleepSegment, SleepSets } from "../../../src/fast/search/sleep-sets.ts";
import { runs } from "../../fixtures/runs.ts";

/** Some states that are passed over, some that are taken down, and how many of those that wait are expanded then. */
const batch = fc.record({
  gap: fc.nat({ max: 700 }),
  count: fc.nat({ max: 2_400 }),
  expanded: fc.nat({ max: 1_500 }),
  asleep: fc.integer(),
});

const of = (sets: SleepSets, state: number): number => sets.segment(state)[state % perSleepSegment];

test("of each state that waits it is known what is asleep in it, if that was taken down", () => {
  fc.assert(
    fc.property(fc.array(batch, { minLength: 1, maxLength: 12 }), (batches) => {
      const sets = new SleepSets();
      const expected: number[] = [];
      let next = 0;
      for (const { gap, count, expanded, asleep } of batches) {
        for (let i = 0; i < gap; i++) expected.push(0);
        const first = expected.length;
        next = Math.min(first, next + expanded);
        const all = Int32Array.from({ length: count }, (_, i) => asleep + i);
        sets.append(first, next, all, Int32Array.from(all.keys()), count);
        expected.push(...all);
        const known = expected.map((_, state) => (state < next ? 0 : of(sets, state)));
        expect(known).toEqual(expected.map((each, state) => (state < next ? 0 : each)));
      }
    }),
    { numRuns: runs(20) },
  );
});

test("what was known of expanded states is not said of those that come after", () => {
  const sets = new SleepSets();
  const size = perSleepSegment;
  const places = Int32Array.from({ length: size }, (_, i) => i);
  sets.append(0, 0, new Int32Array(size).fill(7), places, size);
  sets.append(2 * size, size, new Int32Array(size).fill(8), places, size / 2);
  const known = [2 * size, 2.5 * size - 1, 2.5 * size, 3 * size - 1].map((state) => of(sets, state));
  expect(known).toEqual([8, 8, 0, 0]);
});
