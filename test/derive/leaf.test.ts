import { describe, expect, test } from "vitest";
import { leafCode } from "../../src/derive/leaf.ts";
import { CheckError } from "../../src/errors.ts";
import { formatOf } from "../../src/derive/format.ts";
import { bool, index, int, oneOf, record, set, sizeOf, vector, type Scope } from "../../src/schema/domain.ts";

describe("domains are refused where they are declared", () => {
  test.each([
    ["a range upside down", () => int(2, 1), /int\(2, 1\) is no range/],
    ["a bound that is no integer", () => int(0, 1.5), /int\(0, 1.5\) is no range/],
    ["a range too large to code", () => int(0, 2 ** 31), /more than 2\^31 members/],
    ["no word", () => oneOf(), /needs a word/],
    ["a word twice", () => oneOf("on", "off", "on"), /a word twice: on, off, on/],
  ])("%s", (_, declare, message) => {
    expect(declare).toThrow(CheckError);
    expect(declare).toThrow(message);
  });

  test("the largest range that can be coded is coded apart at both ends", () => {
    const { node } = int(-1, 2 ** 31 - 2);
    const { encode } = leafCode(node as never, {});
    expect(Int32Array.of(encode(-1), encode(2 ** 31 - 2))).toEqual(Int32Array.of(0, 2 ** 31 - 1));
  });
});

describe("families are sized by the scope", () => {
  test.each<[string, Scope, RegExp]>([
    ["missing", {}, /gives no size for the family "cpu"/],
    ["zero", { cpu: 0 }, /the size 0: a family has 1 to 64/],
    ["too large", { cpu: 65 }, /the size 65: a family has 1 to 64/],
    ["a fraction", { cpu: 1.5 }, /the size 1.5: a family has 1 to 64/],
  ])("%s", (_, scope, message) => {
    expect(() => sizeOf(scope, "cpu")).toThrow(message);
  });

  test("a set of more than thirty members is refused", () => {
    expect(() => leafCode(set("cpu").node as never, { cpu: 31 })).toThrow(/holds at most 30/);
    expect(leafCode(set("cpu").node as never, { cpu: 30 }).size).toBe(2 ** 30);
  });
});

test("a state prints as a reader of the kernel would write it", () => {
  const schema = record({
    vcpu: vector("vcpu", record({ mode: oneOf("OUT", "IN"), on: bool, pir: set("vector") })),
    dest: index("vcpu"),
  });
  const scope = { vcpu: 2, vector: 3 };
  const { state, diff, change } = formatOf(schema, scope);
  const before = {
    vcpu: [
      { mode: "OUT", on: false, pir: 0 },
      { mode: "IN", on: true, pir: 0b101 },
    ],
    dest: 1,
  } as const;
  expect(state(before)).toEqual([
    "vcpu[0].mode = OUT",
    "vcpu[0].on = 0",
    "vcpu[0].pir = {}",
    "vcpu[1].mode = IN",
    "vcpu[1].on = 1",
    "vcpu[1].pir = {0,2}",
    "dest = 1",
  ]);
  const after = { ...before, vcpu: [before.vcpu[1], before.vcpu[1]] };
  expect(diff(before, after).map(change)).toEqual([
    "vcpu[0].mode: OUT -> IN",
    "vcpu[0].on: 0 -> 1",
    "vcpu[0].pir: {} -> {0,2}",
  ]);
});
