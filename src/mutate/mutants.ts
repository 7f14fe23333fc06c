import type { Leaf } from "../derive/component.ts";
import type { Action } from "../model/action.ts";
import type { Exploration, Problem } from "../problem/exploration.ts";
import type { PathKey } from "../state-path.ts";
import { ignoring } from "../variation/changes/ignoring.ts";
import { tablesOf, type StepTable } from "../export/tables.ts";
import { deciding } from "./deciding.ts";
import type { Mutant } from "./mutant.ts";
import { argsKey, patternOf, who } from "./naming.ts";
import { orderMutants, type Writes } from "./order-mutants.ts";
import { pretending, type Pretended } from "./pretending.ts";
import { programOrder } from "./program-order.ts";

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
const writtenBy = <S>(tables: readonly StepTable<S>[], leaves: readonly Leaf[]): Writes => {
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
 * is not written; the guard does not look at one field that decides, or asks the opposite of it; and those of the order.
 */
export const mutantsOf = <S>(problem: Problem<S>, found: Exploration<S>): readonly Mutant[] => {
  const { leaves, steps } = tablesOf(problem, found);
  const { actions } = problem.model;
  const writes = new Map<string, Writes>();
  const single = actions.flatMap(({ name }): readonly Mutant[] => {
    const all = steps.filter(({ step }) => step.action.name === name);
    const tables = all.filter(({ ends }) => ends.length > 1);
    if (tables.length === 0) return [];
    const actor = who(all[0].step.actor);
    const mutant = (what: string, mutated: Mutant["mutated"]): Mutant => ({
      id: `${name}: ${what}`,
      action: name,
      actor,
      mutated: (action) => (action.name === name ? mutated(action) : action),
    });
    const written = writtenBy(tables, leaves);
    writes.set(name, written);
    return [
      mutant("is never taken", (action) => ({ ...action, guard: () => false })),
      ...[...written].map(([pattern, paths]) =>
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
  return [
    ...single,
    ...orderMutants(actions, programOrder(steps as readonly StepTable<unknown>[], leaves), writes),
  ];
};
