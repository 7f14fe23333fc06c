import type { CapturedEvent } from "#check";
import { kvmIoapicSetIrq } from "../tracepoints/irqchip.ts";

/** The vectors in the entries of each pin, while they are not masked. */
export const vectorsByPin = (events: readonly CapturedEvent[]): ReadonlyMap<number, ReadonlySet<number>> => {
  const found = new Map<number, Set<number>>();
  for (const { event } of events) {
    if (event.name !== kvmIoapicSetIrq.name || event.fields["masked"] === true) continue;
    const pin = event.fields["pin"] as number;
    found.set(pin, (found.get(pin) ?? new Set()).add(event.fields["vec"] as number));
  }
  return found;
};
