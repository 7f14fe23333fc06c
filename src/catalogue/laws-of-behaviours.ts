import { isLaw, isLiveness, type Property } from "../model/property.ts";

/** What is asked of a search, and laws that it leaves out. */
interface Split {
  readonly properties: readonly Property<unknown>[];
  readonly notAsked: readonly Property<unknown>[];
}

/** Laws that only whole behaviours show. */
const isOfBehaviours = (property: Property<unknown>): boolean => isLaw(property) && isLiveness(property);

/**
 * What is asked of a search that cannot check liveness, where nobody has asked for properties by name. A world has its laws
 * without a word, so that those of behaviours are left out; any other property of behaviours is still refused.
 */
export const withoutLawsOfBehaviours = (properties: readonly Property<unknown>[]): Split => ({
  properties: properties.filter((property) => !isOfBehaviours(property)),
  notAsked: properties.filter(isOfBehaviours),
});
