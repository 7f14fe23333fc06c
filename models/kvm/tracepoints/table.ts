import { tracepointsOf } from "#check";
import { hostTracepoints } from "./host.ts";
import { irqchipTracepoints } from "./irqchip.ts";
import { lapicTracepoints } from "./lapic.ts";
import { nestedTracepoints } from "./nested.ts";
import { runLoopTracepoints } from "./run-loop.ts";

/** The tracepoints that concern interrupts, and those that stand between them in a capture, with their texts by release. */
export const tracepoints = tracepointsOf([
  ...runLoopTracepoints,
  ...lapicTracepoints,
  ...irqchipTracepoints,
  ...hostTracepoints,
  ...nestedTracepoints,
]);
