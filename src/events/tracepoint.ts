import { CheckError, unknownName } from "../errors.ts";
import { zeroOf, type Fields } from "./field.ts";
import type { TextForm } from "./text-form.ts";

/** Something that was printed as it happened: which tracepoint, and with which fields. */
export interface Event {
  readonly name: string;
  readonly fields: Fields;
}

/** The text that a tracepoint had in some releases. */
export interface Era<F = Fields> {
  /** A release that prints it, or a program that prints a text of its own. */
  readonly of: string;
  /** Where it was read. */
  readonly source: string;
  readonly text: TextForm<F>;
}

/** What is said of a tracepoint besides its texts. */
interface About {
  readonly system: string;
  readonly name: string;
  /** The thread that it is about prints it, or whoever causes it. */
  readonly by: "own" | "caller";
  /** Whether it is printed before its effect or after it; others may act in between. */
  readonly when: "before" | "after";
  /** The lock under which it is printed, where there is one. */
  readonly lock?: string;
}

/** A place where events are printed, with the texts that they have had. */
export interface Tracepoint extends About {
  /** Newest first. */
  readonly texts: readonly Era[];
  /** Fields of which the model knows nothing: printed as 0, and not to be compared. */
  readonly unknown: readonly string[];
}

/** What an author writes to declare a tracepoint: its newest text, and the older ones. */
interface TracepointSpec<F, U extends keyof F> extends About {
  readonly newest: Era<F>;
  readonly older?: readonly Era<unknown>[];
  readonly unknown?: readonly U[];
}

/** Declares a tracepoint; `event` makes one of its events, all fields given but those that the model does not know. */
export const tracepoint = <F, U extends keyof F & string = never>({
  newest,
  older = [],
  unknown = [],
  ...about
}: TracepointSpec<F, U>): Tracepoint & { readonly event: (fields: Omit<F, U>) => Event } => {
  const zeros = Object.fromEntries(
    newest.text.fields
      .filter(({ name }) => (unknown as readonly string[]).includes(name))
      .map((field) => [field.name, zeroOf(field)]),
  );
  return {
    ...about,
    texts: [newest, ...older] as readonly unknown[] as readonly Era[],
    unknown,
    event: (fields) => ({ name: about.name, fields: { ...zeros, ...(fields as Fields) } }),
  };
};

/** Tracepoints by name. */
export type Tracepoints = ReadonlyMap<string, Tracepoint>;

/**
 * A table of tracepoints.
 * @throws CheckError when two have one name.
 */
export const tracepointsOf = (all: readonly Tracepoint[]): Tracepoints => {
  const table = new Map<string, Tracepoint>();
  for (const point of all) {
    if (table.has(point.name)) throw new CheckError("model", `two tracepoints are called ${point.name}`);
    table.set(point.name, point);
  }
  return table;
};

/**
 * The tracepoint of an event.
 * @throws CheckError when the table has none of that name; names the nearest.
 */
export const tracepointOf = (table: Tracepoints, { name }: Event): Tracepoint => {
  const point = table.get(name);
  if (point === undefined)
    throw unknownName("tracepoint", name, [...table.keys()], "a table names each tracepoint once");
  return point;
};

/** The text of an event, as the newest release prints it, or a program that has a text of its own for it. */
export const eventText = (table: Tracepoints, event: Event, program?: string): string => {
  const { texts } = tracepointOf(table, event);
  return (texts.find(({ of }) => of === program) ?? texts[0]).text.print(event.fields);
};

/** The event that a tracepoint has printed with a text; undefined where no release prints that. */
export const readEvent = ({ name, texts }: Tracepoint, printed: string): Event | undefined => {
  for (const { text } of texts) {
    const fields = text.read(printed);
    if (fields !== undefined) return { name, fields };
  }
  return undefined;
};
