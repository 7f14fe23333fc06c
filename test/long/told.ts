import type { FastExploration } from "../../src/explore/fast/explore.ts";

/** How many runs are compared: one is as long as its state is deep. */
const RUNS = 40;

/** All that a search found and that does not depend on how many threads it had. */
export const told = ({
  state,
  row: _row,
  path,
  tableBytes: _bytes,
  stats: _stats,
  ...found
}: FastExploration<unknown>) => ({
  ...found,
  order: Array.from({ length: found.states }, (_, id) => state(id)),
  paths: Array.from({ length: RUNS }, (_, i) => path(Math.floor((i * found.states) / RUNS))),
});
