import type { CapturedEvent, CapturedPart, Event, Followed, FollowedWorld } from "#check";
import { kvmMsiSetIrq } from "../tracepoints/irqchip.ts";
import { kvmApicAcceptIrq, kvmApicIpi, kvmApicvAcceptIrq, kvmEoi } from "../tracepoints/lapic.ts";
import { kvmEntry, kvmExit, kvmInjVirq } from "../tracepoints/run-loop.ts";
import { capturedThreads } from "./captured-threads.ts";
import { announcements, isFor, isOrdinary } from "./message-addressees.ts";
import { messageLines } from "./message-lines.ts";
import { toldInjections } from "./told-injections.ts";
import { vectorsByPin } from "./pin-vectors.ts";
import { unrecorded } from "./unrecorded.ts";

/** What tells most of a message. */
const telling = [
  kvmMsiSetIrq,
  kvmApicIpi,
  kvmApicAcceptIrq,
  kvmApicvAcceptIrq,
  kvmInjVirq,
  kvmEoi,
  kvmEntry,
  kvmExit,
];

const byThread: readonly string[] = [kvmEntry.name, kvmExit.name, kvmInjVirq.name];

const senders: Readonly<Record<string, string>> = {
  [kvmMsiSetIrq.name]: "messages",
  [kvmApicIpi.name]: "IPIs",
};

type Target = Readonly<Record<"vector" | "vcpu", number>>;

/** What is below is an exception. */
const FIRST_VECTOR = 16;

/** The vCPU whose vector an event is about, where it tells; of what is sent, nobody knows of some whom it reaches. */
const vcpuOfVector = ({ name, fields }: Event, thread: number | undefined): number | undefined => {
  if (name === kvmInjVirq.name) return fields["soft"] === true ? undefined : thread;
  if (name === kvmEoi.name || name === kvmApicAcceptIrq.name) return fields["apicid"] as number;
  return name === kvmApicIpi.name && fields["shorthand"] === "self" ? thread : undefined;
};

/** The vectors that are sent, accepted, injected or ended, each with its vCPU, but for those of pins. */
const targetsIn = (
  events: readonly CapturedEvent[],
  vcpuOfEvent: (event: CapturedEvent) => number | undefined,
): readonly Target[] => {
  const ofPins = new Set([...vectorsByPin(events).values()].flatMap((vectors) => [...vectors]));
  const found = new Map<string, Target>();
  for (const one of events) {
    const { vec, vector: other, mode } = one.event.fields;
    const vector = (vec ?? other) as number;
    if (ofPins.has(vector) || !(vector >= FIRST_VECTOR) || (mode !== undefined && !isOrdinary(one.event)))
      continue;
    const vcpu = vcpuOfVector(one.event, vcpuOfEvent(one));
    if (vcpu !== undefined) found.set(`${vcpu} ${vector}`, { vector, vcpu });
  }
  return [...found.values()].toSorted((a, b) => a.vcpu - b.vcpu || a.vector - b.vector);
};

/** The messages, IPIs and other interrupts without a pin of a virtual machine, by vector and vCPU. */
export const capturedMessages = (
  capture: CapturedPart,
  worlds: readonly FollowedWorld[],
): readonly Followed[] => {
  const { events, vcpuOfEvent, onKnownThread } = capturedThreads(capture);
  const told = toldInjections(events);
  const sent = events.filter(({ event }) => announcements.includes(event.name) && isOrdinary(event));

  return targetsIn(events, vcpuOfEvent).map(({ vector, vcpu }): Followed => {
    const ofVector = sent.filter(({ event }) => event.fields["vec"] === vector);
    const reach = (one: CapturedEvent): boolean | undefined => isFor(one.event, vcpuOfEvent(one), vcpu);
    const toItself = ofVector.some(
      (one) => one.event.name === kvmApicIpi.name && vcpuOfEvent(one) === vcpu && reach(one) === true,
    );
    // Where nothing is known to be sent to it, or it is not known of something whom it reaches, it comes from anywhere.
    const isKnown =
      ofVector.some((one) => reach(one) === true) && ofVector.every((one) => reach(one) !== undefined);
    const sees = (label: string): boolean => {
      const [name] = label.split(" ");
      if (!capture.recorded.has(name)) return false;
      if (announcements.includes(name)) return isKnown;
      if (name === kvmInjVirq.name && !told) return false;
      return !byThread.includes(name) || onKnownThread(name);
    };
    const origins = [...new Set(ofVector.map(({ event }) => senders[event.name]))];
    const ends = [kvmInjVirq.name, kvmEoi.name, kvmApicvAcceptIrq.name];
    return {
      kind: "followed",
      title: `vector ${vector}, vCPU ${vcpu}: ${origins.length > 0 ? origins.join(" and ") : "of unknown origin"}`,
      of: { vector, vcpu },
      worlds,
      get lines() {
        return messageLines(capture.events, { vector, vcpu, vcpuOfEvent, sees, toItself });
      },
      sees,
      gaps: [kvmEntry.name, kvmExit.name],
      ends: Object.fromEntries(
        ["edge", "level"].map((trigger) => [`${kvmApicAcceptIrq.name} ${trigger}`, ends]),
      ),
      telling: unrecorded(capture, telling),
      notes: [],
    };
  });
};
