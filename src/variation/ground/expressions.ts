import { conditionOf, stepConditionOf, type StepCondition } from "../../expression/condition.ts";
import { ExpressionError } from "../../expression/expression-error.ts";
import { pathOf, type StatePath } from "../../expression/path.ts";
import { valueOf, type Value } from "../../expression/value.ts";
import type { Action, Args, Ranges } from "../../model/action.ts";
import type { Node } from "../../schema/domain.ts";
import { FaultError } from "../text/faults.ts";
import type { Ground } from "./ground.ts";
import type { Written } from "../text/written.ts";

/** What is made of an expression, its faults placed where it stands. */
export const placed = <T>({ at }: Written, make: () => T): T => {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    const place = at?.verbatim === true ? { ...at, offset: at.offset + error.offset } : at;
    const { message, unknown } = error;
    throw new FaultError(place, message, { cause: error, ...(unknown !== undefined && { unknown }) });
  }
};

/** A condition on states. @throws FaultError where it is none. */
export const conditionIn = (
  said: Written,
  args: Ranges,
  { state, scope, predicates }: Ground,
): ((state: unknown, args: Args) => boolean) =>
  placed(said, () => conditionOf(said.text, { state, scope, predicates, args })).holds;

/** A condition on steps. @throws FaultError where it is none. */
export const stepConditionIn = (
  said: Written,
  args: Ranges,
  actions: readonly Pick<Action<unknown>, "name">[],
  { state, scope, predicates }: Ground,
): StepCondition["holds"] => {
  const step = { actions: actions.map(({ name }) => name) };
  return placed(said, () => stepConditionOf(said.text, { state, scope, predicates, args, step })).holds;
};

/** A value for a node of the schema; `after` where a step has an effect before it. @throws FaultError where it is none, or may be outside. */
export const valueIn = (
  said: Written,
  args: Ranges,
  { target, after }: { readonly target: Node; readonly after: boolean },
  { state, scope, predicates }: Ground,
): Value => placed(said, () => valueOf(said.text, { state, scope, predicates, args, after }, target));

/** A place in the state. @throws FaultError where it is none. */
export const pathIn = (said: Written, args: Ranges, { state, scope }: Ground): StatePath =>
  placed(said, () => pathOf(said.text, { state, scope, args }));
