import { returnedError, thrownByStep } from "../errors.ts";
import type { Step } from "./model.ts";
import { stepText } from "./model.ts";

/** The answer of a guard, property or fairness condition; `what` names it. @throws CheckError unless it is a boolean. */
export const answered = (said: unknown, what: () => string): boolean => {
  if (typeof said === "boolean") return said;
  throw returnedError(what(), said, "true or false");
};

/** Whether the guard of a step lets it be taken in a state. @throws CheckError when it does not say true or false, `endless` when it recurses without end. */
export const guardHolds = <S>(step: Step<S>, state: S): boolean => {
  let said: unknown;
  try {
    said = step.action.guard(state, step.args);
  } catch (error) {
    throw thrownByStep(error);
  }
  return answered(said, () => `the guard of ${stepText(step)}`);
};

/** Lets a step write to a draft. @throws CheckError when its effect returns something, which would be lost, `endless` when it recurses without end. */
export const write = <S>(step: Step<S>, draft: S): void => {
  let returned: unknown;
  try {
    returned = step.action.effect(draft as never, step.args);
  } catch (error) {
    throw thrownByStep(error);
  }
  if (returned !== undefined)
    throw returnedError(`the effect of ${stepText(step)}`, returned, "nothing, and assign to its draft");
};

/** Whether the guard on the successor, if there is one, lets a step be taken. @throws CheckError when it does not say true or false. */
export const guardAfterHolds = <S>({ action, args }: Step<S>, before: S, after: S): boolean =>
  action.guardAfter === undefined ||
  answered(action.guardAfter(before, after, args), () => `guardAfter of ${stepText({ action, args })}`);
