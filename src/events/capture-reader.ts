import type { CaptureLine } from "./capture-line.ts";
import { readLine, type LineRead, type Lost } from "./read-line.ts";
import { readEvent, type Event, type Tracepoints } from "./tracepoint.ts";

/** What was read of a capture, with the number of its line in the file as given; of a folded one, the first of them. */
export type CaptureItem =
  | { readonly kind: "event"; readonly at: number; readonly line: CaptureLine; readonly event: Event }
  /** An event of a tracepoint that the table does not have. */
  | { readonly kind: "unknown-event"; readonly at: number; readonly line: CaptureLine }
  /** An event of a tracepoint of the table, with a text that no release prints. */
  | { readonly kind: "unknown-text"; readonly at: number; readonly line: CaptureLine }
  /** From here on something is missing. */
  | { readonly kind: "lost"; readonly at: number; readonly lost: Lost }
  /** A line that is neither an event nor any other line that a tracer prints; its beginning. */
  | { readonly kind: "other"; readonly at: number; readonly text: string };

/** Takes the text of a capture in pieces of any size, and hands on what it reads, in order. */
export interface CaptureReader {
  write(text: string): void;
  /** The file is over. */
  end(): void;
}

/** A longer line is none of a tracer, which has a page for each. */
const LONGEST = 8192;
/** So much is shown of a line that is not understood. */
const SHOWN = 200;
/** Mail folds a line into so many at most. */
const FOLDS = 4;

/** A line that may go on in the next one: mail folds what is long. */
interface Open {
  readonly at: number;
  readonly text: string;
  readonly item: CaptureItem;
  /** What it lacks, where it is nothing but columns. */
  readonly folded?: "event" | "stamp";
  /** What it and the lines behind it are if they are not one line after all. */
  readonly apart: readonly CaptureItem[];
}

/**
 * Reads a capture line by line: tracefs, `trace-cmd report` and `perf script`, with columns cut off, quoted or folded by
 * mail, and line ends of any kind. Nothing is dropped: what is not understood is handed on as such. Keeps a line or two.
 */
export const captureReader = (table: Tracepoints, take: (item: CaptureItem) => void): CaptureReader => {
  const known = (event: string): boolean => table.has(event);
  let rest = "";
  let tooLong = false;
  let at = 0;
  let open: Open | undefined;

  const itemOf = (line: CaptureLine, place: number): CaptureItem => {
    const point = table.get(line.event);
    if (point === undefined) return { kind: "unknown-event", at: place, line };
    const event = readEvent(point, line.text);
    return event === undefined
      ? { kind: "unknown-text", at: place, line }
      : { kind: "event", at: place, line, event };
  };

  const close = (): void => {
    const closed = open;
    open = undefined;
    if (closed?.item.kind === "event") take(closed.item);
    else closed?.apart.forEach(take);
  };

  const begin = (text: string, item: CaptureItem, folded?: "event" | "stamp"): void => {
    open = { at, text, item, apart: [item], ...(folded === undefined ? {} : { folded }) };
  };

  /** The line that is open, with this one behind it, where that is a line that makes sense. */
  const unfolded = (text: string): Open | undefined => {
    if (open === undefined || open.apart.length > FOLDS || open.item.kind === "unknown-event")
      return undefined;
    const whole = `${open.text.trimEnd()} ${text.replace(/^[>\s]+/, "")}`;
    const read = readLine(whole, known);
    if (read.kind !== "event") return undefined;
    const item = itemOf(read.line, open.at);
    if (item.kind !== "event" && open.item.kind === "event") return undefined;
    return { at: open.at, text: whole, item, apart: [...open.apart, other(text)] };
  };

  const other = (text: string): CaptureItem => ({ kind: "other", at, text: text.trim().slice(0, SHOWN) });

  /** Whether a line may be the rest of the one before: that of a folded one may look like one without columns. */
  const mayContinue = (read: LineRead): boolean => {
    if (read.kind !== "event") return read.kind === "other" || read.kind === "columns";
    const { stamp, task } = read.line;
    return open?.folded === "event" ? stamp === undefined : open?.folded === "stamp" && task === undefined;
  };

  const takeLine = (text: string, read: LineRead): void => {
    close();
    // A header or a blank line says nothing; of older tracers one follows an event.
    if (read.kind === "comment") return;
    if (read.kind === "event") begin(text, itemOf(read.line, at));
    else if (read.kind === "columns") begin(text, other(text), read.folded);
    else take(read.kind === "lost" ? { kind: "lost", at, lost: read.lost } : other(text));
  };

  const readOne = (given: string): void => {
    at++;
    const text = given.endsWith("\r") ? given.slice(0, -1) : given;
    const read: LineRead = text.length > LONGEST ? { kind: "other" } : readLine(text, known);
    const folded = mayContinue(read) && text.length <= LONGEST ? unfolded(text) : undefined;
    if (folded === undefined) takeLine(text, read);
    else open = folded;
  };

  return {
    write: (text) => {
      let from = 0;
      for (;;) {
        const to = text.indexOf("\n", from);
        if (to < 0) break;
        const line = rest + text.slice(from, to);
        rest = "";
        tooLong = false;
        from = to + 1;
        readOne(line);
      }
      // Of a line without an end its beginning is enough.
      if (tooLong) return;
      rest += text.slice(from, from + LONGEST + 1);
      tooLong = rest.length > LONGEST;
    },
    end: () => {
      if (rest !== "") readOne(rest);
      rest = "";
      close();
    },
  };
};
