/*
 * A second opinion on counterexamples: plain objects, plain assignment, nothing of the engine. It reads a trace as the
 * JSON report has it and takes nothing on trust but the guards, recipes and predicates of the model itself.
 */

import { wrongForEver } from "./for-ever.ts";
import { choices, taken, type ModelLike, type PropertyLike, type TraceLike } from "./rerun.ts";

/** Whether the end of a run decides a property: breaks it, or for a `sometimes` is a witness. */
const decides = (
  { kind, args: ranges, antecedent, holds }: PropertyLike,
  scope: ModelLike["scope"],
  looked: readonly unknown[],
): boolean =>
  choices(ranges, scope).some((args) => {
    const words = [...looked, args] as never[];
    if (kind === "sometimes") return holds!(...words);
    return (antecedent === undefined || antecedent(...words)) && !holds!(...words);
  });

/** What is wrong with a trace that is said to decide a property; nothing where it is right. */
export const wrongWith = (model: ModelLike, property: PropertyLike, trace: TraceLike): string | undefined => {
  const moves = taken(model, trace);
  if (typeof moves === "string") return moves;
  if (property.fairness !== undefined) return wrongForEver(model, property, trace, moves);
  if (trace.loopAt !== null) return "a run that goes on for ever decides no property of safety";
  const last = moves.at(-1);
  if (property.kind !== "step")
    return decides(property, model.scope, [last === undefined ? trace.start : last.after])
      ? undefined
      : "its last state does not decide the property";
  if (last === undefined) return "a run without steps decides no step property";
  return decides(property, model.scope, [last.before, last.after, { action: last.action, args: last.args }])
    ? undefined
    : "its last step does not decide the property";
};
