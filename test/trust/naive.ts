/*
 * An explorer that shares nothing with the engines: plain objects, plain assignment, states as JSON in a Map. Small models
 * only: it keeps everything and is in no hurry.
 */

import { choices, enabledAfter, type ModelLike, type PropertyLike } from "./rerun.ts";

type Ask = (...looked: unknown[]) => boolean;

/** What is found of one property: how often its antecedent occurred, and after how many steps it was first decided. */
export interface NaiveFinding {
  readonly antecedent: number;
  readonly decidedAfter: number | undefined;
}

/** What keeps states from being expanded. */
export interface NaiveConstraints {
  readonly constraints?: readonly { readonly holds: (state: never) => boolean }[] | undefined;
}

export interface Naive {
  readonly beyond: number;
  readonly states: number;
  readonly transitions: number;
  readonly dead: number;
  readonly levels: readonly number[];
  readonly findings: readonly NaiveFinding[];
  readonly all: readonly unknown[];
}

/** Explores all that can be reached, where that is no more than `most` states; else nothing. */
export const exploreNaively = (
  { actions, scope, start, constraints = [] }: ModelLike & NaiveConstraints,
  properties: readonly PropertyLike[],
  most: number,
): Naive | undefined => {
  const steps = actions.flatMap((action) => choices(action.args, scope).map((args) => ({ action, args })));
  const depths = new Map<string, number>();
  const queue: unknown[] = [];
  const asked = properties.map((property) => ({ ...property, all: choices(property.args, scope) }));
  const findings = properties.map(() => ({ antecedent: 0, decidedAfter: undefined as number | undefined }));
  let [transitions, dead, beyond] = [0, 0, 0];

  /** Asks the properties of one kind; of several choices of arguments one is enough. */
  const ask = (ofSteps: boolean, depth: number, ...looked: readonly unknown[]): void =>
    asked.forEach(({ kind, all, antecedent, holds }, i) => {
      if ((kind === "step") !== ofSteps) return;
      const is = (look: unknown, of: unknown): boolean => (look as Ask)(...looked, of);
      const occurs = all.filter((of) =>
        kind === "sometimes" ? is(holds, of) : antecedent === undefined || is(antecedent, of),
      );
      if (occurs.length > 0) findings[i].antecedent++;
      if (occurs.some((of) => kind === "sometimes" || !is(holds, of)))
        findings[i].decidedAfter = Math.min(depth, findings[i].decidedAfter ?? depth);
    });
  const meet = (state: unknown, depth: number): void => {
    const key = JSON.stringify(state);
    if (depths.has(key)) return;
    depths.set(key, depth);
    queue.push(state);
    ask(false, depth, state);
  };

  for (const state of start) meet(state, 0);
  for (let next = 0; next < queue.length; next++) {
    if (queue.length > most) return undefined;
    const before = queue[next];
    const depth = depths.get(JSON.stringify(before))!;
    if (constraints.some(({ holds }) => !holds(before as never))) {
      beyond++;
      continue;
    }
    const enabled = steps.flatMap(({ action, args }) => {
      const after = enabledAfter(action, before, args);
      return after === undefined ? [] : [{ action, args, after }];
    });
    if (enabled.length === 0) dead++;
    for (const { action, args, after } of enabled) {
      transitions++;
      meet(after, depth + 1);
      ask(true, depth + 1, before, after, { action: action.name, args });
    }
  }
  const found = [...depths.values()];
  const levels = Array.from(
    { length: Math.max(-1, ...found) + 1 },
    (_, at) => found.filter((d) => d === at).length,
  );
  return { states: queue.length, beyond, transitions, dead, levels, findings, all: queue };
};
