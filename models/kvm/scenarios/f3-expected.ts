import type { Expectation } from "#check";
export const f3Expected: readonly Expectation[] = [];
