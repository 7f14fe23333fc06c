import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tracepoints } from "../../models/kvm/tracepoints/table.ts";
import { text } from "../../src/events/text-form.ts";
import { hex, optionalWord, signed, unsigned } from "../../src/events/field.ts";
import { eventText, readEvent, tracepoint, tracepointsOf } from "../../src/events/tracepoint.ts";
import { runs } from "../fixtures/runs.ts";
import { fieldsOf } from "./arbitrary-events.ts";

const all = [...tracepoints.values()].flatMap((point) =>
  point.texts.map((era) => ({ point, era, named: `${point.name}, ${era.of}` })),
);

describe("every text of every tracepoint", () => {
  test("reads as what was printed", () => {
    for (const { era, named } of all)
      fc.assert(
        fc.property(fieldsOf(era.text.fields), (fields) => {
          const printed = era.text.print(fields);
          expect([named, era.text.read(printed)]).toEqual([named, fields]);
          expect(era.text.read(printed.trimEnd())).toEqual(fields);
        }),
        { numRuns: runs(100) },
      );
  });

  test("means the same whatever release printed it", () => {
    for (const { point, era, named } of all)
      fc.assert(
        fc.property(fieldsOf(era.text.fields), (fields) => {
          const read = readEvent(point, era.text.print(fields))?.fields ?? {};
          expect(Object.keys(read).length).toBeGreaterThan(0);
          for (const [name, value] of Object.entries(read))
            // What an older text does not say is what the newer one leaves out too.
            expect([named, name, value]).toEqual([named, name, name in fields ? fields[name] : false]);
        }),
        { numRuns: runs(50) },
      );
  });

  test("says where it was read, and of which release", () => {
    for (const { era, named } of all)
      expect([named, era.source.length > 10, era.of.length > 2]).toEqual([named, true, true]);
    expect(tracepoints.size).toBeGreaterThan(35);
    expect(all.length).toBeGreaterThan(50);
  });
});

describe("a text that nobody prints", () => {
  const point = tracepoint({
    system: "toy",
    name: "toy_turn",
    by: "own",
    when: "after",
    newest: {
      of: "2.0",
      source: "a toy",
      text: text`turn ${unsigned("turn")} at ${hex("place")}${optionalWord("note", " ")}`,
    },
    older: [{ of: "1.0", source: "a toy", text: text`turn ${signed("turn")}` }],
    unknown: ["place"],
  });

  test("is not read: a number too large, words missing, or more than there is", () => {
    expect(readEvent(point, "turn 4294967296 at 0")).toBeUndefined();
    expect(readEvent(point, "turn 12 at 1ffffffff")).toBeUndefined();
    expect(readEvent(point, "turn 12 at ")).toBeUndefined();
    expect(readEvent(point, "a turn 12")).toBeUndefined();
    expect(readEvent(point, "turn 12 at ff well done")?.fields).toEqual({
      turn: 12,
      place: 255,
      note: "well done",
    });
    expect(readEvent(point, "turn -3")?.fields).toEqual({ turn: -3 });
  });

  test("is not printed either: what the model does not know is 0", () => {
    const table = tracepointsOf([point]);
    expect(eventText(table, point.event({ turn: 7, note: "" }))).toBe("turn 7 at 0");
    expect(eventText(table, point.event({ turn: 7, note: "" }), "1.0")).toBe("turn 7");
    expect(() => eventText(table, { name: "toy_trun", fields: {} })).toThrow('did you mean "toy_turn"?');
    expect(() => tracepointsOf([point, point])).toThrow("two tracepoints are called toy_turn");
  });
});
