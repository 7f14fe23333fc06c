import type { Captured } from "../catalogue/captured.ts";
import type { Trace, TraceStep } from "../check/trace.ts";
import { plural } from "../check/verdict.ts";
import { layouts, type LayoutName } from "../events/layouts.ts";
import { eventText, tracepointOf, type Event } from "../events/tracepoint.ts";
import { wrap } from "./wrap.ts";

/** The first stamp: a second in which nothing happens. */
const SECONDS = 100n * 1_000_000_000n;
/** As wide as a line of a mail, without the mark of a comment. */
const WIDTH = 73;
/** A microsecond a step. */
const STEP = 1000n;

/** The name of a field as texts have it: `error_code`. */
const printedName = (field: string): string =>
  field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const eventsOf = ({ step: { action, args }, before, after }: TraceStep<unknown>): readonly Event[] =>
  action.note?.events?.({ args, before, after }) ?? [];

/** The events of a step, each as a line of a capture whose microseconds count the steps. */
const stepLines = (
  taken: TraceStep<unknown>,
  place: number,
  { tracepoints, thread }: Captured,
  layout: LayoutName,
): readonly string[] => {
  const { line, ...of } = layouts[layout];
  const ticks = SECONDS + BigInt(place + 1) * STEP;
  const { action, actor } = taken.step;
  const by = thread(action.name, actor, taken.before);
  return eventsOf(taken).map((event) =>
    line({
      ...by,
      stamp: { ticks, digits: 6 },
      system: tracepointOf(tracepoints, event).system,
      event: event.name,
      text: eventText(tracepoints, event, "library" in of ? of.library : undefined),
    }),
  );
};

/** What stands above the lines: what they are, what is made up in them, and how a host records such. */
const header = (
  trace: Trace<unknown>,
  { tracepoints }: Captured,
  layout: LayoutName,
  asked: readonly string[],
): readonly string[] => {
  const points = new Set(trace.steps.flatMap(eventsOf).map((event) => tracepointOf(tracepoints, event)));
  if (points.size === 0) return ["None of its steps prints an event."];
  const unknown = [...new Set([...points].flatMap((point) => point.unknown))].map(printedName).toSorted();
  const events = [...points].map(({ system, name }) => `${system}:${name}`).toSorted();
  return [
    ...wrap(
      `What a host would have shown of these ${plural(trace.steps.length, "step")}, in their order. The microseconds count the steps; numbers of threads, CPUs, interrupts and timers are made up.`,
      WIDTH,
    ),
    ...(unknown.length === 0 ? [] : wrap(`Not known, and printed as 0 or no: ${unknown.join(", ")}.`, WIDTH)),
    `Recorded by: ${layouts[layout].record(events)}`,
    ...asked,
  ];
};

/**
 * A run as a tracer would have shown it, below a header of comments that begins with what is said of the run, and ends with
 * how it is asked about.
 */
export const captureText = (
  trace: Trace<unknown>,
  said: readonly string[],
  captured: Captured,
  layout: LayoutName,
  asked: readonly string[] = [],
): readonly string[] => {
  const { steps, loopAt } = trace;
  const lines = steps.flatMap((taken, place) => [
    ...(loopAt === place ? ["# from here on again and again"] : []),
    ...stepLines(taken, place, captured, layout),
  ]);
  return [
    ...[...said, ...header(trace, captured, layout, asked)].map((text) => `# ${text}`),
    ...layouts[layout].head(captured.cpus),
    ...lines,
  ];
};
