import type { Scope } from "../schema/domain.ts";

/**
 * Makes something of a part of a schema in a scope once for all scopes of the same sizes: every problem has a scope object
 * of its own. What is made is shared, and is not to be changed.
 */
export const perScope = <K extends object, T>(
  make: (of: K, scope: Scope) => T,
): ((of: K, scope: Scope) => T) => {
  const known = new WeakMap<K, Map<string, T>>();
  return (of, scope) => {
    const before = known.get(of) ?? new Map<string, T>();
    known.set(of, before);
    const sizes = JSON.stringify(scope);
    const made = before.get(sizes);
    if (made !== undefined) return made;
    const now = make(of, { ...scope });
    before.set(sizes, now);
    return now;
  };
};
