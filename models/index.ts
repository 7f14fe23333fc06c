import type { AnyScenario } from "#check";

/** Every scenario that ships, by name; the first is the default. */
export const scenarios: readonly AnyScenario[] = [];
