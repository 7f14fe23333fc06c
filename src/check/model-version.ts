import { createHash } from "node:crypto";
import type { Problem } from "../problem/exploration.ts";
import { sampledBehaviour } from "./sampled-behaviour.ts";

/** The versions of problems, by what they are made of: every property of a report asks for the same one. */
const known = new WeakMap<object, { readonly start: unknown; readonly version: string }>();

/**
 * Six hex digits that change with what a model does: which steps its guards allow and what its recipes write, in a sample
 * of the states (`sampledBehaviour`). What takes no part there does not change them: a field that no step writes, an action
 * that is never enabled, the order of either. Code is not part of it, for it has no stable text; nor are properties.
 */
export const versionOf = <S>(problem: Problem<S>): string => {
  const { start, steps, model } = problem;
  const before = known.get(steps);
  if (before?.start === start) return before.version;
  const behaviour = JSON.stringify(sampledBehaviour(problem));
  const version = createHash("sha256")
    .update(behaviour)
    .update(model.variation ?? "")
    .digest("hex")
    .slice(0, 6);
  known.set(steps, { start, version });
  return version;
};
