import type { AnyScenario, Named } from "#check";
import { oracles } from "./oracle/index.ts";

/** Every scenario that ships, by name; the first is the default. */
export const scenarios: readonly AnyScenario[] = [...oracles];

/** What the designs and guests of the scenarios are. */
export const designs: readonly Named[] = [];
export const guests: readonly Named[] = [];
