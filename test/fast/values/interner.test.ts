import fc from "fast-check";
import { expect, test } from "vitest";
import { componentsOf } from "../../../src/derive/component.ts";
import { Interner, type Changes } from "../../../src/fast/values/interner.ts";
import { int, record } from "../../../src/schema/domain.ts";

/** Numbers the values of a component whose leaves have so many values each. */
const interner = (...sizes: readonly number[]): Interner => {
  const leaves = Object.fromEntries(sizes.map((size, leaf) => [`leaf${leaf}`, int(0, size - 1)]));
  const [type] = componentsOf(record({ part: record(leaves) }), {}).types;
  return new Interner(0, type, [], { outgrown: false, claim: (_, codes): number => values.add(codes) });
};
let values: Interner;

test("values are told apart where their hashes are the same", () => {
  const size = 2 ** 16;
  values = interner(size, size, size);
  // So many values, scattered, that some pairs of them have the same 32 bits.
  const count = 2 ** 18;
  const codes = new Int32Array(3);
  const each = (look: (id: number) => void): void => {
    let scattered = 1;
    for (let id = 0; id < count; id++) {
      for (let leaf = 0; leaf < codes.length; leaf++) {
        scattered = Math.imul(scattered, 0x19660d) + 0x3c6ef35f;
        codes[leaf] = scattered >>> 16;
      }
      look(id);
    }
  };
  const wrong: number[] = [];
  each((id) => void (values.intern(codes) === id || wrong.push(id)));
  each((id) => void (values.find(codes) === id || wrong.push(id)));
  const all = (): Changes => [...codes].map((code, place) => [place, code] as const);
  each((id) => void (values.patched(0, all()) === id || wrong.push(id)));
  expect([wrong, values.next]).toEqual([[], count]);
});

test("a patched value is the value with these codes", () => {
  const sizes = [3, 700, 2, 70_000];
  const row = fc.tuple(...sizes.map((size) => fc.nat(size - 1)));
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 20 }), row, fc.nat(), (rows, other, at) => {
      values = interner(...sizes);
      const known = rows.map((codes) => values.intern(codes));
      const place = at % sizes.length;
      const id = known[at % known.length];
      const patched = values.patched(id, [[place, other[place]]]);
      expect([...values.codes(patched)]).toEqual([...values.codes(id)].with(place, other[place]));
      expect(rows.map((codes) => values.intern(codes))).toEqual(known);
      expect(values.find([...values.codes(patched)])).toBe(patched);
    }),
  );
});
