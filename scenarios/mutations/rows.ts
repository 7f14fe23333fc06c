// Written by scripts/folder-lists.mjs, before every build and test: each file in scenarios/mutations that has a default export.
// The order is that of these lines, which may be moved; a new file comes last.
import type { MutationRow } from "./row.ts";
import rowsTimer from "./rows-timer.ts";
import rowsBlocking from "./rows-blocking.ts";
import rowsIoapic from "./rows-ioapic.ts";
import rowsLegacy from "./rows-legacy.ts";

/** Every mutation, in the order of docs/mutations.md. */
export const mutationRows: readonly MutationRow[] = [
  rowsTimer,
  rowsBlocking,
  rowsIoapic,
  rowsLegacy,
].flat();
