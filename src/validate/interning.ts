import type { CapturedEvent } from "../catalogue/followed.ts";
import type { CaptureLine } from "../events/capture-line.ts";
import type { FieldValue } from "../events/field.ts";
import { ownText } from "../events/own-text.ts";
import { tracepointOf, type Event, type Tracepoints } from "../events/tracepoint.ts";

/** So many different ones are remembered: a capture has few, unless it has numbers in it that are never the same. */
const MOST = 50_000;

const ownValue = (value: FieldValue): FieldValue => (typeof value === "string" ? ownText(value) : value);

const remembering = <T>() => {
  const known = new Map<string, T>();
  return (key: string, make: () => T): T => {
    const found = known.get(key);
    if (found !== undefined) return found;
    if (known.size >= MOST) known.clear();
    const made = make();
    known.set(ownText(key), made);
    return made;
  };
};

/** What is kept of a line, and of its event: one object for all that are alike in what the model knows, for a capture is long. */
export const interning = (
  table: Tracepoints,
): {
  readonly line: (line: CaptureLine) => CapturedEvent["line"];
  readonly event: (event: Event) => Event;
} => {
  const lines = remembering<CapturedEvent["line"]>();
  const events = remembering<Event>();
  return {
    line: ({ task, cpu }) =>
      lines(`${task?.pid} ${task?.tgid} ${cpu} ${task?.comm}`, () => ({
        ...(task === undefined
          ? {}
          : { task: { ...task, ...(task.comm === undefined ? {} : { comm: ownText(task.comm) }) } }),
        ...(cpu === undefined ? {} : { cpu }),
      })),
    event: (event) => {
      const { unknown } = tracepointOf(table, event);
      let key = event.name;
      for (const name in event.fields)
        if (!unknown.includes(name)) key += `\n${name}=${String(event.fields[name])}`;
      return events(key, () => ({
        name: ownText(event.name),
        fields: Object.fromEntries(
          Object.entries(event.fields)
            .filter(([name]) => !unknown.includes(name))
            .map(([name, value]) => [name, ownValue(value)]),
        ),
      }));
    },
  };
};
