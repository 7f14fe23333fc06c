import type { Action } from "#check";
import { handles } from "../../in-service.ts";
import { guestRuns } from "../../predicates.ts";
import { action, cpu, type State } from "../../state.ts";
import { entryOf, leaveFor, named, onePin, type AtPin } from "./pin-place.ts";
import type { EntryWriteName } from "./rte-write.ts";
import { mmioExit } from "../../vm-exits.ts";

/** A guest that writes a pin's entry whenever it likes, also with its interrupt pending or in service. */
export const writesEntryAtWill = (writes: readonly EntryWriteName[], at: AtPin = onePin): Action<State> =>
  action(named(at, "guest_write_entry"), {
    actor: cpu,
    args: { v: "vcpu", write: writes },
    kernel: mmioExit(" of IOREGSEL and IOWIN"),
    source: "irqchip 2.8",
    atomic: "the exit is one event of the CPU",
    guard: (s, { v }) => guestRuns(s.vcpu[v]),
    effect: (d, { v, write }) => leaveFor(at, d, v, write),
  });

/** A handler that looks at no device: the line is its device's own affair. */
export const looksAtNothing = (at: AtPin = onePin): Action<State> =>
  action(named(at, "guest_handles_pin"), {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: "the handler of a device that needs no access",
    source: "irqchip 2.8",
    atomic: "memory of the guest's own",
    guard: (s, { v }) =>
      guestRuns(s.vcpu[v]) && handles(s.vcpu[v], at.pin.vector) && !entryOf(s, at.pin).checked.a,
    effect: (d) => {
      entryOf(d, at.pin).checked.a = true;
    },
  });
