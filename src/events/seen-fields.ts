import { tracepointOf, type Event, type Tracepoint, type Tracepoints } from "./tracepoint.ts";

const programs: readonly string[] = ["libtraceevent"];

/** The fields that every program prints of a tracepoint's newest text, without those that the model does not know. */
const compared = ({ texts: [newest, ...older], unknown }: Tracepoint): readonly string[] => {
  const names = newest.text.fields.map(({ name }) => name).filter((name) => !unknown.includes(name));
  const own = older.filter(({ of }) => programs.includes(of)).map(({ text }) => text.fields);
  return names.filter((name) => own.every((fields) => fields.some((field) => field.name === name)));
};

/** What can be compared of an event that was printed in any layout: each field as `name=value`, in the order of its text. */
export const seenFields = (table: Tracepoints, event: Event): readonly string[] =>
  compared(tracepointOf(table, event)).map((name) => `${name}=${String(event.fields[name])}`);
