import type { Event } from "#check";
import type { VendorOps } from "../ops.ts";
import { inhibitReasons, type InhibitReason } from "../state-apicv.ts";
import type { State } from "../state.ts";
import { kvmApicvInhibitChanged } from "../tracepoints/lapic.ts";
import { inhibitBits } from "./numbers.ts";

/** The mask with a reason set or cleared: its bits, and the names of those that are set, in the order of the bits. */
const maskWith = (s: State, reason: InhibitReason, set: boolean): { inhibits: bigint; names: string } => {
  const reasons = inhibitReasons
    .filter((one) => (one === reason ? set : s.vm.inhibit[one]))
    .toSorted((a, b) => inhibitBits[a] - inhibitBits[b]);
  return {
    inhibits: reasons.reduce((mask, one) => mask | (1n << BigInt(inhibitBits[one])), 0n),
    names: reasons.join("|"),
  };
};

/** set_or_clear_apicv_inhibit(), whether a bit changes or not. */
export const inhibitChanged = (before: State, reason: InhibitReason, set: boolean): Event =>
  kvmApicvInhibitChanged.event({ set, reason: inhibitBits[reason], ...maskWith(before, reason, set) });

/**
 * kvm_set_or_clear_apicv_inhibit() of any reason: nothing where the module has no APICv, or the vendor does not require it.
 * The new mask is printed before any vCPU is requested, and before it is stored.
 */
export const changesInhibit = (
  { requiredInhibits }: VendorOps,
  before: State,
  reason: InhibitReason,
  set: boolean,
): readonly Event[] =>
  before.host.enableApicv && requiredInhibits.includes(reason) ? [inhibitChanged(before, reason, set)] : [];
