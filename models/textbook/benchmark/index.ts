/** Models that exist to be measured, with numbers known from other tools. */
export { tdxTimerEndless as endless, tdxTimerScenarios as benchmarks } from "./tdx-timer.ts";
export { tdxTimerKnown as knownAnswers } from "./tdx-timer-known.ts";
