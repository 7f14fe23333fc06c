import type { Expectation } from "#check";
export const timerModesExpected: readonly Expectation[] = [];
