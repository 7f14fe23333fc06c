import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { add, all, count, del, has, none } from "../../src/schema/set.ts";

const SIZE = 30;
const member = fc.nat({ max: SIZE - 1 });
const members = fc.uniqueArray(member);
const setOf = (list: readonly number[]): number => list.reduce(add, none);

describe("sets", () => {
  test("a set has the members that were added, and no other", () => {
    fc.assert(
      fc.property(members, member, (list, m) => {
        expect(has(setOf(list), m)).toBe(list.includes(m));
      }),
    );
  });

  test("the order in which members are added does not matter, nor does adding one again", () => {
    fc.assert(
      fc.property(members, (list) => {
        expect(setOf([...list.toReversed(), ...list])).toBe(setOf(list));
      }),
    );
  });

  test("deleting takes one member out and leaves the others", () => {
    fc.assert(
      fc.property(members, member, (list, m) => {
        expect(del(setOf(list), m)).toBe(setOf(list.filter((other) => other !== m)));
      }),
    );
  });

  test("count is the number of members", () => {
    fc.assert(
      fc.property(members, (list) => {
        expect(count(setOf(list))).toBe(list.length);
      }),
    );
  });

  test("all has every member below the size, none has no member", () => {
    fc.assert(
      fc.property(fc.nat({ max: SIZE }), member, (size, m) => {
        expect(has(all(size), m)).toBe(m < size);
        expect(count(all(size))).toBe(size);
        expect(has(none, m)).toBe(false);
      }),
    );
  });

  test("a set is never negative, so that equal sets are equal numbers", () => {
    fc.assert(
      fc.property(members, (list) => {
        expect(setOf(list)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
