import { choices, type Args } from "../model/action.ts";
import { HIT, judgeState, judgeStep } from "../model/judge.ts";
import type { Step } from "../model/model.ts";
import { isLiveness, type Property } from "../model/property.ts";
import type { Problem } from "../problem/exploration.ts";
import type { Scope } from "../schema/domain.ts";

/** The arguments for which a state by itself decides a property; no state by itself decides one of steps or of whole runs. */
export const decidedIn = <S>(scope: Scope, property: Property<S>, state: S): Args | undefined =>
  property.kind === "step"
    ? undefined
    : choices(property.args, scope).find((args) => (judgeState(property, state, args) & HIT) !== 0);

/** A step with the states that it leads from and to. */
interface Taken<S> {
  readonly step: Step<S>;
  readonly before: S;
  readonly after: S;
}

/** The arguments for which a step decides a property of safety or a `sometimes`: by itself, or by the state that it leads to. */
export const decidedBy = <S>(
  scope: Scope,
  property: Property<S>,
  { step: { action, args: given }, before, after }: Taken<S>,
): Args | undefined =>
  property.kind === "step"
    ? choices(property.args, scope).find(
        (args) =>
          (judgeStep(property, before, after, { action: action.name, args: given }, args) & HIT) !== 0,
      )
    : decidedIn(scope, property, after);

/** The properties of a problem that a step decides, by their places; those of whole runs are decided by none. */
export const decidedAmong = <S>({ properties, scope }: Problem<S>, taken: Taken<S>): readonly number[] =>
  properties.flatMap((property, place) =>
    isLiveness(property) || decidedBy(scope, property, taken) === undefined ? [] : [place],
  );
