import { describe, expect, test } from "vitest";
import { tracepoints } from "../../models/kvm/tracepoints/table.ts";
import { vcpuOf } from "../../models/kvm/tracepoints/vcpu-of.ts";
import { captureReader, type CaptureItem } from "../../src/events/capture-reader.ts";
import { originsBy, type Origin } from "../../src/events/origins.ts";

/** Whose the events of a capture are. */
const originsIn = (text: string): readonly Origin[] => {
  const items: CaptureItem[] = [];
  const reader = captureReader(tracepoints, (item) => items.push(item));
  reader.write(text);
  reader.end();
  const events = items.flatMap((item) => (item.kind === "event" ? [item] : []));
  expect(events).toHaveLength(items.length);
  const origins = originsBy(vcpuOf);
  for (const { line, event } of events) origins.note(line, event);
  const originOf = origins.asker();
  return events.map(({ line }) => originOf(line));
};

const line = (thread: string, stamp: string, event: string): string =>
  `  ${thread} [003] d..1. ${stamp}: ${event}\n`;
const entry = (v: number): string => `kvm_entry: vcpu ${v}, rip 0x0`;
const raise = "kvm_set_irq: gsi 4 level 1 source 0";

describe("whose events a file has", () => {
  test("is one process where nothing speaks against it, also of a thread that has no number", () => {
    const text =
      line("CPU 0/KVM-4243", "10.000001", entry(0)) +
      line("CPU 1/KVM-4244", "10.000002", entry(1)) +
      line("qemu-system-x86-4242", "10.000003", raise);
    expect(originsIn(text)).toEqual(Array(3).fill({ recording: 0, process: "only" }));
  });

  test("is left open where two threads are the same vCPU, and no line has a process", () => {
    const text =
      line("qemu-7-4243", "10.000001", entry(0)) +
      line("qemu-8-5243", "10.000002", entry(0)) +
      line("qemu-9-5242", "10.000003", raise);
    expect(originsIn(text).map(({ process }) => process)).toEqual([undefined, undefined, undefined]);
  });

  test("is told by the process, also of lines that lack it and whose thread has it elsewhere", () => {
    const text =
      line("CPU 0/KVM-4243", "10.000001", entry(0)) +
      line("CPU 0/KVM-4243 (   4242)", "10.000002", raise) +
      line("CPU 0/KVM-5243 (   5242)", "10.000003", entry(0)) +
      line("vhost-99", "10.000004", raise);
    expect(originsIn(text).map(({ process }) => process)).toEqual([4242, 4242, 5242, undefined]);
  });

  test("is another recording where stamps go back a second, not where CPUs are apart a little", () => {
    const text =
      line("CPU 0/KVM-4243", "1466862.728737", entry(0)) +
      line("CPU 0/KVM-4243", "1466862.500000", entry(0)) +
      line("CPU 0/KVM-9243", "1466230.357478", entry(0)) +
      line("CPU 0/KVM-9243", "1466230.357479", raise);
    expect(originsIn(text)).toEqual([
      { recording: 0, process: "only" },
      { recording: 0, process: "only" },
      { recording: 1, process: "only" },
      { recording: 1, process: "only" },
    ]);
  });
});
