import type { CapturedEvent } from "#check";
import { kvmInjVirq } from "../tracepoints/run-loop.ts";

/** Whether each injection says if it is one that was taken back before: old releases do not tell. */
export const toldInjections = (events: readonly CapturedEvent[]): boolean =>
  events.every(
    ({ event: { name, fields } }) => name !== kvmInjVirq.name || fields["reinjected"] !== undefined,
  );
