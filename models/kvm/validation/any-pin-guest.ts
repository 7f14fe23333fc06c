import type { Action } from "#check";
import { writesEntryAtWill } from "../actions/ioapic/entry-writes.ts";
import type { VendorOps } from "../ops.ts";
import type { State } from "../state.ts";
import { anyInterruptGuest } from "./any-interrupt-guest.ts";

/** What a guest may do with a pin of the I/O APIC and its interrupts. */
export const anyPinGuest = (ops: VendorOps): readonly Action<State>[] => [
  ...anyInterruptGuest(ops, "device"),
  writesEntryAtWill(["RTE_EDGE", "RTE_LEVEL", "RTE_EDGE_MASKED", "RTE_MASK", "RTE_UNMASK"]),
];
