import type { Expectation } from "#check";
export const tscDeadlineExpected: readonly Expectation[] = [];
