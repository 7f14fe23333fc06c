import type {
  CapturedEvent,
  CapturedPart,
  Event,
  Fields,
  Followed,
  FollowedLine,
  FollowedWorld,
} from "#check";
import { gsis, vectorNumber } from "../prints/numbers.ts";
import { kvmAckIrq, kvmIoapicSetIrq, kvmMsiSetIrq, kvmSetIrq } from "../tracepoints/irqchip.ts";
import { kvmApicAcceptIrq, kvmApicvAcceptIrq, kvmEoi } from "../tracepoints/lapic.ts";
import { kvmEntry, kvmExit, kvmInjVirq } from "../tracepoints/run-loop.ts";
import { capturedThreads } from "./captured-threads.ts";
import { pinObserver } from "./observe-pin.ts";
import { perEvent } from "./per-event.ts";
import { vectorsByPin } from "./pin-vectors.ts";
import { risingEdges } from "./rising-edges.ts";
import { toldInjections } from "./told-injections.ts";
import { unrecorded } from "./unrecorded.ts";

/** GSIs of pins of the I/O APIC; those above are routed to messages. */
const PINS = 24;
/** The RTC's pin, of which the I/O APIC keeps more than of others. */
const RTC = 8;

const byThread: readonly string[] = [kvmEntry.name, kvmExit.name];
const ofVector: readonly string[] = [
  kvmApicAcceptIrq.name,
  kvmApicvAcceptIrq.name,
  kvmEoi.name,
  kvmInjVirq.name,
];

/** What tells most of a pin. */
const telling = [kvmIoapicSetIrq, kvmApicAcceptIrq, kvmApicvAcceptIrq, kvmInjVirq, kvmEoi, kvmEntry, kvmExit];

/** The pin that a GSI is routed to, unless userspace has routed it otherwise. */
const pinOf = (gsi: number): number => (gsi === 0 ? 2 : gsi);

const vectorOf = ({ vec, vector }: Fields): unknown => vec ?? vector;

/** What a capture says of the interrupts of a pin: their vector and the vCPU that they are for, where that is clear. */
interface Known {
  readonly gsi: number;
  readonly vector: number | undefined;
  readonly vcpu: number | undefined;
}

const onlyOf = <T>(values: Iterable<T>): T | undefined => {
  const distinct = new Set(values);
  return distinct.size === 1 ? [...distinct][0] : undefined;
};

const knownOf = (gsi: number, events: readonly CapturedEvent[]): Known => {
  const vectors = vectorsByPin(events);
  const vector = onlyOf(vectors.get(pinOf(gsi)) ?? []);
  const shared =
    [...vectors].some(([pin, those]) => pin !== pinOf(gsi) && vector !== undefined && those.has(vector)) ||
    events.some(({ event }) => event.name === kvmMsiSetIrq.name && event.fields["vec"] === vector);
  if (vector === undefined || shared) return { gsi, vector: undefined, vcpu: undefined };
  const accepting = events.filter(
    ({ event }) => event.name === kvmApicAcceptIrq.name && event.fields["vec"] === vector,
  );
  return { gsi, vector, vcpu: onlyOf(accepting.map(({ event }) => event.fields["apicid"] as number)) };
};

/** An event of a capture as the model prints it, where it is of this pin; the numbers are those of the model. */
const asModelled = (
  { gsi, vector, vcpu }: Known,
  { name, fields }: Event,
  thread: number | undefined,
): Event | undefined => {
  if (name === kvmSetIrq.name)
    return fields["gsi"] === gsi ? { name, fields: { ...fields, gsi: gsis.pin } } : undefined;
  if (name === kvmIoapicSetIrq.name || name === kvmAckIrq.name)
    return fields["pin"] === pinOf(gsi) ? { name, fields: { ...fields, pin: gsis.pin } } : undefined;
  if (byThread.includes(name)) return thread === vcpu ? { name, fields } : undefined;
  const of = name === kvmInjVirq.name ? thread : fields["apicid"];
  if (!ofVector.includes(name) || vectorOf(fields) !== vector || of !== vcpu) return undefined;
  return { name, fields: { ...fields, vec: vectorNumber.device, vector: vectorNumber.device } };
};

