import type { CapturedEvent, CapturedPart } from "#check";
import { kvmApic, kvmEoi, kvmMsr } from "../tracepoints/lapic.ts";
import { kvmInjVirq, kvmUserspaceExit } from "../tracepoints/run-loop.ts";
import { vcpuOf } from "../tracepoints/vcpu-of.ts";

/** Events that a vCPU's thread prints in the host, where they say no more than that. */
export const inTheHost: readonly string[] = [
  kvmUserspaceExit.name,
  kvmEoi.name,
  kvmApic.name,
  kvmMsr.name,
  kvmInjVirq.name,
  "kvm_fpu",
  "kvm_pio",
  "kvm_mmio",
  "vcpu_match_mmio",
];

/** The events of a capture, without the places where something was lost. */
const eventsIn = ({ events }: CapturedPart): readonly CapturedEvent[] => {
  const isEvent = (one: (typeof events)[number]): one is CapturedEvent => !("lost" in one);
  return events.every(isEvent) ? events : events.filter(isEvent);
};

/** The vCPU whose thread has printed an event, as far as the capture tells: some event of the thread says it, or its name does. */
const vcpuThreads = (events: readonly CapturedEvent[]): ((event: CapturedEvent) => number | undefined) => {
  const byThread = new Map<number, number>();
  const numbers = new Set<number>();
  for (const { line, event } of events) {
    const v = vcpuOf(line, event);
    if (v === undefined) continue;
    numbers.add(v);
    if (line.task?.pid !== undefined) byThread.set(line.task.pid, v);
  }
  const only = numbers.size === 1 ? [...numbers][0] : undefined;
  return ({ line, event }: CapturedEvent): number | undefined => {
    const said = vcpuOf(line, event);
    if (said !== undefined) return said;
    const pid = line.task?.pid;
    return pid === undefined ? only : byThread.get(pid);
  };
};

/** Whether each event of a name can be told to be of some vCPU's thread. */
const onKnownThreads = (
  events: readonly CapturedEvent[],
  vcpuOfEvent: (event: CapturedEvent) => number | undefined,
): ((name: string) => boolean) => {
  const untold = new Set<string>();
  for (const one of events) if (vcpuOfEvent(one) === undefined) untold.add(one.event.name);
  return (name) => !untold.has(name);
};

/** The events of a capture, and whose they are. */
export interface CapturedThreads {
  readonly events: readonly CapturedEvent[];
  readonly vcpuOfEvent: (event: CapturedEvent) => number | undefined;
  readonly onKnownThread: (name: string) => boolean;
}

const known = new WeakMap<CapturedPart, CapturedThreads>();

/** The events of a capture, without the places where something was lost, and whose they are: found once. */
export const capturedThreads = (capture: CapturedPart): CapturedThreads => {
  const before = known.get(capture);
  if (before !== undefined) return before;
  const events = eventsIn(capture);
  const vcpuOfEvent = vcpuThreads(events);
  const found = { events, vcpuOfEvent, onKnownThread: onKnownThreads(events, vcpuOfEvent) };
  known.set(capture, found);
  return found;
};
