import { returnedError } from "../errors.ts";
import type { Step } from "./model.ts";
import { stepText } from "./model.ts";

/** The answer of a guard, property or fairness condition; `what` names it. @throws CheckError unless it is a boolean. */
export const answered = (said: unknown, what: () => string): boolean => {
  if (typeof said === "boolean") return said;
  throw returnedError(what(), said, "true or false");
};

/** Whether the guard of a step lets it be taken in a state. @throws CheckError when it does not say true or false. */
export const guardHolds = <S>(step: Step<S>, state: S): boolean =>
  answered(step.action.guard(state, step.args), () => `the guard of ${stepText(step)}`);

/** Lets a step write to a draft. @throws CheckError when its effect returns something, which would be lost. */
export const write = <S>(step: Step<S>, draft: S): void => {
  const returned: unknown = step.action.effect(draft as never, step.args);
  if (returned !== undefined)
    throw returnedError(`the effect of ${stepText(step)}`, returned, "nothing, and assign to its draft");
};

/** Whether the guard on the successor, if there is one, lets a step be taken. @throws CheckError when it does not say true or false. */
export const guardAfterHolds = <S>({ action, args }: Step<S>, before: S, after: S): boolean =>
  action.guardAfter === undefined ||
  answered(action.guardAfter(before, after, args), () => `guardAfter of ${stepText({ action, args })}`);
