import type { Measurement } from "./measure.ts";

/** The middle value; of an even number of values, the upper of the two in the middle. */
export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** Transitions a second, the median of some runs of one engine on one scenario. */
export const rate = (runs: readonly Measurement[]): number =>
  median(runs.map(({ transitions, seconds }) => transitions / seconds));

/** Peak bytes of the process per state, the median of some runs. */
export const memory = (runs: readonly Measurement[]): number =>
  median(runs.map(({ bytesPerState }) => bytesPerState));

const columns = [10, 26, 12, 13, 9, 9, 14, 12, 12] as const;
const line = (cells: readonly string[]): string =>
  cells.map((cell, i) => (i < 2 ? cell.padEnd(columns[i]) : cell.padStart(columns[i]))).join("");
const whole = (value: number): string => Math.round(value).toLocaleString("en");

export const header = line([
  "engine",
  "scenario",
  "states",
  "transitions",
  "seconds",
  "cpu",
  "transitions/s",
  "states/s",
  "bytes/state",
]);

/** One line of medians for some runs of one engine on one scenario. */
export const summary = (runs: readonly Measurement[]): string => {
  const [{ engine, scenario, states, transitions }] = runs;
  const seconds = median(runs.map((run) => run.seconds));
  return line([
    engine,
    scenario,
    whole(states),
    whole(transitions),
    seconds.toFixed(2),
    median(runs.map((run) => run.cpuSeconds)).toFixed(2),
    whole(rate(runs)),
    whole(states / seconds),
    memory(runs).toFixed(1),
  ]);
};
