import { replay } from "../../check/trace.ts";
import type { Choice, Instantiated } from "../../catalogue/instantiated.ts";
import { CheckError } from "../../errors.ts";
import { stepText, stepsOf, type Model } from "../../model/model.ts";
import { problemOf } from "../../problem/exploration.ts";
import type { Scope } from "../../schema/domain.ts";
import { buildWith, type Varying } from "./build.ts";
import { agree, callOf, fixedBy } from "../text/call.ts";
import { FaultError, unknown } from "../text/faults.ts";
import type { Written } from "../text/written.ts";
import { withoutSwitches } from "./world.ts";

const takenFrom = (
  model: Model<unknown>,
  scope: Scope,
  start: readonly unknown[],
  more: readonly Written[],
): readonly unknown[] => {
  const problem = problemOf(model, scope, [], start);
  const steps = stepsOf(model, scope);
  return more.reduce<readonly unknown[]>((states, said) => {
    const call = callOf(said);
    const action = model.actions.find(({ name }) => name === call.action.text);
    if (action === undefined)
      throw unknown(
        "action",
        call.action,
        model.actions.map(({ name }) => name),
      );
    const fixed = fixedBy(call, action, scope);
    const meant = steps.filter((step) => step.action === action && agree(fixed, step.args));
    if (meant.length !== 1)
      throw new FaultError(
        said.at,
        `${said.text} is ${meant.length} steps (${meant.slice(0, 3).map(stepText).join(", ")}, ...): name all arguments`,
      );
    return states.map((state) => {
      try {
        const { steps: taken } = replay({ ...problem, start: [state] }, { start: 0, steps: [meant[0].id] });
        return taken[0].after;
      } catch (error) {
        if (!(error instanceof CheckError)) throw error;
        throw new FaultError(
          said.at,
          `the start cannot be reached: ${stepText(meant[0])} is not enabled there`,
          error,
        );
      }
    });
  }, start);
};

/** What is built for a choice: the changed model, from a start that the unchanged one came to. */
export const stepsTo = (varying: Varying, choice: Choice): Instantiated<unknown> => {
  const { origin, options, place, variation, widen } = varying;
  const { model } = buildWith(varying, choice);
  const inner = withoutSwitches(choice, options);
  const { start, ...rest } = origin.begin(inner, place);
  const more = variation.start?.steps ?? [];
  if (more.length === 0 || start.length === 0) return { model, start: start.map(widen), ...rest };
  const from = takenFrom(origin.whole(inner).model, place.scope, start, more);
  return { model, start: from.map(widen), ...rest };
};
