import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BitSet } from "../../../src/fast/visited/bit-set.ts";
import { GrowableCells } from "../../../src/fast/visited/growable-cells.ts";
import { hash } from "../../../src/fast/visited/hash.ts";
import { layoutOf } from "../../../src/fast/values/layout.ts";
import { Store } from "../../../src/fast/visited/store.ts";
import { Tables } from "../../../src/fast/visited/tables.ts";
import { Visited } from "../../../src/fast/visited/visited.ts";
import { runs } from "../../fixtures/runs.ts";

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
        const table = Tables.of(1, 1);
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
    const wrong: number[] = [];
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
        if ((fresh[i] === 1) === known.has(state)) wrong.push(state);
        known.add(state);
        if (fresh[i] === 1) store.push(states, i, 0);
      });
    }
    expect(wrong).toEqual([]);
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
        const table = Tables.of(1, put.size);
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
        const table = Tables.of(2, put.length);
        const fresh = new Int32Array(put.length);
        const known = new Set<string>();
        table.insert(Int32Array.from(put.flat()), put.length, fresh);
        put.forEach((state, i) => {
          expect(fresh[i]).toBe(known.has(String(state)) ? 0 : 1);
          known.add(String(state));
        });
        // What is asked only might be half of a state that another thread is putting in.
        const wanted = asked.map((state) => (known.has(String(state)) && state[1] !== 0 ? 0 : 1));
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

  test("a table says the same at any size, up to 85 % full, and anew once it was emptied", () => {
    const factor = fc.constantFrom(1.1, 1.25, 1.5, 2, 3);
    const round = fc.record({ factor, seed: fc.nat(), fill: fc.double({ min: 0.1, max: 1, noNaN: true }) });
    const rounds = fc.array(round, { minLength: 1, maxLength: 5 });
    const shape = fc.record({
      words: fc.integer({ min: 1, max: 3 }),
      bytes: fc.constantFrom(2 ** 16, 2 ** 32),
    });
    /** Grows into several tables. */
    const large = [1, 2, 3, 4, 5].map((seed) => ({ factor: 3, seed, fill: 1 }));
    /** Larger tables are not grown: the next may be three times as large. */
    const enough = 15_000;
    let most = 0;
    fc.assert(
      fc.property(shape, rounds, fc.boolean(), ({ words, bytes }, rounds, empties) => {
        const table = new Tables(words, [new Int32Array(0)], { bytes });
        let known = new Set<string>();
        for (const { factor, seed, fill } of rounds) {
          if (known.size > enough) break;
          if (empties) {
            table.empty(words, known.size);
            known = new Set();
          }
          const wants = table.bytesToGrow(known.size, factor);
          const before = table.bytes;
          table.grow(known.size, factor);
          expect(wants).toBeGreaterThanOrEqual(table.bytes - before);
          expect(Math.max(...table.cells.map(({ byteLength }) => byteLength))).toBeLessThanOrEqual(bytes);
          const room = table.mostRoom - known.size;
          const states = scattered(Math.floor(room * fill), words, seed);
          const fresh = new Int32Array(states.length / words);
          table.insert(states, fresh.length, fresh);
          const wrong: string[] = [];
          for (let i = 0; i < fresh.length; i++) {
            const state = states.subarray(i * words, (i + 1) * words).join();
            if ((fresh[i] === 1) === known.has(state)) wrong.push(state);
            known.add(state);
          }
          expect(wrong).toEqual([]);
        }
        const all = Int32Array.from([...known].flatMap((state) => state.split(",").map(Number)));
        const fresh = new Int32Array(known.size);
        expect(table.insert(all, known.size, fresh)).toBe(0);
        most = Math.max(most, table.cells.length);
      }),
      { numRuns: runs(50), examples: [[{ words: 2, bytes: 2 ** 16 }, large, false]] },
    );
    expect(most).toBeGreaterThan(2);
  });

  test("several tables that adopt the cells of others say what those say", () => {
    const tables = new Tables(2, [new Int32Array(0)], { bytes: 2 ** 15 });
    tables.grow(9_000);
    expect(tables.cells).toHaveLength(4);
    const others = new Tables(2, tables.cells);
    expect(others.room).toBe(tables.room);
    const states = scattered(6_000, 2, 1).map((word) => word | 1);
    const fresh = new Int32Array(6_000);
    expect(tables.insert(states, 6_000, fresh)).toBeGreaterThan(4_000);
    expect(lacking(others, [...states], 2)).toEqual(Array.from(fresh, () => 0));
    const more = scattered(6_000, 2, 5).map((word) => word | 1);
    const wanted = lacking(tables, [...more], 2);
    expect(new Set(wanted)).toEqual(new Set([0, 1]));
    expect(lacking(others, [...more], 2)).toEqual(wanted);
  });

  test("tables without memory for more keep what they hold", () => {
    let left = Infinity;
    const allocate = (bytes: number): ArrayBuffer => {
      if (bytes > left) throw new RangeError("no memory");
      left -= bytes;
      return new ArrayBuffer(bytes);
    };
    const tables = new Tables(1, [new Int32Array(0)], { allocate, bytes: 2 ** 14 });
    const states = Int32Array.from({ length: 4_800 }, (_, i) => i + 1);
    const fresh = new Int32Array(states.length);
    tables.grow(states.length);
    expect(tables.insert(states, states.length, fresh)).toBe(states.length);
    const { cells, room } = tables;
    expect(cells).toHaveLength(2);
    left = 2 ** 14;
    expect(tables.bytesToGrow(1, 2)).toBe(2 ** 15);
    expect(() => tables.grow(1)).toThrow(RangeError);
    expect({ cells: tables.cells, room: tables.room }).toEqual({ cells, room });
    expect(tables.insert(states, states.length, fresh)).toBe(0);
  });

  test("states that meet at the end of a table go on at its beginning, also while it grows", () => {
    const at = (state: number): number => hash(Int32Array.of(state), 0, 1) >>> 0;
    const last: number[] = [];
    for (let state = 1; last.length < 40; state++) if (at(state) >= 2 ** 32 - 2 ** 19) last.push(state);
    for (let count = 2; count <= last.length; count++)
      for (const factor of [1.25, 2, 8]) {
        const table = Tables.of(1, 1);
        const states = Int32Array.from(last.slice(0, count).toSorted((a, b) => at(a) - at(b) || a - b));
        const fresh = new Int32Array(count);
        expect(table.insert(states, count, fresh)).toBe(count);
        table.grow(1, factor);
        expect(table.insert(states, count, fresh)).toBe(0);
      }
  });

  test("cells that become more keep what they hold, and need no more than what is added", () => {
    const page = 2 ** 14;
    const cells = GrowableCells.of(100);
    cells.cells.fill(7);
    let held = 100;
    for (const length of [page, 40 * page, 41 * page, 100 * page + 1]) {
      const wants = cells.bytesFor(length);
      expect(wants).toBe(held < 40 * page ? length * 4 : (length - held) * 4);
      cells.grow(length);
      expect(cells.cells).toHaveLength(length);
      expect(cells.cells.findIndex((cell, i) => cell !== (i < held ? 7 : 0))).toBe(-1);
      cells.cells.fill(7);
      held = length;
    }
  });

  test("tables have slots for as many states as can be numbered, and then no more", () => {
    const table = Tables.of(1, 1);
    expect(table.bytesToGrow(2 ** 32 - 1, 2)).toBe(2 ** 33 * 4);
    expect(table.bytesToGrow(2 ** 32, 2)).toBe(Infinity);
    expect(table.bytesToEmpty(1, 2 ** 32)).toBe(Infinity);
    expect(() => table.grow(2 ** 32)).toThrow(RangeError);
    expect(() => table.empty(1, 2 ** 32)).toThrow(RangeError);
    expect(table.room).toBe(2_457);
  });
});

/** States that lie close together and far apart, some of them twice. */
const scattered = (count: number, words: number, seed: number): Int32Array => {
  let last = seed | 1;
  const next = (): number => (last = (Math.imul(last, 1_103_515_245) + 12_345) | 0);
  return Int32Array.from({ length: count * words }, (_, i) => {
    const random = next() >>> 8;
    if (i % words > 0) return random & 3;
    return random % 3 === 0 ? 1 + (random & 1023) : random | 1;
  });
};
