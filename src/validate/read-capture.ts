import type { Captured } from "../catalogue/captured.ts";
import type { CapturedEvent, CapturedPart } from "../catalogue/followed.ts";
import { captureReader, type CaptureItem } from "../events/capture-reader.ts";
import { originsBy, type Origin } from "../events/origins.ts";
import { ownText } from "../events/own-text.ts";
import type { Event, Tracepoints } from "../events/tracepoint.ts";
import { interning } from "./interning.ts";
import type { Printed } from "./follow-in-any-order.ts";

/** The text of a capture, or its pieces, which can be asked for again. */
export type CaptureText = string | (() => AsyncIterable<string> | Iterable<string>);

/** What was lost. */
interface Loss {
  readonly at: number;
  readonly lost: true;
}

/** The events of one virtual machine of one recording. */
export interface Machine {
  readonly name: string;
  readonly process: Origin["process"];
  readonly events: CapturedPart["events"];
}

/** What is kept of a capture: of each line no more than verdicts need. */
export interface ReadCapture {
  readonly events: number;
  /** The names of the events that are in it. */
  readonly types: ReadonlySet<string>;
  /** All events, with what was lost in between, in the order of the file. */
  readonly all: CapturedPart["events"];
  readonly machines: readonly Machine[];
  /** Events that are not known, each with how often it is there and the first line of it. */
  readonly unknownEvents: readonly {
    readonly event: string;
    readonly lines: number;
    readonly first: number;
  }[];
  /** Texts of known events that no release prints. */
  readonly unknownTexts: readonly { readonly at: number; readonly text: string }[];
  /** Lines before which something was lost. */
  readonly lost: readonly number[];
  /** Lines that are none of a tracer. */
  readonly others: readonly number[];
  /** Where and when each line was printed, where its clock counts nanoseconds and that was asked for. */
  readonly printedAt: (at: number) => Printed | undefined;
}

const piecesOf = (text: CaptureText): AsyncIterable<string> | Iterable<string> =>
  typeof text === "string" ? [text] : text();

/** Hands each item of a capture on, as it is read. */
const readAll = async (
  text: CaptureText,
  table: Tracepoints,
  take: (item: CaptureItem) => void,
): Promise<void> => {
  const reader = captureReader(table, take);
  for await (const piece of piecesOf(text)) reader.write(piece);
  reader.end();
};

const nameOf = ({ recording, process }: Origin): string =>
  [
    ...(recording > 0 ? [`recording ${recording + 1}`] : []),
    ...(process === undefined ? ["of no known process"] : process === "only" ? [] : [`process ${process}`]),
  ].join(", ");

/** What lines have in common of which there are many: the event, who printed it, and the recording that it is of. */
interface Alike {
  readonly line: CapturedEvent["line"];
  readonly event: Event;
  readonly recording: number;
}

/** An event of a line: a long capture has a million of them, so that it is no more than the line and what it has in common with others. */
class Kept implements CapturedEvent {
  readonly at: number;
  readonly #alike: Alike;

  constructor(at: number, alike: Alike) {
    this.at = at;
    this.#alike = alike;
  }

  get line(): CapturedEvent["line"] {
    return this.#alike.line;
  }

  get event(): Event {
    return this.#alike.event;
  }

  get recording(): number {
    return this.#alike.recording;
  }
}

/** The events of each virtual machine of each recording; what was lost may have been of any. */
const machinesOf = (
  all: readonly (Kept | Loss)[],
  originIn: ReturnType<typeof originsBy>["originIn"],
): readonly Machine[] => {
  const names = new Map<string, Origin>();
  for (const one of all) {
    if ("lost" in one) continue;
    const origin = originIn(one.recording, one.line);
    names.set(nameOf(origin), origin);
  }
  // Most captures are of one, whose events need not be written down again.
  if (names.size === 1) return [...names].map(([name, { process }]) => ({ name, process, events: all }));
  const machines = new Map<string, Machine & { readonly events: (Kept | Loss)[] }>();
  const losses: Loss[] = [];
  for (const one of all) {
    if ("lost" in one) {
      losses.push(one);
      for (const { events } of machines.values()) events.push(one);
      continue;
    }
    const origin = originIn(one.recording, one.line);
    const name = nameOf(origin);
    const machine = machines.get(name) ?? { name, process: origin.process, events: [...losses] };
    machines.set(name, machine);
    machine.events.push(one);
  }
  return [...machines.values()];
};

