import type { CapturedPart, Followed, FollowedWorld } from "#check";
import { kvmEntry, kvmExit, kvmInjVirq, kvmUserspaceExit, kvmVcpuWakeup } from "../tracepoints/run-loop.ts";
import { capturedThreads, inTheHost } from "./captured-threads.ts";
import { markOfHost } from "./observer.ts";
import { runLoopObserver } from "./observe-run-loop.ts";
import { labelledLines, perEvent } from "./per-event.ts";
import { toldInjections } from "./told-injections.ts";
import { unrecorded } from "./unrecorded.ts";

/** What tells most of a vCPU's thread. */
const telling = [kvmEntry, kvmExit, kvmUserspaceExit, kvmInjVirq, kvmVcpuWakeup];

/** The threads of a virtual machine's vCPUs. */
export const capturedRunLoops = (
  capture: CapturedPart,
  worlds: readonly FollowedWorld[],
): readonly Followed[] => {
  const { events, vcpuOfEvent, onKnownThread } = capturedThreads(capture);
  const told = toldInjections(events);
  const sees = (name: string): boolean =>
    capture.recorded.has(name) && onKnownThread(name) && (told || name !== kvmInjVirq.name);
  const entering = events.filter(({ event: { name } }) => name === kvmEntry.name || name === kvmExit.name);
  const vcpus = [...new Set(entering.map(vcpuOfEvent))].filter((v) => v !== undefined);
  return vcpus
    .toSorted((a, b) => a - b)
    .map((v): Followed => {
      const labelsOf = perEvent(vcpuOfEvent, (event, thread): readonly string[] => {
        if (thread !== v) return [];
        const label = runLoopObserver.label(event);
        return [
          ...(inTheHost.includes(event.name) ? [markOfHost] : []),
          ...(label !== undefined && sees(label) ? [label] : []),
        ];
      });
      return {
        kind: "followed",
        title: `thread of vCPU ${v}`,
        of: { vcpu: v },
        worlds,
        get lines() {
          return labelledLines(capture, labelsOf);
        },
        sees,
        gaps: [kvmEntry.name, kvmExit.name],
        ends: {},
        telling: unrecorded(capture, telling),
        notes: [],
      };
    });
};
