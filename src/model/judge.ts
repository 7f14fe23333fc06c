import type { Args } from "./action.ts";
import type { Invariant, Property, Sometimes, StepProperty, Taken } from "./property.ts";

/** A bit of what one look at a property gives: its antecedent was true. */
export const SEEN = 1;
/** The other bit: violated, or for `sometimes` witnessed. */
export const HIT = 2;

/** Looks at one state: `SEEN` and `HIT` bits. */
export const judgeState = <S>(property: Invariant<S> | Sometimes<S>, state: S, args: Args): number => {
  if (property.kind === "sometimes") return property.holds(state, args) ? SEEN | HIT : 0;
  if (property.antecedent !== undefined && !property.antecedent(state, args)) return 0;
  return property.holds(state, args) ? SEEN : SEEN | HIT;
};

/** Looks at one transition: `SEEN` and `HIT` bits. */
export const judgeStep = <S>(
  property: StepProperty<S>,
  before: S,
  after: S,
  taken: Taken,
  args: Args,
): number => {
  if (property.antecedent !== undefined && !property.antecedent(before, after, taken, args)) return 0;
  return property.holds(before, after, taken, args) ? SEEN : SEEN | HIT;
};

/** A property with its arguments, for error messages. */
export const propertyText = (property: Property<never>, args: Args): string =>
  Object.keys(args).length === 0 ? property.id : `${property.id} ${JSON.stringify(args)}`;
