import type { Leaf } from "../derive/component.ts";
import type { Action, Args } from "../model/action.ts";
import type { Exploration, Problem } from "../problem/exploration.ts";
import type { PathKey } from "../state-path.ts";
import { ignoring } from "../variation/changes/ignoring.ts";
import type { Decision } from "../export/decision.ts";
import { tablesOf, type StepTable } from "../export/tables.ts";
import { pretending, type Pretended } from "./pretending.ts";

/** A model in which one action does something else. */
export interface Mutant {
  /** The same in every world: `fill: does not write jug[].amount`. */
  readonly id: string;
  readonly action: string;
  /** Who takes it, without the numbers of members. */
  readonly actor: string;
  /** What is done to the action. */
  readonly mutated: <S>(action: Action<S>) => Action<S>;
}

/** A path with `[]` for each member of a vector: `vcpu[].req.UNBLOCK`. */
const patternOf = (path: readonly PathKey[]): string =>
  path.map((key, i) => (typeof key === "number" ? "[]" : i === 0 ? key : `.${key}`)).join("");

/** Whether it can come to an end where the step is not enabled. */
const mayRefuse = (decision: Decision | undefined): boolean => {
  const open = [decision];
  for (let here = open.pop(); here !== undefined; here = open.pop()) {
    if (here === 0) return true;
    if (typeof here === "object") for (const next of here.next) if (next !== undefined) open.push(next);
  }
  return false;
};

/** Every leaf on which it depends whether a step is enabled, with a code by which it is, or is most likely. */
const deciding = (root: Decision | undefined): ReadonlyMap<number, number> => {
  const found = new Map<number, number>();
  const open = [root];
  for (let here = open.pop(); here !== undefined; here = open.pop()) {
    if (typeof here === "number") continue;
    const { leaf, next } = here;
    const codes = Object.keys(next).map(Number);
    const passing = codes.filter((code) => next[code] !== 0);
    const surely = passing.find((code) => !mayRefuse(next[code]));
    const some = surely ?? passing.at(0);
    if (
      some !== undefined &&
      codes.some((code) => code !== some && mayRefuse(next[code])) &&
      !found.has(leaf)
    )
      found.set(leaf, some);
    for (const code of codes) if (typeof next[code] === "object") open.push(next[code]);
  }
  return found;
};

const argsKey = (args: Args): string => JSON.stringify(Object.entries(args));

/** A guard that reads some leaves as what lets the step pass: by the arguments of the step. */
const blind = <S>(
  { guard }: Action<S>,
  passing: ReadonlyMap<string, readonly Pretended[]>,
): Action<S>["guard"] => {
  return (state, args) => guard(pretending(state as object, passing.get(argsKey(args)) ?? []) as S, args);
};

/** The leaves of a step that match a pattern and decide, with the values by which it passes. */
const passingBy = <S>(
  tables: readonly StepTable<S>[],
  leaves: readonly Leaf[],
): ReadonlyMap<string, ReadonlyMap<string, readonly Pretended[]>> => {
  const found = new Map<string, Map<string, Pretended[]>>();
  for (const { step, decision } of tables)
    for (const [leaf, code] of deciding(decision)) {
      const { path, decode } = leaves[leaf];
      const pattern = patternOf(path);
      const ofPattern = found.get(pattern) ?? new Map<string, Pretended[]>();
      found.set(pattern, ofPattern);
      const key = argsKey(step.args);
      ofPattern.set(key, [...(ofPattern.get(key) ?? []), { path, value: decode(code) }]);
    }
  return found;
};

/** The fields that an action writes in some state, each with the leaves. */
const writtenBy = <S>(
  tables: readonly StepTable<S>[],
  leaves: readonly Leaf[],
): ReadonlyMap<string, readonly (readonly PathKey[])[]> => {
  const found = new Map<string, (readonly PathKey[])[]>();
  const written = new Set(
    tables.flatMap(({ ends }) => ends.flatMap((end) => [...(end?.writes.keys() ?? [])])),
  );
  for (const leaf of [...written].toSorted((a, b) => a - b)) {
    const { path } = leaves[leaf];
    found.set(patternOf(path), [...(found.get(patternOf(path)) ?? []), path]);
  }
  return found;
};

/**
 * The mutants of a world whose search was complete, of every action that is taken in it: the action is dropped; one field
 * is not written; the guard does not look at one field that decides, or asks the opposite of it.
 */
export const mutantsOf = <S>(problem: Problem<S>, found: Exploration<S>): readonly Mutant[] => {
  const { leaves, steps } = tablesOf(problem, found);
  return problem.model.actions.flatMap(({ name }): readonly Mutant[] => {
    const tables = steps.filter(({ step, ends }) => step.action.name === name && ends.length > 1);
    if (tables.length === 0) return [];
    const all = steps.filter(({ step }) => step.action.name === name);
    const mutant = (what: string, mutated: Mutant["mutated"]): Mutant => ({
      id: `${name}: ${what}`,
      action: name,
      actor: all[0].step.actor.replaceAll(/\d+/g, "").trim(),
      mutated,
    });
    return [
      mutant("is never taken", (action) => ({ ...action, guard: () => false })),
      ...[...writtenBy(tables, leaves)].map(([pattern, paths]) =>
        mutant(`does not write ${pattern}`, (action) => ({
          ...action,
          effect: (draft, args) =>
            action.effect(ignoring(draft as object, paths, () => undefined) as never, args),
        })),
      ),
      ...[...passingBy(all, leaves)].flatMap(([pattern, passing]) => [
        mutant(`does not look at ${pattern} in its guard`, (action) => ({
          ...action,
          guard: blind(action, passing),
        })),
        mutant(`asks the opposite of ${pattern} in its guard`, (action) => ({
          ...action,
          guard: (state, args) => !action.guard(state, args) && blind(action, passing)(state, args),
        })),
      ]),
    ];
  });
};
