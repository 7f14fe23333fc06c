import type { AnyScenario, Named } from "#check";

/** Every scenario that ships, by name; the first is the default. */
export const scenarios: readonly AnyScenario[] = [];

/** What the designs and guests of the scenarios are. */
export const designs: readonly Named[] = [];
export const guests: readonly Named[] = [];
