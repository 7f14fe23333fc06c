import { callingOf } from "../derive/evaluated.ts";
import type { Args, TakenAction } from "./action.ts";
import { answered } from "./ask.ts";
import { isLiveness, type Property, type StepProperty } from "./property.ts";

/** A bit of what one look at a property gives: its antecedent was true. */
export const SEEN = 1;
/** The other bit: violated, or for `sometimes` witnessed. */
export const HIT = 2;

/** Looks at one state: `SEEN` and `HIT` bits. Of a liveness property it shows no more than that there is something to ask. */
export const judgeState = <S>(
  property: Exclude<Property<S>, StepProperty<S>>,
  state: S,
  args: Args,
): number => {
  const yes = (part: string, ask: () => boolean): boolean =>
    answered(ask, () => partText(property, args, part), callingOf(property));
  if (isLiveness(property))
    return property.kind === "leadsTo" && !yes("from", () => property.from(state, args)) ? 0 : SEEN;
  if (property.kind === "sometimes") return yes("holds", () => property.holds(state, args)) ? SEEN | HIT : 0;
  if (property.antecedent !== undefined && !yes("antecedent", () => property.antecedent!(state, args)))
    return 0;
  return yes("holds", () => property.holds(state, args)) ? SEEN : SEEN | HIT;
};

/** Looks at one transition: `SEEN` and `HIT` bits. */
export const judgeStep = <S>(
  property: StepProperty<S>,
  before: S,
  after: S,
  taken: TakenAction,
  args: Args,
): number => {
  const yes = (part: string, ask: () => boolean): boolean =>
    answered(ask, () => partText(property, args, part));
  Object.freeze(taken);
  if (
    property.antecedent !== undefined &&
    !yes("antecedent", () => property.antecedent!(before, after, taken, args))
  )
    return 0;
  return yes("holds", () => property.holds(before, after, taken, args)) ? SEEN : SEEN | HIT;
};

/** A property with its arguments, for error messages. */
export const propertyText = (property: Property<never>, args: Args): string =>
  Object.keys(args).length === 0 ? property.id : `${property.id} ${JSON.stringify(args)}`;

/** A function of a property, for error messages: `holds of p {"v":0}`. */
export const partText = (property: Property<never>, args: Args, part: string): string =>
  `${part} of the property ${propertyText(property, args)}`;
