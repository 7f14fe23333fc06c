import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { RecentFilter } from "../../../src/fast/threads/recent-filter.ts";
import { SliceCounts } from "../../../src/fast/threads/slice-counts.ts";
import { Successors } from "../../../src/fast/search/successors.ts";
import { Tally } from "../../../src/fast/threads/tally.ts";
import { Verdicts } from "../../../src/fast/learn/verdicts.ts";
import { HIT, SEEN } from "../../../src/model/judge.ts";

/** The places of the states that a sieve lets through. */
const through = (filter: RecentFilter, states: readonly (readonly number[])[]): readonly number[] => {
  const words = states[0]?.length ?? 1;
  const out = new Successors(1, words);
  return states.flatMap((state, place) => {
    if (words === 1) return filter.passes(state[0], 0, 0) ? [place] : [];
    out.clear(words);
    out.words.set(state);
    out.count = 1;
    filter.sift(out);
    return out.count === 1 ? [place] : [];
  });
};

const sieveOf = (counts = new SliceCounts(2, new Verdicts())): RecentFilter => new RecentFilter(counts);
const word = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 2 ** 31 - 1 }));
const oneWord = fc.array(
  word.map((word) => [word]),
  { maxLength: 200 },
);
const twoWords = fc.array(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 4 })), {
  maxLength: 200,
});

describe("a filter", () => {
  /** The states that it ought to have let through and did not, then those that it ought not to have and did. */
  const wrong = (states: readonly (readonly number[])[], words: number): readonly (readonly string[])[] => {
    const filter = sieveOf();
    filter.clear(words);
    const passed = new Set(through(filter, states));
    const names = states.map(String);
    const first = new Map(names.map((name, place) => [name, place] as const).toReversed());
    return [
      names.filter((name, place) => first.get(name) === place && !passed.has(place)),
      names.filter((name, place) => names[place - 1] === name && passed.has(place)),
    ];
  };

  test("lets every state through once at least, and not twice in a row", () => {
    fc.assert(
      fc.property(oneWord, twoWords, (one, two) => {
        expect(wrong(one, 1)).toEqual([[], []]);
        expect(wrong(two, 2)).toEqual([[], []]);
      }),
    );
  });

  test("lets many different states through, although some have the same hash", () => {
    const places = Array.from({ length: 50_000 }, (_, place) => place);
    expect(
      wrong(
        places.map((place) => [place + 1]),
        1,
      ),
    ).toEqual([[], []]);
    expect(
      wrong(
        places.map((place) => [1, place]),
        2,
      ),
    ).toEqual([[], []]);
  });

  test("lets a state through again once it was cleared", () => {
    const filter = sieveOf();
    for (const words of [1, 1, 2, 2, 1]) {
      filter.clear(words);
      expect(through(filter, [Array(words).fill(9), Array(words).fill(9)])).toEqual([0]);
    }
  });

  test.each([1, 2])(
    "counts what it keeps back as well, and sees what hits a property first, %i words",
    (words) => {
      const verdicts = new Verdicts();
      const hit = verdicts.of(0, SEEN | HIT);
      const counts = new SliceCounts(2, verdicts);
      const filter = sieveOf(counts);
      filter.clear(words);
      const out = new Successors(1, words);
      const siftOne = (): void => {
        out.clear(words);
        out.words.fill(5);
        out.step[0] = 1;
        out.verdict[0] = hit;
        out.count = 1;
        filter.sift(out);
      };
      for (let times = 0; times < 3; times++)
        if (words === 1) filter.passes(5, 1, hit);
        else siftOne();
      expect(counts.news).toBe(true);
      const tally = new Tally(2, 1);
      counts.keep(tally);
      expect([...tally.fired]).toEqual([0, 3]);
      expect(verdicts.seen(0)).toBe(3);
      verdicts.known([0]);
      counts.clear();
      counts.look(hit);
      expect(counts.news).toBe(false);
      counts.keep(tally);
      expect([...tally.fired]).toEqual([0, 3]);
    },
  );
});