const printedOf = ({ task, cpu, stamp }: Extract<CaptureItem, { readonly kind: "event" }>["line"]) =>
  stamp === undefined || stamp.digits === 0
    ? undefined
    : {
        thread: task?.pid === undefined || task.pid === 0 ? undefined : String(task.pid),
        cpu,
        ticks: stamp.ticks,
      };

/** Reads a capture; `stamps` says whether it will be asked where and when lines were printed. */
export const readCapture = async (
  text: CaptureText,
  { tracepoints, numberOf }: Pick<Captured, "tracepoints" | "numberOf">,
  stamps: boolean,
): Promise<ReadCapture> => {
  const origins = originsBy(numberOf);
  const interned = interning(tracepoints);
  const all: (Kept | Loss)[] = [];
  const types = new Set<string>();
  const printed = new Map<number, Printed>();
  const unknownEvents = new Map<string, { event: string; lines: number; first: number }>();
  const unknownTexts: { readonly at: number; readonly text: string }[] = [];
  const lost: number[] = [];
  const others: number[] = [];
  const known = new WeakMap<object, Map<Event, Alike>>();
  const alike = (line: CapturedEvent["line"], event: Event, recording: number): Alike => {
    const ofLine = known.get(line) ?? new Map<Event, Alike>();
    known.set(line, ofLine);
    const one = ofLine.get(event);
    if (one?.recording === recording) return one;
    const made = { line, event, recording };
    ofLine.set(event, made);
    return made;
  };
  let events = 0;
  await readAll(text, tracepoints, (item) => {
    const { at } = item;
    switch (item.kind) {
      case "event": {
        const recording = origins.note(item.line, item.event);
        const event = interned.event(item.event);
        all.push(new Kept(at, alike(interned.line(item.line), event, recording)));
        types.add(event.name);
        events++;
        const place = stamps ? printedOf(item.line) : undefined;
        if (place !== undefined) printed.set(at, place);
        break;
      }
      case "lost":
        all.push({ at, lost: true });
        lost.push(at);
        break;
      case "unknown-event": {
        const event = ownText(item.line.event);
        const one = unknownEvents.get(event) ?? { event, lines: 0, first: at };
        one.lines++;
        unknownEvents.set(event, one);
        break;
      }
      case "unknown-text":
        unknownTexts.push({ at, text: ownText(`${item.line.event}: ${item.line.text}`) });
        break;
      case "other":
        others.push(at);
        break;
    }
  });
  return {
    events,
    types,
    all,
    machines: machinesOf(all, origins.originIn),
    unknownEvents: [...unknownEvents.values()],
    unknownTexts,
    lost,
    others,
    printedAt: (at) => printed.get(at),
  };
};

/** A line may go on in so many behind it. */
const FOLDS = 4;

/** Some lines of a text, by their numbers from 1; it is read no further than the last of them. */
const rawLines = async (
  text: CaptureText,
  wanted: ReadonlySet<number>,
): Promise<ReadonlyMap<number, string>> => {
  const found = new Map<number, string>();
  const last = [...wanted].reduce((a, b) => Math.max(a, b), 0);
  let at = 1;
  let rest = "";
  for await (const piece of piecesOf(text)) {
    let from = 0;
    for (let to = piece.indexOf("\n"); to >= 0; to = piece.indexOf("\n", from)) {
      if (wanted.has(at)) found.set(at, rest + piece.slice(from, to));
      rest = "";
      from = to + 1;
      at++;
    }
    if (at > last) return found;
    if (wanted.has(at)) rest += piece.slice(from);
  }
  return found.set(at, rest);
};

/** What the events of some lines printed, as it stands in the file, which is looked at once more for it. */
export const textsAt = async (
  text: CaptureText,
  table: Tracepoints,
  wanted: readonly number[],
): Promise<ReadonlyMap<number, string>> => {
  const found = new Map<number, string>();
  if (wanted.length === 0) return found;
  const places = wanted.flatMap((at) => Array.from({ length: FOLDS + 1 }, (_, i) => at + i));
  const raw = await rawLines(text, new Set(places));
  for (const at of wanted) {
    const lines = Array.from({ length: FOLDS + 1 }, (_, i) => raw.get(at + i) ?? "");
    await readAll(lines.join("\n"), table, (item) => {
      if (item.at === 1 && "line" in item) found.set(at, `${item.line.event}: ${item.line.text}`);
    });
  }
  return found;
};
