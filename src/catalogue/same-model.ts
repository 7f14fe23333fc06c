import type { AnyScenario, Instantiated } from "./scenario.ts";

const numbers = new WeakMap<object, number>();
let next = 0;

/** Numbers actions by identity: what two designs have in common is the same object. */
const numberOf = (action: object): number => {
  const number = numbers.get(action) ?? next++;
  numbers.set(action, number);
  return number;
};

/**
 * A text that is the same for two choices in a scenario if they give the same actions and starts: then one search
 * answers what is asked of both. Good within one process.
 */
export const modelKey = (
  { name }: Pick<AnyScenario, "name">,
  { model, start, unreachable }: Instantiated<unknown>,
): string => JSON.stringify([name, unreachable, start, model.actions.map(numberOf)]);
