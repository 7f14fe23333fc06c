import type { CapturedEvent } from "#check";
import { kvmSetIrq } from "../tracepoints/irqchip.ts";

/** How often the line of a GSI is seen to rise: a level that it has already makes no edge, and the first is of nobody knows what. */
export const risingEdges = (events: readonly CapturedEvent[], gsi: number): readonly string[] => {
  let level: unknown;
  let edges = 0;
  for (const { event } of events) {
    if (event.name !== kvmSetIrq.name || event.fields["gsi"] !== gsi) continue;
    if (level === 0 && event.fields["level"] === 1) edges++;
    level = event.fields["level"];
  }
  return [`its line is seen to rise ${edges === 1 ? "once" : `${edges} times`}`];
};
