import { instancesOf, type Problem } from "../../problem/exploration.ts";
import { lookAt, lookBetween } from "../../problem/plain-step.ts";
import type { Args } from "../../model/action.ts";
import { HIT, SEEN } from "../../model/judge.ts";
import type { Step } from "../../model/model.ts";
import type { Property } from "../../model/property.ts";

/** What one state, or the step that led to it, says of a property. */
export interface Mark {
  readonly property: Property<unknown>;
  readonly args: Args;
  /** A violation, a witness of a `sometimes`, or no more than that the antecedent is true. */
  readonly says: "broken" | "reached" | "occurs";
}

/** How a state was come to: by which step, from which state. */
export interface Arrival {
  readonly step: Step<unknown>;
  readonly before: unknown;
}

const hasAntecedent = (property: Property<unknown>): boolean =>
  property.kind === "leadsTo" ||
  ((property.kind === "invariant" || property.kind === "step") && property.antecedent !== undefined);

const saysOf = (property: Property<unknown>, bits: number): Mark["says"] | undefined => {
  if ((bits & HIT) !== 0) return property.kind === "sometimes" ? "reached" : "broken";
  return (bits & SEEN) !== 0 && hasAntecedent(property) ? "occurs" : undefined;
};

/**
 * What a state says of the properties asked, and the step to it where there was one. Of a liveness property it can only be
 * said that its antecedent is true: no state breaks it.
 * @throws CheckError when a property throws; names it.
 */
export const marksOf = (
  problem: Problem<unknown>,
  state: unknown,
  arrival: Arrival | undefined,
): readonly Mark[] =>
  instancesOf(problem).flatMap((instance) => {
    const { property, args } = instance;
    const ofStep = property.kind === "step" && arrival !== undefined;
    const bits = ofStep
      ? lookBetween(instance, arrival.before, state, arrival.step)
      : lookAt(instance, state);
    const says = saysOf(property, bits);
    return says === undefined ? [] : [{ property, args, says }];
  });

/** Whether two marks say the same. */
export const sameMark = (a: Mark, b: Mark): boolean =>
  a.property === b.property && a.says === b.says && JSON.stringify(a.args) === JSON.stringify(b.args);
