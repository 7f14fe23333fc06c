import { objectNumber } from "../model/object-number.ts";
import type { AnyScenario, Instantiated } from "./scenario.ts";

/**
 * A text that is the same for two choices in a scenario if they give the same actions and starts: then one search
 * answers what is asked of both. Good within one process.
 */
export const modelKey = (
  { name }: Pick<AnyScenario, "name">,
  { model, start, unreachable }: Instantiated<unknown>,
): string => JSON.stringify([name, unreachable, start, model.actions.map(objectNumber)]);
