import type { Action } from "#check";
import { handles, takeInterrupt } from "../../in-service.ts";
import type { VendorOps } from "../../ops.ts";
import { anyVector, guestRuns } from "../../predicates.ts";
import { sources } from "../../state-pin.ts";
import { action, cpu, type State } from "../../state.ts";
import { endInterrupt, eoiWritten } from "./eoi.ts";
import { entryOf, leaveFor, nameAt, named, onePin, pinsOf, type AtPin, type Pin } from "./pin-place.ts";
import type { Vector } from "../../state-vectors.ts";
import { mmioExit } from "../../vm-exits.ts";
import { byGuest } from "../../text.ts";

/** A vector, and the pins whose entries have it: what an interrupt is, to the guest. */
interface OfVector {
  readonly vector: Vector;
  readonly those: readonly Pin[];
  readonly pins: readonly Pin[];
}

/** The vectors of the pins. */
const vectorsOf = ({ pins }: AtPin): readonly OfVector[] =>
  [...new Set(pins.map(({ vector }) => vector))].map((vector) => ({
    vector,
    those: pinsOf(pins, vector),
    pins,
  }));

/** An action's name, for the handler of its vector. */
const handlerOf = ({ vector, pins }: OfVector, name: string): string => nameAt(name, vector, pins[0].vector);

const take = (ops: VendorOps, of: OfVector): Action<State> =>
  action(handlerOf(of, "guest_take_level"), {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: "virtual-interrupt delivery",
    source: byGuest("timer 2.9; irqchip 3.6: to a TD a level interrupt is as an edge one", {
      ordinary: "timer 2.9; irqchip 3.6",
    }),
    atomic: "one event of the CPU; the guest tells the I/O APIC with interrupts disabled",
    guard: (s, { v }) =>
      guestRuns(s.vcpu[v]) &&
      ops.virtualDelivery(s.vcpu[v], of.vector) &&
      s.vcpu[v].irr[of.vector] &&
      !anyVector(s.vcpu[v].isr) &&
      of.those.every((pin) => entryOf(s, pin).acking === "NONE"),
    effect: (d, { v }) => {
      takeInterrupt(d, v, of.vector);
    },
  });

const checkDevice = (at: AtPin): Action<State> =>
  action(named(at, "guest_check_device"), {
    actor: cpu,
    args: { v: "vcpu", source: sources },
    kernel: mmioExit(" of a register of the device"),
    source: "irqchip 3.6",
    atomic: "the exit is one event of the CPU",
    guard: (s, { v, source }) =>
      guestRuns(s.vcpu[v]) &&
      handles(s.vcpu[v], at.pin.vector) &&
      !entryOf(s, at.pin).checked[source] &&
      (source === "a" || entryOf(s, at.pin).shared),
    effect: (d, { v, source }) => leaveFor(at, d, v, source === "a" ? "DEVICE_A" : "DEVICE_B"),
  });

/** The handler is over: every device on the lines was looked at once. */
const handled = ({ vector, those }: OfVector, s: State, v: number): boolean =>
  guestRuns(s.vcpu[v]) &&
  handles(s.vcpu[v], vector) &&
  those.every((pin) => {
    const entry = entryOf(s, pin);
    return entry.checked.a && (entry.checked.b || !entry.shared);
  });

const eoi = (ops: VendorOps, of: OfVector, tellsIoapic: boolean): Action<State> =>
  action(handlerOf(of, "guest_eoi_level"), {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: tellsIoapic
      ? "EOI, accelerated; the guest found TMR clear, so it goes on to the I/O APIC"
      : "EOI: accelerated, or an exit: never for a TD (vt_load_eoi_exitmap() does nothing)",
    ...(tellsIoapic ? {} : { branch: eoiWritten }),
    source: tellsIoapic ? "irqchip 3.7" : "m4, m5, m8; irqchip 3.1, 3.2, 3.3, 3.5 N1",
    atomic: "one event of the CPU",
    guard: (s, { v }) => handled(of, s, v),
    effect: (d, { v }) => {
      const entries = of.those.map((pin) => entryOf(d, pin));
      for (const pin of entries) {
        pin.checked.a = false;
        pin.checked.b = false;
        pin.ghostServed = Math.min(2, pin.ghostServed + 1);
      }
      endInterrupt(ops, d, v, of.vector);
      if (tellsIoapic) for (const pin of entries) pin.acking = "EDGE";
    },
  });

/** A guest that ends interrupts with the EOI of its LAPIC. */
export const eoiLevel = (ops: VendorOps, at: AtPin = onePin): readonly Action<State>[] =>
  vectorsOf(at).map((of) => eoi(ops, of, false));

/** A guest that finds TMR clear for level-triggered vectors, and so tells the I/O APIC itself. */
export const eoiLevelExplicit = (ops: VendorOps, at: AtPin = onePin): readonly Action<State>[] =>
  vectorsOf(at).map((of) => eoi(ops, of, true));

/** How it tells the I/O APIC: the entry made edge and level again, or, where there is one, the EOI register. */
const tellIoapic = (at: AtPin): readonly Action<State>[] => [
  action(named(at, "guest_write_edge"), {
    actor: cpu,
    args: { v: "vcpu" },
    kernel:
      "TDVMCALL<MMIO> of the I/O APIC: the entry is masked and made edge (split: the EOI register is written)",
    source: "irqchip 3.7: the kernel's I/O APIC is of version 0x11, userspace's of 0x20",
    atomic: "the exit is one event of the CPU",
    guard: (s, { v }) => guestRuns(s.vcpu[v]) && entryOf(s, at.pin).acking === "EDGE",
    effect: (d, { v }) => {
      const split = d.vm.irqchip === "SPLIT";
      entryOf(d, at.pin).acking = split ? "NONE" : "LEVEL";
      leaveFor(at, d, v, split ? "IOAPIC_EOI" : "RTE_EDGE_MASKED");
    },
  }),
  action(named(at, "guest_write_level"), {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: "TDVMCALL<MMIO> of the I/O APIC: the entry is made level again, and not masked",
    source: "irqchip 3.7",
    atomic: "the exit is one event of the CPU",
    guard: (s, { v }) => guestRuns(s.vcpu[v]) && entryOf(s, at.pin).acking === "LEVEL",
    effect: (d, { v }) => {
      entryOf(d, at.pin).acking = "NONE";
      leaveFor(at, d, v, "RTE_LEVEL");
    },
  }),
];

/** The guest's handlers of the pins' interrupts: it ends them with the EOI of its LAPIC. */
export const pinGuest = (ops: VendorOps, at: AtPin = onePin): readonly Action<State>[] => {
  const vectors = vectorsOf(at);
  const pins = at.pins.map((pin) => ({ ...at, pin }));
  return [
    ...vectors.map((of) => take(ops, of)),
    ...pins.map(checkDevice),
    ...eoiLevel(ops, at),
    ...pins.flatMap(tellIoapic),
  ];
};
