import type { Step } from "../../model/model.ts";

/** The values that each argument takes, among the steps of an action that one actor may take. */
const valuesOf = (steps: readonly Step<never>[]): ReadonlyMap<string, ReadonlySet<string | number>> => {
  const values = new Map<string, Set<string | number>>();
  for (const { action, actor, args } of steps)
    for (const [name, value] of Object.entries(args)) {
      const key = [action.name, actor, name].join("\n");
      const known = values.get(key);
      if (known === undefined) values.set(key, new Set([value]));
      else known.add(value);
    }
  return values;
};

/**
 * A step as its lane shows it: `guest_hlt HLT0`, `send to=1`. An argument of which the actor has no choice is left out: the
 * lane says it. `steps` are all of the model.
 */
export const labelling = <S>(steps: readonly Step<S>[]): ((step: Step<S>) => string) => {
  const values = valuesOf(steps);
  return ({ action, actor, args }) => {
    const chosen = Object.entries(args).filter(
      ([name]) => (values.get([action.name, actor, name].join("\n"))?.size ?? 2) > 1,
    );
    const words = chosen.map(([name, value]) => (typeof value === "string" ? value : `${name}=${value}`));
    return [action.name, ...words].join(" ");
  };
};
