import type { Event } from "#check";
import type { OfVcpu } from "../../citation.ts";
import { apicvAccepts } from "../../prints/delivery.ts";
import type { Vector } from "../../state-vectors.ts";
import type { State } from "../../state.ts";

/** What the caller of a delivery prints once the interrupt is handed over, `before` and `after` the last step of that. */
export interface Printing {
  readonly printsAfter?: (before: State, v: number, after: State) => readonly Event[];
}

type IsLast = (vcpu: State["vcpu"][number]) => boolean;
type Prints = (s: State, args: OfVcpu, after: State) => readonly Event[];

/** A step that may be the last of a delivery to an APIC that is emulated. */
export const handsOver =
  ({ printsAfter }: Printing, isLast: IsLast): Prints =>
  (s, { v }, after) =>
    isLast(s.vcpu[v]) ? (printsAfter?.(s, v, after) ?? []) : [];

/** A step that may be the last of a delivery to APICv, which is printed before its caller goes on. */
export const handsToApicv =
  ({ vector, printsAfter }: Printing & { readonly vector: Vector }, isLast: IsLast): Prints =>
  (s, { v }, after) =>
    isLast(s.vcpu[v])
      ? [apicvAccepts(v, vector, s.vcpu[v].tmr[vector]), ...(printsAfter?.(s, v, after) ?? [])]
      : [];

/** kvm_vcpu_kick() of a vCPU that runs the guest: neither is it woken, nor is it left alone. */
export const kicksGuest: IsLast = ({ waiter, task, mode }) =>
  !(waiter && task !== "RUNNING") && mode === "IN_GUEST";