/** Where a thread sets the line while the call of another one is not over: one raiser alone is modelled. */
const overlaps = (gsi: number, reports: boolean): ((one: CapturedEvent) => boolean) => {
  let open: number | undefined;
  return ({ line, event: { name, fields } }) => {
    if (name === kvmIoapicSetIrq.name && fields["pin"] === pinOf(gsi)) open = undefined;
    if (name !== kvmSetIrq.name || fields["gsi"] !== gsi || !reports) return false;
    const pid = line.task?.pid;
    const over = open !== undefined && pid !== undefined && open !== pid;
    open = pid;
    return over;
  };
};

const pinPart = (capture: CapturedPart, gsi: number, worlds: readonly FollowedWorld[]): Followed => {
  const { events, vcpuOfEvent, onKnownThread } = capturedThreads(capture);
  const known = knownOf(gsi, events);
  const told = toldInjections(events);
  const sees = (label: string): boolean => {
    const [name] = label.split(" ");
    if (!capture.recorded.has(name)) return false;
    if (name === kvmInjVirq.name && !told) return false;
    if (byThread.includes(name) || name === kvmInjVirq.name)
      return known.vcpu !== undefined && onKnownThread(name);
    return !ofVector.includes(name) || known.vcpu !== undefined;
  };
  const labelsOf = perEvent(vcpuOfEvent, (given, thread): readonly string[] | undefined => {
    const event = asModelled(known, given, thread);
    const label = event === undefined ? undefined : pinObserver.label(event);
    return label !== undefined && sees(label) ? [label] : undefined;
  });
  const linesOf = (): readonly FollowedLine[] => {
    const overlapping = overlaps(gsi, capture.recorded.has(kvmIoapicSetIrq.name));
    const lines: FollowedLine[] = [];
    for (const one of capture.events) {
      const { at } = one;
      if ("lost" in one || overlapping(one)) lines.push({ at, labels: "lost" });
      const labels = "lost" in one ? undefined : labelsOf(one);
      if (labels !== undefined) lines.push({ at, labels });
    }
    return lines;
  };
  const ends = [kvmInjVirq.name, kvmEoi.name, kvmApicvAcceptIrq.name];
  return {
    kind: "followed",
    title: [
      `GSI ${gsi}, pin ${pinOf(gsi)}`,
      ...(known.vector === undefined ? [] : [`vector ${known.vector}`]),
      ...(known.vcpu === undefined ? [] : [`vCPU ${known.vcpu}`]),
    ].join(", "),
    of: {
      gsi,
      ...(known.vector === undefined ? {} : { vector: known.vector }),
      ...(known.vcpu === undefined ? {} : { vcpu: known.vcpu }),
    },
    worlds,
    get lines() {
      return linesOf();
    },
    sees,
    gaps: byThread,
    ends: Object.fromEntries(
      ["edge", "level"].map((trigger) => [`${kvmApicAcceptIrq.name} ${trigger}`, ends]),
    ),
    telling: unrecorded(capture, telling),
    notes: risingEdges(events, gsi),
  };
};

/** The pins of the in-kernel I/O APIC whose lines are set by one source alone. */
export const capturedPins = (
  capture: CapturedPart,
  worlds: readonly FollowedWorld[],
): readonly Followed[] => {
  const sets = capturedThreads(capture).events.filter(({ event }) => event.name === kvmSetIrq.name);
  const messages = capture.recorded.has(kvmMsiSetIrq.name) && !capture.recorded.has(kvmIoapicSetIrq.name);
  return [...new Set(sets.map(({ event }) => event.fields["gsi"] as number))]
    .toSorted((a, b) => a - b)
    .filter((gsi) => gsi < PINS && gsi !== RTC && !messages)
    .filter((gsi) => {
      const those = sets.filter(({ event }) => event.fields["gsi"] === gsi);
      return onlyOf(those.map(({ event }) => event.fields["source"])) !== undefined;
    })
    .map((gsi) => pinPart(capture, gsi, worlds));
};
