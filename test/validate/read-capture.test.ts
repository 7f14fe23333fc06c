import fc from "fast-check";
import { expect, test } from "vitest";
import { tracepoints } from "../../models/kvm/tracepoints/table.ts";
import { vcpuOf } from "../../models/kvm/tracepoints/vcpu-of.ts";
import { readCapture, textsAt } from "../../src/validate/read-capture.ts";
import { runs } from "../fixtures/runs.ts";

const LINES = `\
# tracer: nop
       CPU 0/KVM-4243    [002] d..1.   101.000001: kvm_entry: vcpu 0, rip 0x1000
 qemu-system-x86-4242    [007] .....   101.000002: kvm_set_irq: gsi 4 level 1 source 0
CPU:3 [LOST 12 EVENTS]
       CPU 0/KVM-4243    [002] d..1.   101.000003: kvm_entry: vcpu 0, rip 0x2000
       CPU 0/KVM-4243    [002] d..1.   101.000004: kvm_teapot: handle 1
       CPU 0/KVM-4243    [002] d..1.   101.000005: kvm_set_irq: gsi four
I think the line is stuck here:
 qemu-system-x86-4242    [007] .....   101.000006: kvm_set_irq:
gsi 4 level 0 source 0
 qemu-system-x86-4242    [007] .....   101.000007: kvm_set_irq: gsi 4 level 1 source 0`;

const captured = { tracepoints, numberOf: vcpuOf };

const piecesOf = (sizes: readonly number[]) => {
  const pieces: string[] = [];
  let from = 0;
  for (const size of sizes) {
    pieces.push(LINES.slice(from, from + size));
    from += size;
  }
  return () => [...pieces, LINES.slice(from)];
};

const plain = ({
  events,
  types,
  unknownEvents,
  unknownTexts,
  lost,
  others,
  all,
}: Awaited<ReturnType<typeof readCapture>>) => ({
  events,
  types: [...types],
  unknownEvents,
  unknownTexts,
  lost,
  others,
  all: all.map((one) => ("lost" in one ? one : { at: one.at, line: one.line, event: one.event })),
});

test("of a capture that comes in pieces is kept and shown what is of one that comes whole", async () => {
  const whole = await readCapture(LINES, captured, true);
  expect(plain(whole)).toMatchObject({
    events: 5,
    types: ["kvm_entry", "kvm_set_irq"],
    unknownEvents: [{ event: "kvm_teapot", lines: 1, first: 6 }],
    unknownTexts: [{ at: 7, text: "kvm_set_irq: gsi four" }],
    lost: [4],
    others: [8],
  });
  expect(whole.all.map(({ at }) => at)).toEqual([2, 3, 4, 5, 9, 11]);
  expect(whole.printedAt(9)).toEqual({ thread: "4242", cpu: 7, ticks: 101_000_006_000n });
  const sizes = fc.array(fc.integer({ min: 1, max: 90 }), { maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(sizes, fc.subarray([2, 3, 9, 11]), async (cut, wanted) => {
      const pieces = piecesOf(cut);
      expect(plain(await readCapture(pieces, captured, true))).toEqual(plain(whole));
      expect(await textsAt(pieces, tracepoints, wanted)).toEqual(await textsAt(LINES, tracepoints, wanted));
    }),
    { numRuns: runs(100) },
  );
});

test("lines are shown as they stand in the file, folded ones whole, others not at all", async () => {
  expect([...(await textsAt(LINES, tracepoints, [2, 8, 9, 11, 99]))]).toEqual([
    [2, "kvm_entry: vcpu 0, rip 0x1000"],
    [9, "kvm_set_irq: gsi 4 level 0 source 0"],
    [11, "kvm_set_irq: gsi 4 level 1 source 0"],
  ]);
});

test("lines that are alike in what the model knows keep one event and one thread between them", async () => {
  const { all, machines } = await readCapture(LINES, captured, false);
  const events = all.flatMap((one) => ("lost" in one ? [] : [one]));
  const [entry, raised, again, lowered, last] = events;
  expect(again.event).toBe(entry.event);
  expect(again.line).toBe(entry.line);
  expect(last.event).toBe(raised.event);
  expect(lowered.event).not.toBe(raised.event);
  expect(entry.event.fields).toEqual({ vcpu: 0, immediateExit: false });
  expect(machines.map(({ name, process, events: those }) => [name, process, those.length])).toEqual([
    ["", "only", 6],
  ]);
});
