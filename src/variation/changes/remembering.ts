import { passingOn, targetFor } from "./passing-on.ts";

/** A draft to write to, and what it was before that. */
interface Remembered {
  readonly draft: object;
  /** To be read: what is not written is read of the draft. */
  readonly before: object;
}

/** A draft that remembers what stood where it is written to. */
export const remembering = (draft: object): Remembered => {
  const was = new Map<PropertyKey, unknown>();
  const parts = new Map<PropertyKey, Remembered>();
  const partAt = (key: PropertyKey, value: object): Remembered => {
    // oxlint-disable-next-line unbounded/no-recursion -- as deep as the schema
    const part = parts.get(key) ?? remembering(value);
    parts.set(key, part);
    return part;
  };
  const read = (key: PropertyKey, which: keyof Remembered): unknown => {
    const value: unknown = Reflect.get(draft, key);
    return typeof value !== "object" || value === null || typeof key === "symbol"
      ? value
      : partAt(key, value)[which];
  };
  const before = (key: PropertyKey): unknown => (was.has(key) ? was.get(key) : read(key, "before"));
  return {
    draft: new Proxy(targetFor(draft), {
      ...passingOn(draft),
      get: (_, key) => read(key, "draft"),
      set: (_, key, value) => {
        if (!was.has(key)) was.set(key, Reflect.get(draft, key));
        return Reflect.set(draft, key, value);
      },
    }),
    before: new Proxy(targetFor(draft), {
      ...passingOn(draft, before),
      get: (_, key) => before(key),
    }),
  };
};
