import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { tracepoints } from "../../models/kvm/tracepoints/table.ts";
import { captureReader, type CaptureItem } from "../../src/events/capture-reader.ts";

/** Captures in the layouts of tracefs and perf, cut and quoted ones too; CAPTURES names a folder of others. */
const shipped = join(import.meta.dirname, "captures");
const folder = process.env["CAPTURES"] ?? shipped;

const itemsOf = (file: string, from = folder): readonly CaptureItem[] => {
  const items: CaptureItem[] = [];
  const reader = captureReader(tracepoints, (item) => items.push(item));
  reader.write(readFileSync(join(from, file), "utf8"));
  reader.end();
  return items;
};

describe("captures", () => {
  test("are read to the last line: each event has fields", () => {
    const files = readdirSync(folder).filter((name) => name.endsWith(".txt"));
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      const items = itemsOf(file);
      const others = items.filter(({ kind }) => kind !== "event");
      expect([file, others.filter((item) => item.kind !== "other" || item.text !== ".....")]).toEqual([
        file,
        [],
      ]);
      expect(items.length).toBeGreaterThan(1);
    }
  });

  test("are the same whether mail has folded them or not", () => {
    const events = (file: string) =>
      itemsOf(file, shipped).flatMap((item) =>
        item.kind === "event" ? [[item.line.task, item.line.stamp, item.event]] : [],
      );
    const whole = events("pit-edge.tracefs.txt");
    expect(whole).toHaveLength(5);
    const folded = events("pit-edge.mail-wrapped.txt");
    expect(folded).toEqual(whole);
  });
});
