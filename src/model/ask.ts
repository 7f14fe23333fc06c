import { evaluated, type Calling } from "../derive/evaluated.ts";
import { returnedError, thrownByStep } from "../errors.ts";
import type { Step } from "./model.ts";
import { stepText } from "./model.ts";

/** What a guard, property or fairness condition answers; `what` names it. @throws CheckError unless that is a boolean. */
export const answered = (ask: () => unknown, what: () => string, evaluate: Calling = evaluated): boolean => {
  const said = evaluate(ask);
  if (typeof said === "boolean") return said;
  throw returnedError(what(), said, "true or false");
};

/** Whether the guard of a step lets it be taken in a state. @throws CheckError when it does not say true or false, `endless` when it recurses without end. */
export const guardHolds = <S>(step: Step<S>, state: S): boolean => {
  try {
    return answered(
      () => step.action.guard(state, step.args),
      () => `the guard of ${stepText(step)}`,
    );
  } catch (error) {
    throw thrownByStep(error);
  }
};

/** Lets a step write to a draft. @throws CheckError when its effect returns something, which would be lost, `endless` when it recurses without end. */
export const write = <S>(step: Step<S>, draft: S): void => {
  let returned: unknown;
  try {
    returned = evaluated(() => step.action.effect(draft as never, step.args));
  } catch (error) {
    throw thrownByStep(error);
  }
  if (returned !== undefined)
    throw returnedError(`the effect of ${stepText(step)}`, returned, "nothing, and assign to its draft");
};

/** Whether the guard on the successor, if there is one, lets a step be taken. @throws CheckError when it does not say true or false. */
export const guardAfterHolds = <S>({ action, args }: Step<S>, before: S, after: S): boolean =>
  action.guardAfter === undefined ||
  answered(
    () => action.guardAfter!(before, after, args),
    () => `guardAfter of ${stepText({ action, args })}`,
  );
