import type { PathKey } from "../../state-path.ts";
import { passingOn, targetFor } from "./passing-on.ts";

/** Told of a write that is ignored: whether it would have changed anything. */
type Ignored = (differs: boolean) => void;

/** What is left of the paths that begin with a key; an empty one is all that is below. */
const below = (paths: readonly (readonly PathKey[])[], key: string): readonly (readonly PathKey[])[] =>
  paths
    .filter((path) => path.length === 0 || String(path[0]) === key)
    .map((path) => (path.length === 0 ? path : path.slice(1)));

/**
 * A draft on which assignments at or below some paths do nothing: what is read there is what was there before. It stands
 * for the draft in all else.
 */
export const ignoring = <D extends object>(
  draft: D,
  paths: readonly (readonly PathKey[])[],
  ignored: Ignored,
): D => {
  /** The same part of a draft is the same object each time, as on the draft itself. */
  const parts = new Map<string, object>();
  return new Proxy(targetFor(draft), {
    get: (_, key) => {
      const value: unknown = Reflect.get(draft, key);
      if (typeof value !== "object" || value === null || typeof key === "symbol") return value;
      const inside = below(paths, key);
      if (inside.length === 0) return value;
      // oxlint-disable-next-line unbounded/no-recursion -- as deep as the schema
      const part = parts.get(key) ?? ignoring(value, inside, ignored);
      parts.set(key, part);
      return part;
    },
    set: (_, key, value) => {
      if (typeof key === "symbol" || !below(paths, key).some((path) => path.length === 0))
        return Reflect.set(draft, key, value);
      ignored(Reflect.get(draft, key) !== value);
      return true;
    },
    ...passingOn(draft),
  }) as D;
};
