import { exploreFast, exploreReference } from "#check";

/** Every explorer, by name: what one answers, all must answer. */
export const engines = [
  ["reference", exploreReference],
  ["fast", exploreFast],
] as const;
