import type { CapturedEvent, CapturedPart, Event, Followed, FollowedWorld } from "#check";
import { vectorNumber } from "../prints/numbers.ts";
import { hrtimerCancel, hrtimerExpireEntry, hrtimerStart } from "../tracepoints/host.ts";
import { kvmApic, kvmApicAcceptIrq, kvmApicvAcceptIrq, kvmMsr } from "../tracepoints/lapic.ts";
import { kvmEntry, kvmExit, kvmHvTimerState, kvmVcpuWakeup } from "../tracepoints/run-loop.ts";
import { capturedThreads, inTheHost } from "./captured-threads.ts";
import { timerObserver, timerRegisters, TSC_DEADLINE } from "./observe-timer.ts";
import { markOfHost } from "./observer.ts";
import { labelledLines, perEvent } from "./per-event.ts";
import { unrecorded } from "./unrecorded.ts";

/** The LVT timer register of an x2APIC. */
const X2APIC_LVTT = 0x832;
const CALLBACK = "apic_timer_fn";

const ofThread: readonly string[] = [kvmEntry.name, kvmExit.name, kvmVcpuWakeup.name];
const hrtimers: readonly string[] = [hrtimerStart.name, hrtimerExpireEntry.name, hrtimerCancel.name];
const accepts: readonly string[] = [kvmApicAcceptIrq.name, kvmApicvAcceptIrq.name];

/** What tells most of a timer. */
const telling = [
  kvmHvTimerState,
  hrtimerStart,
  hrtimerExpireEntry,
  kvmEntry,
  kvmExit,
  kvmApic,
  kvmMsr,
  kvmApicAcceptIrq,
];

/** Whether a thread writes to its timer. */
const writesTimer = ({ name, fields }: Event): boolean =>
  fields["access"] === "write" &&
  (name === kvmApic.name
    ? timerRegisters.includes(fields["reg"])
    : name === kvmMsr.name && (fields["msr"] === TSC_DEADLINE || fields["msr"] === X2APIC_LVTT));

/** The vector that a write of LVTT gives the timer. */
const vectorWritten = ({ name, fields }: Event): number | undefined => {
  if (name === kvmApic.name && fields["reg"] === "APIC_LVTT")
    return Number((fields["val"] as bigint) & 0xffn);
  if (name === kvmMsr.name && fields["msr"] === X2APIC_LVTT)
    return Number((fields["data"] as bigint) & 0xffn);
  return undefined;
};

/** What a capture says of the timer of one vCPU: the vector in its LVTT, and its hrtimer. */
interface Known {
  readonly vectors: Set<number>;
  readonly addresses: Set<unknown>;
}

const labelled = (event: Event): readonly string[] => {
  const said = timerObserver.label(event);
  return said === undefined ? [] : [said];
};

/** What an event of a vCPU's thread says of its timer. */
const seenOfThread = (event: Event): readonly string[] => {
  if (ofThread.includes(event.name) || writesTimer(event)) return labelled(event);
  return inTheHost.includes(event.name) ? [markOfHost] : [];
};

/** The LAPIC timers of a virtual machine's vCPUs. */
export const capturedTimers = (
  capture: CapturedPart,
  worlds: readonly FollowedWorld[],
): readonly Followed[] => {
  const { events, vcpuOfEvent, onKnownThread } = capturedThreads(capture);
  const known = new Map<number, Known>();
  const knownOf = (v: number): Known => {
    const one = known.get(v) ?? { vectors: new Set(), addresses: new Set() };
    known.set(v, one);
    return one;
  };
  for (const one of events) {
    const { name, fields } = one.event;
    if (name === kvmHvTimerState.name) knownOf(fields["vcpu"] as number);
    const v = vcpuOfEvent(one);
    if (v === undefined) continue;
    if (writesTimer(one.event)) {
      const vector = vectorWritten(one.event);
      if (vector !== undefined) knownOf(v).vectors.add(vector);
      else knownOf(v);
    }
    if (name === hrtimerStart.name && fields["function"] === CALLBACK)
      knownOf(v).addresses.add(fields["hrtimer"]);
  }

  const seenBy = (v: number, { vectors, addresses }: Known, one: CapturedEvent): readonly string[] => {
    const { name, fields } = one.event;
    if (name === kvmHvTimerState.name) return fields["vcpu"] === v ? labelled(one.event) : [];
    if (hrtimers.includes(name)) return addresses.has(fields["hrtimer"]) ? labelled(one.event) : [];
    if (accepts.includes(name))
      return fields["apicid"] === v && vectors.size === 1 && vectors.has(fields["vec"] as number)
        ? labelled({ name, fields: { ...fields, vec: vectorNumber.timer } })
        : [];
    return vcpuOfEvent(one) === v ? seenOfThread(one.event) : [];
  };

  const sees =
    ({ vectors, addresses }: Known) =>
    (label: string): boolean => {
      const [name] = label.split(" ");
      if (!capture.recorded.has(name)) return false;
      if (hrtimers.includes(name)) return addresses.size > 0;
      if (accepts.includes(name)) return vectors.size === 1;
      return name === kvmHvTimerState.name || onKnownThread(name);
    };

  return [...known]
    .toSorted(([a], [b]) => a - b)
    .map(([v, of]): Followed => {
      const labelsOf = perEvent(vcpuOfEvent, (_, __, one) =>
        seenBy(v, of, one).filter((label) => label === markOfHost || sees(of)(label)),
      );
      return {
        kind: "followed",
        title: `LAPIC timer of vCPU ${v}`,
        of: { vcpu: v },
        worlds,
        get lines() {
          return labelledLines(capture, labelsOf);
        },
        sees: sees(of),
        gaps: ["kvm_entry", "kvm_exit"],
        ends: {},
        telling: unrecorded(capture, telling),
        notes: [],
      };
    });
};
