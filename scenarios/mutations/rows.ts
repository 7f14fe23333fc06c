import { blockingMutationRows } from "./rows-blocking.ts";
import { ioapicMutationRows } from "./rows-ioapic.ts";
import { legacyMutationRows } from "./rows-legacy.ts";
import { timerMutationRows } from "./rows-timer.ts";
import type { MutationRow } from "./row.ts";

/** Every mutation, in the order of docs/mutations.md. */
export const mutationRows: readonly MutationRow[] = [
  ...timerMutationRows,
  ...blockingMutationRows,
  ...ioapicMutationRows,
  ...legacyMutationRows,
];
