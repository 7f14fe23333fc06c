import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { tracepoints } from "../../models/kvm/tracepoints/table.ts";
import { captureReader, type CaptureItem } from "../../src/events/capture-reader.ts";

/** Captures of hosts, which are not part of the project: beside it, or where CAPTURES says. */
const folder = process.env["CAPTURES"] ?? join(import.meta.dirname, "../../../shared/traces");
const there = existsSync(folder);

const itemsOf = (file: string): readonly CaptureItem[] => {
  const items: CaptureItem[] = [];
  const reader = captureReader(tracepoints, (item) => items.push(item));
  reader.write(readFileSync(join(folder, file), "utf8"));
  reader.end();
  return items;
};

describe(`captures of real hosts${there ? "" : `, of which there are none in ${folder}`}`, () => {
  test.runIf(there)("are read to the last line: each event has fields", () => {
    const files = readdirSync(folder).filter((name) => name.endsWith(".txt"));
    expect(files.length).toBeGreaterThan(5);
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

  test.runIf(there)("are the same whether mail has folded them or not", () => {
    const events = (file: string) =>
      itemsOf(file).flatMap((item) =>
        item.kind === "event" ? [[item.line.task, item.line.stamp, item.event]] : [],
      );
    const whole = events("04-pit-gsi0-pic-ioapic.tracefs.txt");
    expect(whole).toHaveLength(12);
    const folded = events("04-pit-gsi0-pic-ioapic.mail-wrapped.txt");
    expect(folded).toEqual(whole);
  });
});
