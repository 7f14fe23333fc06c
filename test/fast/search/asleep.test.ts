import fc from "fast-check";
import { expect, test } from "vitest";
import { before, mostAsleep, rankShift, repeated, sideBySide } from "../../../src/fast/search/asleep.ts";

test("ranks are compared at a time, and say no more of steps than the steps do", () => {
  const steps = fc.integer({ min: 1, max: 10_000 }).chain((count) => {
    const step = fc.nat({ max: count - 1 });
    return fc.record({ count: fc.constant(count), of: step, list: fc.uniqueArray(step, { maxLength: 6 }) });
  });
  fc.assert(
    fc.property(steps, ({ count, of, list }) => {
      const rank = (step: number): number => step >>> rankShift(count);
      expect(rank(count - 1)).toBeLessThan(128);
      const said = before(sideBySide(list.map(rank)), repeated(rank(of)));
      const first = list.slice(0, mostAsleep);
      expect(said).toBe(first.reduce((all, step, i) => (rank(step) < rank(of) ? all | (1 << i) : all), 0));
    }),
  );
});
