import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tracepoints } from "../../models/kvm/tracepoints/table.ts";
import type { CaptureLine } from "../../src/events/capture-line.ts";
import { captureReader, type CaptureItem } from "../../src/events/capture-reader.ts";
import { layouts, type LayoutName } from "../../src/events/layouts.ts";
import { readLine } from "../../src/events/read-line.ts";
import { runs } from "../fixtures/runs.ts";
import { lineWith, printedBy } from "./arbitrary-events.ts";

/** What is read of a text that comes in pieces of some sizes. */
const itemsOf = (text: string, sizes: readonly number[] = []): readonly CaptureItem[] => {
  const items: CaptureItem[] = [];
  const reader = captureReader(tracepoints, (item) => items.push(item));
  let from = 0;
  for (const size of sizes) {
    reader.write(text.slice(from, from + size));
    from += size;
  }
  reader.write(text.slice(from));
  reader.end();
  return items;
};

const kinds = (text: string): readonly string[] => itemsOf(text).map(({ kind, at }) => `${at} ${kind}`);

const lines = lineWith(printedBy([...tracepoints.values()]));
const known = (event: string): boolean => tracepoints.has(event);

const without = <T extends object>(from: T, ...keys: readonly (keyof T)[]): object =>
  Object.fromEntries(Object.entries(from).filter(([key]) => !(keys as readonly string[]).includes(key)));

/** What a layout prints of a line. */
const printed: Readonly<Record<LayoutName, (line: CaptureLine) => object>> = {
  ftrace: (line) => without(line, "system"),
  "trace-cmd": (line) => without(line, "system"),
  perf: (line) => ({ ...without(line, "flags"), task: without(line.task ?? {}, "tgid") }),
};

describe.each(Object.keys(layouts) as LayoutName[])("a line as %s has it", (name) => {
  test("is read as it was printed", () => {
    fc.assert(
      fc.property(lines, (line) => {
        const read = readLine(layouts[name].line(line), known);
        const text = line.text.replace(/^\s+/, "");
        expect(read).toEqual({ kind: "event", line: { ...printed[name](line), text } });
      }),
      { numRuns: runs(500) },
    );
  });
});

const LINES = `\
# tracer: nop
       CPU 0/KVM-4242    [003] d..1.   101.000001: kvm_entry: vcpu 0, rip 0xffffffff81000000
       CPU 0/KVM-4242    [003] d..1.   101.000002: kvm_exit: vcpu 0 reason HLT rip 0x1 info1 0x0000000000000000 info2 0x0000000000000000 intr_info 0x00000000 error_code 0x00000000
       CPU 0/KVM-4242    [003] .....   101.000003: kvm_set_irq: gsi 4 level 1 source 0
`;

