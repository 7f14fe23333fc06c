import { exploreReference } from "#check";

/** Every explorer, by name: what one answers, all must answer. */
export const engines = [["reference", exploreReference]] as const;
