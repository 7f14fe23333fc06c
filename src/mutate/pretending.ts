import type { PathKey } from "../state-path.ts";
import { passingOn, targetFor } from "../variation/changes/passing-on.ts";

/** A leaf, and what is read there whatever it is. */
export interface Pretended {
  readonly path: readonly PathKey[];
  readonly value: unknown;
}

/** A state in which some leaves are read as other values than they have. */
export const pretending = <S extends object>(state: S, all: readonly Pretended[]): S => {
  const parts = new Map<string, object>();
  const read = (key: PropertyKey): unknown => {
    const here = typeof key === "symbol" ? [] : all.filter(({ path }) => String(path[0]) === String(key));
    if (here.length === 0) return Reflect.get(state, key);
    const leaf = here.find(({ path }) => path.length === 1);
    if (leaf !== undefined) return leaf.value;
    const name = String(key);
    const inside = here.map(({ path, value }) => ({ path: path.slice(1), value }));
    // oxlint-disable-next-line unbounded/no-recursion -- as deep as the schema
    const part = parts.get(name) ?? pretending(Reflect.get(state, key) as object, inside);
    parts.set(name, part);
    return part;
  };
  return new Proxy(targetFor(state), { get: (_, key) => read(key), ...passingOn(state, read) }) as S;
};
