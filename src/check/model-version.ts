import { createHash } from "node:crypto";
import { codecOf } from "../derive/codec.ts";
import { objectNumber } from "../model/object-number.ts";
import type { Problem } from "../problem/exploration.ts";
import { sampledBehaviour } from "./sampled-behaviour.ts";

/** The versions of problems, by what they are made of: every property of a report asks for the same one. */
const known = new WeakMap<object, { readonly start: unknown; readonly version: string }>();

/** The versions of problems that were made anew of the same parts, by their state and then their other parts. */
const alike = new WeakMap<object, Map<string, string>>();

/** Of problems with more start states it is not asked whether they are made of the same parts. */
const FEW = 8;

/** A text that is the same where all that decides the version is: the same actions, by identity, and start states. */
const partsOf = <S>({ model, scope, start, steps, constraints = [] }: Problem<S>): string => {
  const { encode } = codecOf(model.state, scope);
  return JSON.stringify([
    scope,
    model.variation ?? "",
    constraints.map(objectNumber),
    steps.map(({ action, args, actor }) => [objectNumber(action), args, actor]),
    start.map((state) => encode(state).join()),
  ]);
};

const hashOf = <S>(problem: Problem<S>): string =>
  createHash("sha256")
    .update(JSON.stringify(sampledBehaviour(problem)))
    .update(problem.model.variation ?? "")
    .digest("hex")
    .slice(0, 6);

const likeBefore = <S>(problem: Problem<S>): string => {
  const { model, start } = problem;
  if (start.length > FEW) return hashOf(problem);
  const before = alike.get(model.state) ?? new Map<string, string>();
  alike.set(model.state, before);
  const parts = partsOf(problem);
  const version = before.get(parts) ?? hashOf(problem);
  before.set(parts, version);
  return version;
};

/**
 * Six hex digits that change with what a model does: which steps its guards allow and what its recipes write, in a sample
 * of the states (`sampledBehaviour`). What takes no part there does not change them: a field that no step writes, an action
 * that is never enabled, the order of either. Code is not part of it, for it has no stable text; nor are properties.
 */
export const versionOf = <S>(problem: Problem<S>): string => {
  const { start, steps } = problem;
  const before = known.get(steps);
  if (before?.start === start) return before.version;
  const version = likeBefore(problem);
  known.set(steps, { start, version });
  return version;
};
