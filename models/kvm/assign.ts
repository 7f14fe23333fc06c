import type { Draft } from "#check";

/** Gives every leaf of a record in a draft the value that it has in another. */
export const assign = <T extends object>(to: Draft<T>, from: T): void => {
  for (const key of Object.keys(from) as (keyof T)[]) {
    const value = from[key];
    const place = to as { [K in keyof T]: unknown };
    if (typeof value === "object" && value !== null) assign(place[key] as Draft<object>, value);
    else place[key] = value;
  }
};
