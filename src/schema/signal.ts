import type { Domain, Node, Signal } from "./domain.ts";
import { fold, leafCases } from "./fold.ts";

/**
 * The same domain, and in a word what it is called that one actor sets it and another notices: `woken: signal("wake", bool)`.
 * A field is set by any value but its first, or by `value`. What a part of it says by itself stands.
 */
export const signal = <T>(kind: string, { node }: Domain<T>, value?: T & string): Domain<T> => {
  const said: Signal = value === undefined ? { kind } : { kind, value };
  const signalling = fold<Node>({
    ...leafCases<Node>((leaf) => ({ signal: said, ...leaf })),
    vector: (vector, go) => ({ ...vector, item: go(vector.item) }),
    record: (record, go) => ({
      ...record,
      fields: Object.fromEntries(Object.entries(record.fields).map(([name, field]) => [name, go(field)])),
    }),
  });
  return { node: signalling(node) };
};