describe("a capture", () => {
  test("is read alike in pieces of any size, with line ends of any kind, quoted, and without its last line end", () => {
    const events = itemsOf(LINES);
    expect(events.map(({ kind, at }) => `${at} ${kind}`)).toEqual(["2 event", "3 event", "4 event"]);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 90 }), { maxLength: 20 }), (sizes) => {
        expect(itemsOf(LINES, sizes)).toEqual(events);
      }),
      { numRuns: runs(100) },
    );
    expect(itemsOf(LINES.replaceAll("\n", "\r\n"))).toEqual(events);
    expect(itemsOf(LINES.trimEnd())).toEqual(events);
    expect(itemsOf(LINES.replaceAll(/^/gm, "> "))).toEqual(events);
    expect(itemsOf(LINES.replaceAll(/^/gm, "> > "))).toEqual(events);
  });

  test("may have columns cut off, down to the events alone", () => {
    const events = (text: string) =>
      itemsOf(text).flatMap((item) => (item.kind === "event" ? [item.event] : []));
    const whole = events(LINES);
    expect(whole).toHaveLength(3);
    for (const cut of [
      /^.*(?=101)/gm,
      /^.*(?=kvm_)/gm,
      /-\d+ /g,
      / \[003\]/g,
      / +(d\.\.1\.|\.{5})/g,
      /101\.\d+: /g,
    ])
      expect([String(cut), events(LINES.replaceAll(cut, ""))]).toEqual([String(cut), whole]);
    expect(events(LINES.replaceAll(/^.*(?=kvm_)/gm, "kvm:"))).toEqual(whole);
  });

  test("that mail has folded is read as it was, wherever it was folded between two words", () => {
    const unfolded = itemsOf(LINES).map((item) => (item.kind === "event" ? item.event : item));
    const [, ...ends] = [...LINES.split("\n")[2].matchAll(/ (?=\S)/g)];
    const all = ends.filter(({ index }) => index > 36);
    expect(all.length).toBeGreaterThan(10);
    for (const { index } of all) {
      const rows = LINES.split("\n");
      const folded = `${rows[2].slice(0, index)}\n${rows[2].slice(index + 1)}`;
      const items = itemsOf([...rows.slice(0, 2), folded, ...rows.slice(3)].join("\n"));
      expect([index, items.map((item) => (item.kind === "event" ? item.event : item))]).toEqual([
        index,
        unfolded,
      ]);
      expect(items.map(({ at }) => at)).toEqual([2, 3, 5]);
    }
  });

  test("has its losses, unknown events, unknown texts and other lines told, each with its line", () => {
    expect(
      kinds(`${LINES}
CPU:3 [LOST 120 EVENTS]
CPU:1 [LOST EVENTS]
CPU:2 [7 EVENTS DROPPED]
##### CPU 2 buffer started ####
 => vcpu_enter_guest
cpus=8
       CPU 0/KVM-4242    [003] .....   101.000004: kvm_teapot: handle 1
       CPU 0/KVM-4242    [003] .....   101.000005: kvm_set_irq: gsi four
I think the line is stuck here:
       CPU 0/KVM-4242    [003] .....   101.000006: kvm_set_irq: gsi 4 level 0 source 0
`),
    ).toEqual([
      "2 event",
      "3 event",
      "4 event",
      "6 lost",
      "7 lost",
      "8 lost",
      "12 unknown-event",
      "13 unknown-text",
      "14 other",
      "15 event",
    ]);
    expect(itemsOf("CPU:3 [LOST 120 EVENTS]\n")).toEqual([
      { kind: "lost", at: 1, lost: { cpu: 3, count: 120 } },
    ]);
  });

  test("keeps apart what stands in several columns: the process, the latency format, files, samples", () => {
    const columns = (line: string) => itemsOf(line).flatMap((item) => ("line" in item ? [item.line] : []));
    const text = "kvm_fpu: load";
    for (const [line, expected] of [
      [
        `  CPU 0/KVM-4243 (   4242) [003] .....   1.000002: ${text}`,
        { comm: "CPU 0/KVM", pid: 4243, tgid: 4242 },
      ],
      [`  CPU 0/KVM-4243 (-------) [003] .....   1.000002: ${text}`, { comm: "CPU 0/KVM", pid: 4243 }],
      [`  CPU 0/KVM 4242/4243 [003]   1.000002: kvm:${text}`, { comm: "CPU 0/KVM", pid: 4243, tgid: 4242 }],
      [`a.dat:  CPU 0/KVM-4243 [003]   1.000002: ${text}`, { comm: "CPU 0/KVM", pid: 4243 }],
      [`VM: 4242 VCPU:  0 CPU 0/KVM 4243 [003]   1.000002: kvm:${text}`, { comm: "CPU 0/KVM", pid: 4243 }],
      [`CPU 0/KV-4243      3d..1.  12us+: ${text}`, { comm: "CPU 0/KV", pid: 4243 }],
    ] as const)
      expect([line, columns(line).map(({ task, cpu }) => ({ task, cpu }))]).toEqual([
        line,
        [{ task: expected, cpu: 3 }],
      ]);
  });
});

describe("anything at all", () => {
  const junk = fc.oneof(
    fc.string({ maxLength: 60 }),
    fc.string({ unit: "binary", maxLength: 60 }),
    fc.stringMatching(/^[ 0-9.:[\]()a-z_>-]{0,80}$/),
    lines.map((line) => layouts.ftrace.line(line)),
    fc
      .tuple(lines, fc.nat(200), fc.nat(20))
      .map(([line, from, length]) =>
        layouts.perf.line(line).replace(layouts.perf.line(line).slice(from, from + length), ""),
      ),
  );

  test("is read to its end: each line is an event, told of, folded into one before it, or nothing", () => {
    fc.assert(
      fc.property(fc.array(junk, { maxLength: 12 }), (rows) => {
        const text = rows.map((row) => row.replaceAll("\n", " ")).join("\n");
        const items = itemsOf(text);
        let last = 0;
        for (const { at } of items) {
          expect(at).toBeGreaterThan(last);
          last = at;
        }
        const told = new Set(items.map(({ at }) => at));
        const folded = (at: number): boolean =>
          items.some((item) => item.kind === "event" && item.at < at && at - item.at < 6);
        text.split("\n").forEach((row, i) => {
          const line = row.endsWith("\r") ? row.slice(0, -1) : row;
          const silent = readLine(line, known).kind === "comment";
          expect([row, told.has(i + 1) || silent || folded(i + 1)]).toEqual([row, true]);
        });
      }),
      { numRuns: runs(500) },
    );
  });

  test("is kept no longer than a line: one that never ends is told of by its beginning", () => {
    const items: CaptureItem[] = [];
    const reader = captureReader(tracepoints, (item) => items.push(item));
    for (let i = 0; i < 1000; i++) reader.write("x".repeat(10_000));
    reader.write(`\n${LINES}`);
    reader.end();
    expect(items.map(({ kind, at }) => `${at} ${kind}`)).toEqual([
      "1 other",
      "3 event",
      "4 event",
      "5 event",
    ]);
    expect(items[0]).toMatchObject({ text: "x".repeat(200) });
  });
});
