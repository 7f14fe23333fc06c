import { replay } from "../../check/trace.ts";
import type { Choice, Instantiated } from "../../catalogue/instantiated.ts";
import type { Begun } from "../../catalogue/origin.ts";
import { CheckError } from "../../errors.ts";
import { stepText, stepsOf, type Step } from "../../model/model.ts";
import { problemOf, type Problem } from "../../problem/exploration.ts";
import { buildWith, type Varying } from "./build.ts";
import { agree, callOf, fixedBy } from "../text/call.ts";
import { FaultError, Faults, unknown } from "../text/faults.ts";
import type { Written } from "../text/written.ts";
import { withoutSwitches } from "./world.ts";

/** A step that is taken before the start, and how it was written. */
interface Before {
  readonly said: Written;
  readonly step: Step<unknown>;
}

/** The steps of the unchanged model that lead to the start under a choice. @throws CheckError with all calls that mean none, or several. */
export const stepsBefore = (
  { origin, options, place: { scope }, variation }: Varying,
  choice: Choice,
): readonly Before[] => {
  const { model } = origin.whole(withoutSwitches(choice, options));
  const { actions } = model;
  const steps = stepsOf(model, scope);
  const names = actions.map(({ name }) => name);
  const faults = new Faults();
  const stepOf = (said: Written): Step<unknown> => {
    const call = callOf(said);
    const action = actions.find(({ name }) => name === call.action.text);
    if (action === undefined) throw unknown("action", call.action, names);
    const fixed = fixedBy(call, action, scope);
    const meant = steps.filter((step) => step.action === action && agree(fixed, step.args));
    if (meant.length === 1) return meant[0];
    throw new FaultError(
      said.at,
      `${said.text} is ${meant.length} steps (${meant.slice(0, 3).map(stepText).join(", ")}, ...): name all arguments`,
    );
  };
  const all = (variation.start?.steps ?? []).flatMap((said) => {
    const step = faults.try(said.at, () => stepOf(said));
    return step === undefined ? [] : [{ said, step }];
  });
  faults.pass();
  return all;
};

/** The state after a step. @throws FaultError where it is not enabled. */
const taken = (problem: Problem<unknown>, { said, step }: Before, state: unknown): unknown => {
  try {
    return replay({ ...problem, start: [state] }, { start: 0, steps: [step.id] }).steps[0].after;
  } catch (error) {
    if (!(error instanceof CheckError)) throw error;
    const message = `the start cannot be reached: ${stepText(step)} is not enabled there`;
    throw new FaultError(said.at, message, { cause: error });
  }
};

/** Where the unchanged model comes to under a choice, as states of it. @throws FaultError where it does not. */
export const beginning = (varying: Varying, choice: Choice): Begun<unknown> => {
  const { origin, options, place, variation } = varying;
  const inner = withoutSwitches(choice, options);
  const begun = origin.begin(inner, place);
  if (variation.start === undefined || begun.start.length === 0) return begun;
  const before = stepsBefore(varying, choice);
  const problem = problemOf(origin.whole(inner).model, place.scope, [], begun.start);
  const start = before.reduce<readonly unknown[]>(
    (states, one) => states.map((state) => taken(problem, one, state)),
    begun.start,
  );
  return { ...begun, start };
};

/** What is built for a choice: the changed model, from a start that the unchanged one came to. */
export const stepsTo = (varying: Varying, choice: Choice): Instantiated<unknown> => {
  const { model } = buildWith(varying, choice);
  const { start, ...rest } = beginning(varying, choice);
  return { model, start: start.map(varying.widen), ...rest };
};
