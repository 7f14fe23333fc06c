import { stampOf, type CaptureLine } from "./capture-line.ts";
import { columnsOf, numberOf } from "./read-columns.ts";

/** Events of some CPU that the tracer had no room for. */
export interface Lost {
  readonly cpu?: number;
  /** How many, where the line says it. */
  readonly count?: number;
}

/** What a line of a capture is. */
export type LineRead =
  | { readonly kind: "event"; readonly line: CaptureLine }
  /** Columns whose event was folded onto the next line, with the stamp or without. */
  | { readonly kind: "columns"; readonly folded: "event" | "stamp" }
  | { readonly kind: "lost"; readonly lost: Lost }
  /** A header, a blank line, part of a stack trace: nothing happened. */
  | { readonly kind: "comment" }
  | { readonly kind: "other" };

// The latency format counts microseconds, with a mark where it took long.
const STAMPED =
  /(?:^|\s)(\d{1,20})(?:\.(\d{6}(?:\d{3})?)|(us)[ !+#*@$]?)?:\s+(?:([A-Za-z_]\w*):)?([A-Za-z_]\w*):(?:\s+|$)/;
const STAMP_ONLY = /(?:^|\s)\d{1,20}(?:\.\d{6}(?:\d{3})?|us[ !+#*@$]?)?:\s*$/;
const NAMED = /(?:^|\s)([A-Za-z_]\w*):([A-Za-z_]\w*):(?:\s+|$)/;
// Looked for at the beginnings of words only: a line may be one long word.
const BARE = /(?<!\S)([A-Za-z_]\w*):(?:\s+|$)/g;
const CPU = /\[\d{1,10}\]/;
const CPU_LAST = /\[\d{1,10}\](?:\s+\S{3,7})?\s*$/;
const LOST = /^\s*CPU:\s*(\d+) \[(?:LOST (?:(\d+) )?EVENTS|(?:(\d+) )?EVENTS (?:DROPPED|LOST))\]\s*$/;
const PERF_LOST = /\bPERF_RECORD_LOST\b\D*(\d+)?/;
const COMMENT = /^\s*(?:#|=> |<stack trace>|cpus=\d+\s*$|version = \d+\s*$|$)/;
const QUOTED = /^(?:\s*>)+ ?/;
const lostOf = (text: string): Lost | undefined => {
  const marked = LOST.exec(text);
  const perf = marked === null ? PERF_LOST.exec(text) : null;
  if (marked === null && perf === null) return undefined;
  const cpu = numberOf(marked?.[1]);
  const count = numberOf(marked?.[2] ?? marked?.[3] ?? perf?.[1]);
  return { ...(cpu === undefined ? {} : { cpu }), ...(count === undefined ? {} : { count }) };
};

const namedEvent = (text: string): LineRead | undefined => {
  const named = NAMED.exec(text);
  if (named === null) return undefined;
  const [whole, system, event] = named;
  const line = {
    ...columnsOf(text.slice(0, named.index)),
    system,
    event,
    text: text.slice(named.index + whole.length),
  };
  return { kind: "event", line };
};

/** An event without a stamp, behind other columns or none; there, the words before it would be prose. */
const bareEvent = (text: string, known: (event: string) => boolean): LineRead | undefined => {
  for (const found of text.matchAll(BARE)) {
    const [whole, event] = found;
    const before = text.slice(0, found.index);
    if (!known(event) || !(before.trim() === "" || CPU.test(before))) continue;
    const line = { ...columnsOf(before), event, text: text.slice(found.index + whole.length) };
    return { kind: "event", line };
  }
  return undefined;
};

/**
 * Reads a line of a capture, in any layout, also with columns cut off or quoted in a mail. A line without a stamp is an
 * event only if `known` has the event.
 */
export const readLine = (given: string, known: (event: string) => boolean): LineRead => {
  const text = given.replace(QUOTED, "");
  if (COMMENT.test(text)) return { kind: "comment" };
  const stamped = STAMPED.exec(text);
  if (stamped !== null) {
    const [whole, count, fraction, micro, system, event] = stamped;
    // V8 keeps copies longer than they are used where an object begins with one: of a million lines that is most of the memory.
    const line = {
      stamp:
        micro === undefined
          ? stampOf(count, fraction)
          : ({ ticks: BigInt(count) * 1000n, digits: 6 } as const),
      ...(system === undefined ? {} : { system }),
      event,
      text: text.slice(stamped.index + whole.length),
      ...columnsOf(text.slice(0, stamped.index)),
    };
    return { kind: "event", line };
  }
  const lost = lostOf(text);
  if (lost !== undefined) return { kind: "lost", lost };
  const named = namedEvent(text);
  if (named !== undefined) return named;
  const bare = bareEvent(text, known);
  if (bare !== undefined) return bare;
  if (STAMP_ONLY.test(text)) return { kind: "columns", folded: "event" };
  return CPU_LAST.test(text) ? { kind: "columns", folded: "stamp" } : { kind: "other" };
};
