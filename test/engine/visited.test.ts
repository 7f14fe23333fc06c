import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BitSet } from "../../src/explore/fast/bit-set.ts";
import { layoutOf } from "../../src/explore/fast/layout.ts";
import { Store } from "../../src/explore/fast/store.ts";
import { Table } from "../../src/explore/fast/table.ts";
import { Visited } from "../../src/explore/fast/visited.ts";

/** What a set says of states put into it batch by batch, `say` being asked before each batch. */
const said = (
  set: { readonly insert: (states: Int32Array, count: number, fresh: Int32Array) => void },
  batches: readonly (readonly number[])[],
  say: (more: number) => void = () => undefined,
): readonly number[] =>
  batches.flatMap((states) => {
    const fresh = new Int32Array(states.length);
    say(states.length);
    set.insert(Int32Array.from(states), states.length, fresh);
    return [...fresh];
  });

/** What a set has to say: 1 where a state comes for the first time. */
const meaning = (batches: readonly (readonly number[])[]): readonly number[] => {
  const known = new Set<number>();
  return batches.flat().map((state) => {
    const fresh = !known.has(state);
    known.add(state);
    return fresh ? 1 : 0;
  });
};

const bits = 20;
const state = fc.oneof(
  fc.integer({ min: 1, max: 2 ** bits - 1 }),
  fc.integer({ min: 1, max: 40 }),
  fc.integer({ min: 1, max: 63 }).map((high) => high << (bits - 6)),
);
const batches = fc.array(fc.array(state, { maxLength: 300 }), { maxLength: 8 });

/** What a set says of states that it is asked for only: 1 where one is not there. */
const lacking = (
  set: { readonly lacks: (states: Int32Array, count: number, fresh: Int32Array) => void },
  states: readonly number[],
  words = 1,
): readonly number[] => {
  const fresh = new Int32Array(states.length / words).fill(7);
  set.lacks(Int32Array.from(states), fresh.length, fresh);
  return [...fresh];
};

describe("visited sets", () => {
  test("a bit set and a table say of each state whether it is new", () => {
    fc.assert(
      fc.property(batches, (batches) => {
        const table = Table.of(1, 1);
        let states = 0;
        const wanted = meaning(batches);
        expect(said(BitSet.of(bits), batches)).toEqual(wanted);
        expect(said(table, batches, (more) => table.grow((states += more)))).toEqual(wanted);
      }),
    );
  });

  test("a bit set has a bit for every state, up to the last", () => {
    for (const bits of [1, 5, 6, 17]) {
      const all = Array.from({ length: 2 ** bits - 1 }, (_, i) => i + 1);
      expect(said(BitSet.of(bits), [all, all])).toEqual([...all.map(() => 1), ...all.map(() => 0)]);
    }
  });

  test("whichever it is, it says the same while it grows from one into the other", () => {
    // 24 bits: too many for a bit set at first, not for so many states.
    const layout = layoutOf([2 ** 12 - 1, 2 ** 12]);
    const visited = new Visited(layout);
    const store = new Store(layout.words);
    const kinds = new Set<number>();
    let seed = 1;
    const known = new Set<number>();
    for (let round = 0; round < 120; round++) {
      const states = Int32Array.from({ length: 2_000 }, () => {
        seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
        return 1 + ((seed >>> 7) % (2 ** 24 - 1));
      });
      visited.makeRoom(store.count + states.length, store);
      const fresh = new Int32Array(states.length);
      visited.insert(states, states.length, fresh);
      kinds.add(visited.bytes);
      states.forEach((state, i) => {
        expect(fresh[i] === 1).toBe(!known.has(state));
        known.add(state);
        if (fresh[i] === 1) store.push(states, i, 0);
      });
    }
    expect(kinds.has(BitSet.bytesFor(layout.bits))).toBe(true);
    expect(kinds.size).toBeGreaterThan(2);
    expect(visited.bytesFor(2 ** 24)).toBe(0);
  });

  test("asked only, they say what is there and put nothing in", () => {
    fc.assert(
      fc.property(batches, fc.array(state, { maxLength: 100 }), (batches, asked) => {
        const put = new Set(batches.flat());
        const wanted = asked.map((state) => (put.has(state) ? 0 : 1));
        const bitSet = BitSet.of(bits);
        const table = Table.of(1, put.size);
        for (const set of [bitSet, table]) {
          said(set, batches);
          expect(lacking(set, asked)).toEqual(wanted);
          expect(lacking(set, asked)).toEqual(wanted);
        }
      }),
    );
  });

  test("a table of two words a state tells states apart by either word", () => {
    const pair = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 5 }));
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 60 }), fc.array(pair, { maxLength: 20 }), (put, asked) => {
        const table = Table.of(2, put.length);
        const fresh = new Int32Array(put.length);
        const known = new Set<string>();
        table.insert(Int32Array.from(put.flat()), put.length, fresh);
        put.forEach((state, i) => {
          expect(fresh[i]).toBe(known.has(String(state)) ? 0 : 1);
          known.add(String(state));
        });
        const wanted = asked.map((state) => (known.has(String(state)) ? 0 : 1));
        expect(lacking(table, asked.flat(), 2)).toEqual(wanted);
      }),
    );
  });

  test("a set that adopts the memory of another says what that one says, also of what comes later", () => {
    for (const layout of [layoutOf([2 ** 10 - 1, 2 ** 10]), layoutOf([2 ** 20, 2 ** 20])]) {
      const store = new Store(layout.words);
      const visited = new Visited(layout);
      const other = new Visited(layoutOf([1]));
      visited.makeRoom(1_000, store);
      other.adopt(layout, visited.memory);
      expect(other.room).toBe(visited.room);
      const states = Int32Array.from({ length: 200 * layout.words }, (_, i) => 1 + ((i * 7_919) % 1_000));
      const fresh = new Int32Array(200);
      expect(lacking(other, [...states], layout.words)).toEqual(Array.from(fresh, () => 1));
      visited.insert(states, 200, fresh);
      expect(lacking(other, [...states], layout.words)).toEqual(Array.from(fresh, () => 0));
    }
  });
});
