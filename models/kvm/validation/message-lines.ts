import { tracepoints } from "../tracepoints/table.ts";
import type { CapturedEvent, CapturedPart, Event, FollowedLine } from "#check";
import { vectorNumber } from "../prints/numbers.ts";
import { kvmApicAcceptIrq, kvmApicIpi, kvmApicvAcceptIrq } from "../tracepoints/lapic.ts";
import { followedVector } from "./any-sender.ts";
import { inTheHost } from "./captured-threads.ts";
import { announcements, isFor } from "./message-addressees.ts";
import { markOfNobodyElse, messageObserver } from "./observe-message.ts";
import { markOfHost } from "./observer.ts";
import { OpenDeliveries, threadOf } from "./open-deliveries.ts";

/** What is followed: a vector of one vCPU, and what can be told of it. */
export interface MessagesOf {
  readonly vector: number;
  readonly vcpu: number;
  readonly vcpuOfEvent: (event: CapturedEvent) => number | undefined;
  readonly sees: (label: string) => boolean;
  /** It sends this vector to itself. */
  readonly toItself: boolean;
}

const accepts: readonly string[] = [kvmApicAcceptIrq.name, kvmApicvAcceptIrq.name];

/** An event as the model prints it, whose numbers are its own. */
const asModelled = ({ name, fields }: Event, toItself: boolean): Event => ({
  name,
  fields: {
    ...fields,
    vec: vectorNumber[followedVector],
    vector: vectorNumber[followedVector],
    ...(name === kvmApicIpi.name ? { shorthand: toItself ? "self" : "dst" } : {}),
  },
});

const isOwn = ({ event }: CapturedEvent): boolean => tracepoints.get(event.name)?.by === "own";

/** The lines of a vector of one vCPU: what is seen of it, what its thread says by being there, and who is in the middle of a delivery. */
export const messageLines = (
  events: CapturedPart["events"],
  { vector, vcpu, vcpuOfEvent, sees, toItself }: MessagesOf,
): readonly FollowedLine[] => {
  const open = new OpenDeliveries(toItself);
  const met = new Set<string>();
  let sendsItself = false;

  const isOfVector = ({ vec, vector: other }: Event["fields"]): boolean => (vec ?? other) === vector;
  const seen = (event: Event, self = false): readonly string[] => {
    const label = messageObserver.label(asModelled(event, self));
    return label !== undefined && sees(label) ? [label] : [];
  };
  const announced = (one: CapturedEvent, thread: string | undefined): readonly string[] => {
    const sender = vcpuOfEvent(one);
    if (!isOfVector(one.event.fields) || isFor(one.event, sender, vcpu) !== true) return [];
    const self = one.event.name === kvmApicIpi.name && sender === vcpu;
    if (self) sendsItself = true;
    else if (thread !== undefined) open.begins(thread);
    return seen(one.event, self);
  };
  const accepted = (one: CapturedEvent, thread: string | undefined): readonly string[] | "lost" => {
    if (!isOfVector(one.event.fields) || one.event.fields["apicid"] !== vcpu) return [];
    const isSelf = sendsItself && vcpuOfEvent(one) === vcpu;
    if (thread !== undefined && !isSelf && !open.has(thread)) {
      // It has begun before anything was recorded of it.
      if (one.event.name === kvmApicvAcceptIrq.name && !met.has(thread)) return "lost";
      if (one.event.name === kvmApicAcceptIrq.name) open.begins(thread);
    }
    return seen(one.event);
  };
  /** What else a line is: of the vCPU's own thread, or of one that delivers no more. */
  const otherwise = (one: CapturedEvent, thread: string | undefined): readonly string[] => {
    const over =
      thread !== undefined && isOwn(one) && open.ends(thread) && !open.tooMany ? [markOfNobodyElse] : [];
    if (vcpuOfEvent(one) !== vcpu || !isOwn(one)) return over;
    sendsItself = false;
    const { vec, vector: other } = one.event.fields;
    const isNoOther = (vec ?? other) === undefined || isOfVector(one.event.fields);
    const labels = isNoOther && !announcements.includes(one.event.name) ? seen(one.event) : [];
    return [...over, ...(inTheHost.includes(one.event.name) ? [markOfHost] : []), ...labels];
  };
  const labelsOf = (one: CapturedEvent): readonly string[] | "lost" => {
    const thread = threadOf(one);
    const { name } = one.event;
    const labels = accepts.includes(name)
      ? accepted(one, thread)
      : announcements.includes(name)
        ? [...(name === kvmApicIpi.name ? otherwise(one, thread) : []), ...announced(one, thread)]
        : otherwise(one, thread);
    if (thread !== undefined) met.add(thread);
    return open.tooMany && labels.length > 0 ? "lost" : labels;
  };

  return events.flatMap((one): readonly FollowedLine[] => {
    if ("lost" in one) {
      open.forget();
      met.clear();
      return [{ at: one.at, labels: "lost" }];
    }
    const labels = labelsOf(one);
    return labels.length === 0 ? [] : [{ at: one.at, labels }];
  });
};
