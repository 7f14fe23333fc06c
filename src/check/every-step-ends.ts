import { watchApart } from "../derive/evaluated.ts";
import { endlessStepIn } from "../problem/endless-step.ts";
import type { Problem } from "../problem/exploration.ts";
import { propertyOf, type Property } from "../model/property.ts";

/** What is asked of every model without being said. */
export const EVERY_STEP_ENDS = "every-step-ends";

/** The property that no state is reached in which a step can be taken that does not end; the problem is posed where it is asked. */
export const everyStepEnds = (posed: () => Problem<unknown>): Property<unknown> => {
  let problem: Problem<unknown> | undefined;
  return watchApart(
    propertyOf<unknown>().invariant({
      id: EVERY_STEP_ENDS,
      statement: "Every step that can be taken comes to an end.",
      holds: (state) => endlessStepIn((problem ??= posed()), state) === undefined,
    }),
  );
};
