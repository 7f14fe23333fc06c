import type { PathKey } from "../state-path.ts";
import { passingOn, targetFor } from "../variation/changes/passing-on.ts";

/**
 * A draft on which one leaf reads as another value than it has, until it is written; `written` says what is written there
 * instead of a value.
 */
export const standingElsewhere = <D extends object>(
  draft: D,
  [key, ...below]: readonly PathKey[],
  value: unknown,
  written: (value: unknown) => unknown,
): D => {
  let moved = false;
  let part: object | undefined;
  const read = (asked: PropertyKey): unknown => {
    const here: unknown = Reflect.get(draft, asked);
    if (String(asked) !== String(key)) return here;
    if (below.length === 0) return moved ? here : value;
    // oxlint-disable-next-line unbounded/no-recursion -- as deep as the schema
    part ??= standingElsewhere(here as object, below, value, written);
    return part;
  };
  return new Proxy(targetFor(draft), {
    get: (_, asked) => read(asked),
    set: (_, asked, put) => {
      if (String(asked) !== String(key) || below.length > 0) return Reflect.set(draft, asked, put);
      moved = true;
      return Reflect.set(draft, asked, written(put));
    },
    ...passingOn(draft, read),
  }) as D;
};
