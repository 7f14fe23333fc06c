import { createHash } from "node:crypto";
import { codecOf } from "../derive/codec.ts";
import type { Problem } from "../problem/exploration.ts";
import { stepText } from "../model/model.ts";

/**
 * Six hex digits that change with the schema, the scope, the start states, and the names and order of steps and constraints, so
 * that a saved run is not replayed on a model it was not made for. The code of guards and recipes is not part of it:
 * it has no stable text. A run they no longer allow is refused when it is replayed.
 */
export const versionOf = <S>({ model, scope, start, steps, constraints }: Problem<S>): string => {
  const { encode } = codecOf(model.state, scope);
  const facts = [
    model.state.node,
    Object.entries(scope).toSorted(([a], [b]) => (a < b ? -1 : 1)),
    start.map((state) => [...encode(state)]),
    steps.map((step) => [stepText(step), step.actor]),
    ...(constraints === undefined ? [] : [constraints.map(({ id }) => id)]),
  ];
  return createHash("sha256").update(JSON.stringify(facts)).digest("hex").slice(0, 6);
};
