import type { Expectation } from "#check";
export const hvTimerExpected: readonly Expectation[] = [];
