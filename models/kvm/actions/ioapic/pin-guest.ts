import type { Action, Draft } from "#check";
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

/** How a guest that has turned EOI broadcasts off ends an interrupt, and what there is to end it at. */
export interface DirectedGuest {
  /** The EOI of its LAPIC comes before its handler looks at a device. */
  readonly eoiFirst: boolean;
  /** It writes the EOI register whatever version the I/O APIC is of. */
  readonly anyVersion: boolean;
  /** Userspace's I/O APIC has an EOI register; the kernel's has none. */
  readonly userspaceHasRegister: boolean;
}

/** Linux: the LAPIC's EOI after the handler, then the I/O APIC's by its version, which of userspace's is 0x20. */
export const linuxGuest: DirectedGuest = { eoiFirst: false, anyVersion: false, userspaceHasRegister: true };

/** The guest has ended the interrupt in its LAPIC, and its handler goes on to its devices. */
const handlesLate = (s: State, v: number, pin: Pin): boolean =>
  s.vcpu[v].directedEoi && entryOf(s, pin).acking === "HANDLER";

const checkDevice = (at: AtPin): Action<State> =>
  action(named(at, "guest_check_device"), {
    actor: cpu,
    args: { v: "vcpu", source: sources },
    kernel: mmioExit(" of a register of the device"),
    source: "irqchip 3.6",
    atomic: "the exit is one event of the CPU",
    guard: (s, { v, source }) =>
      guestRuns(s.vcpu[v]) &&
      (handles(s.vcpu[v], at.pin.vector) || handlesLate(s, v, at.pin)) &&
      !entryOf(s, at.pin).checked[source] &&
      (source === "a" || entryOf(s, at.pin).shared),
    effect: (d, { v, source }) => leaveFor(at, d, v, source === "a" ? "DEVICE_A" : "DEVICE_B"),
  });

/** Every device on the line was looked at once. */
const checkedAll = (s: State, pin: Pin): boolean => {
  const { checked, shared } = entryOf(s, pin);
  return checked.a && (checked.b || !shared);
};

/** The handler is over, or its EOI comes first. */
const ends = ({ vector, those }: OfVector, s: State, v: number, eoiFirst: boolean): boolean =>
  guestRuns(s.vcpu[v]) &&
  handles(s.vcpu[v], vector) &&
  ((eoiFirst && s.vcpu[v].directedEoi) || those.every((pin) => checkedAll(s, pin)));

/** The devices that were looked at count for this interrupt, and no longer. */
const served = (pin: Draft<State>["pin"]): void => {
  pin.checked.a = false;
  pin.checked.b = false;
  pin.ghostServed = Math.min(2, pin.ghostServed + 1);
};

const eoi = (ops: VendorOps, of: OfVector, tellsIoapic: boolean, eoiFirst = false): Action<State> =>
  action(handlerOf(of, "guest_eoi_level"), {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: tellsIoapic
      ? "EOI, accelerated; the guest found TMR clear, so it goes on to the I/O APIC"
      : "EOI: accelerated, or an exit: never for a TD (vt_load_eoi_exitmap() does nothing)",
    ...(tellsIoapic ? {} : { branch: eoiWritten }),
    source: tellsIoapic ? "irqchip 3.7" : "m4, m5, m8; irqchip 3.1, 3.2, 3.3, 3.5 N1",
    atomic: "one event of the CPU",
    guard: (s, { v }) => ends(of, s, v, eoiFirst),
    effect: (d, { v }) => {
      const entries = of.those.map((pin) => entryOf(d, pin));
      const directed = d.vcpu[v].directedEoi;
      if (!(eoiFirst && directed)) for (const pin of entries) served(pin);
      endInterrupt(ops, d, v, of.vector);
      if (tellsIoapic || directed) for (const pin of entries) pin.acking = eoiFirst ? "HANDLER" : "EDGE";
    },
  });

/** A guest that ends interrupts with the EOI of its LAPIC. */
export const eoiLevel = (
  ops: VendorOps,
  at: AtPin = onePin,
  { eoiFirst } = linuxGuest,
): readonly Action<State>[] => vectorsOf(at).map((of) => eoi(ops, of, false, eoiFirst));

/** A guest that finds TMR clear for level-triggered vectors, and so tells the I/O APIC itself. */
export const eoiLevelExplicit = (ops: VendorOps, at: AtPin = onePin): readonly Action<State>[] =>
  vectorsOf(at).map((of) => eoi(ops, of, true));

/** How it tells the I/O APIC: the entry made edge and level again, or, where there is one, the EOI register. */
export const tellIoapic = (
  at: AtPin,
  { eoiFirst, anyVersion, userspaceHasRegister } = linuxGuest,
): readonly Action<State>[] => {
  const writesRegister = ({ vm }: Pick<State, "vm">): boolean =>
    anyVersion || (vm.irqchip === "SPLIT" && userspaceHasRegister);
  return [
    action(named(at, "guest_write_edge"), {
      actor: cpu,
      args: { v: "vcpu" },
      kernel: mmioExit(
        " of the I/O APIC: the entry is masked and made edge, or the EOI register is written, where there is one",
      ),
      branch: (s) =>
        mmioExit(
          writesRegister(s) ? " of the I/O APIC's EOI register" : ": the entry is masked and made edge",
        ),
      source: "irqchip 3.7, 3.9: the kernel's I/O APIC is of version 0x11, userspace's of 0x20",
      atomic: "the exit is one event of the CPU",
      guard: (s, { v }) => {
        const { acking } = entryOf(s, at.pin);
        return guestRuns(s.vcpu[v]) && (acking === "EDGE" || (acking === "HANDLER" && checkedAll(s, at.pin)));
      },
      effect: (d, { v }) => {
        const pin = entryOf(d, at.pin);
        const register = writesRegister(d);
        if (eoiFirst && pin.acking === "HANDLER") served(pin);
        pin.acking = register ? "NONE" : "LEVEL";
        leaveFor(at, d, v, register ? "EOI_REGISTER" : "RTE_EDGE_MASKED");
      },
    }),
    action(named(at, "guest_write_level"), {
      actor: cpu,
      args: { v: "vcpu" },
      kernel: mmioExit(" of the I/O APIC: the entry is made level again, and not masked"),
      source: "irqchip 3.7",
      atomic: "the exit is one event of the CPU",
      guard: (s, { v }) => guestRuns(s.vcpu[v]) && entryOf(s, at.pin).acking === "LEVEL",
      effect: (d, { v }) => {
        entryOf(d, at.pin).acking = "NONE";
        leaveFor(at, d, v, "RTE_LEVEL");
      },
    }),
  ];
};

/** How a guest that has turned EOI broadcasts off does it otherwise than Linux. */
export const directedGuest = (ops: VendorOps, at: AtPin, how: DirectedGuest): readonly Action<State>[] => [
  ...eoiLevel(ops, at, how),
  ...tellIoapic(at, how),
];

/** The guest's handlers of the pins' interrupts: it ends them with the EOI of its LAPIC. */
export const pinGuest = (ops: VendorOps, at: AtPin = onePin): readonly Action<State>[] => {
  const vectors = vectorsOf(at);
  const pins = at.pins.map((pin) => ({ ...at, pin }));
  return [
    ...vectors.map((of) => take(ops, of)),
    ...pins.map(checkDevice),
    ...eoiLevel(ops, at),
    ...pins.flatMap((one) => tellIoapic(one)),
  ];
};
