import { all, has, type Draft } from "#check";
import type { VendorOps } from "../../ops.ts";
import { apicEnabled } from "../../predicates.ts";
import type { Source } from "../../state-pin.ts";
import type { State } from "../../state.ts";
import { entryOf, onePin, serveAfterScan, toServe, type AtPin } from "./pin-place.ts";
import { requestScan } from "./scan-request.ts";

type Open = Draft<State>;
type Entry = State["pin"];

/** How the I/O APIC treats an entry of its table; NONE is never delivered. */
export type Trigger = (entry: Pick<Entry, "level">) => "EDGE" | "LEVEL" | "NONE";

/** How an I/O APIC treats level-triggered entries. */
export interface LevelRules {
  readonly trigger: Trigger;
  /** KVM_SET_GSI_ROUTING refuses level-triggered MSIs. */
  readonly refusesLevel: boolean;
}

/**
 * What userspace's I/O APIC does with an EOI: it clears remote IRR and serves a line that is still up, as the kernel's does
 * and QEMU's; it clears remote IRR and looks at nothing else; or the first, but for writes of an EOI register, which it
 * has not got.
 */
export type UserspaceIoapic = "serves-again" | "looks-at-nothing" | "no-eoi-register";

/** What an I/O APIC needs to know: its pins, the vendor's callbacks, and how level-triggered entries are treated. */
export interface Chip extends AtPin, LevelRules {
  readonly ops: VendorOps;
  /** Userspace's, with a split irqchip; it serves again where left out. */
  readonly userspace?: UserspaceIoapic;
}

/** Every entry is as the guest has programmed it. */
export const levelAsIs: LevelRules = {
  trigger: ({ level }) => (level ? "LEVEL" : "EDGE"),
  refusesLevel: false,
};

/** The same of the one pin that every world has. */
export const asProgrammed = (ops: VendorOps): Chip => ({ ...onePin, ...levelAsIs, ops });

/** Who does it: the thread of a vCPU, or another thread. */
type By = number | undefined;

/** The I/O APIC's lock is free: ioapic->lock, or userspace's own. */
export const pinFree = (s: State): boolean => !s.ioapic.locked && s.pin.pc === "IDLE" && !s.scan.waiting;

/** The vCPU that a destination matches. */
const targetOf = (dest: number, { vcpu }: State): number | undefined => {
  for (let v = 0; v < vcpu.length; v++) if (has(dest, v)) return v;
  return undefined;
};

/** Nobody accepted an interrupt, and yet remote_irr is set. */
const unaccepted = (pin: Open["pin"]): void => {
  pin.remoteIrr = true;
  pin.ghostUnaccepted = true;
};

/**
 * kvm_irq_delivery_to_apic() of the pin's interrupt, to the one vCPU that its destination matches: the map answers 0 for a
 * destination that nobody has, the slow path -1, which is taken for an interrupt that was sent. Userspace's I/O APIC has
 * remote IRR set whatever it is answered.
 */
const deliver = (chip: Chip, d: Open, level: boolean, by: By): number => {
  const { ops, pins } = chip;
  const { vector } = chip.pin;
  const pin = entryOf(d, chip.pin);
  const split = d.vm.irqchip === "SPLIT";
  const v = targetOf(pin.dest, d);
  if (v === undefined || !apicEnabled(d.vcpu[v])) {
    const answer = v === undefined && pin.slow ? -1 : 0;
    if (level && (split || answer !== 0)) unaccepted(pin);
    return answer;
  }
  if (level) pin.remoteIrr = true;
  d.vcpu[v].tmr[vector] = level;
  if (v === by) ops.deliver(d, v, vector);
  else {
    // With one pin, that its interrupt is being delivered says that userspace's own lock is held.
    if (!split || pins.length > 1) d.ioapic.locked = true;
    pin.target = v;
    pin.pc = ops.deliverFrom;
  }
  return 1;
};

/**
 * ioapic_service(): delivers a pin that is not masked and, if level-triggered, owes no EOI. To a vCPU other than that of
 * the thread it goes step by step, the lock held. Returns what it answers.
 */
const service = (chip: Chip, d: Open, by: By): number => {
  const pin = entryOf(d, chip.pin);
  const trigger = chip.trigger(pin);
  if (pin.masked || trigger === "NONE" || (trigger === "LEVEL" && pin.remoteIrr)) return -1;
  if (trigger === "EDGE") pin.irrDelivered = true;
  if (d.vm.irqchip === "SPLIT" && !pin.routed) return -1;
  return deliver(chip, d, trigger === "LEVEL", by);
};

/** ioapic_set_irq() of a line that is up: the irr bit, an edge or not. Returns what it answers. */
export const serveLine = (chip: Chip, d: Open, by: By): number => {
  const pin = entryOf(d, chip.pin);
  const was = pin.irr;
  pin.irr = true;
  if (chip.trigger(pin) === "EDGE") {
    pin.irrDelivered = false;
    if (was) return 0;
  }
  return service(chip, d, by);
};

/** kvm_ioapic_set_irq(), ioapic_set_irq(): the OR of the sources. Returns what it answers. */
export const setLine = (chip: Chip, d: Open, source: Source, up: boolean, by: By): number => {
  const pin = entryOf(d, chip.pin);
  pin.sources[source] = up;
  if (!pin.sources.a && !pin.sources.b) {
    pin.irr = false;
    return 1;
  }
  return serveLine(chip, d, by);
};

/**
 * The third part of kvm_ioapic_update_eoi_one(): remote_irr goes, and a pin that is still up is served again, unless nobody
 * looks at it.
 */
export const clearRemoteIrr = (chip: Chip, d: Open, by: By, looks = true): void => {
  const pin = entryOf(d, chip.pin);
  pin.remoteIrr = false;
  pin.ghostUnaccepted = false;
  if (looks && !pin.masked && pin.irr) service(chip, d, by);
};

/** The resamplers of the pin's GSI are told: VFIO unmasks the device, which asserts INTx again if it still does. */
export const signalResamplers = (d: Open): void => {
  d.resample.masked = false;
};

/** Whether a resampler is registered on the pin's GSI: an irqfd has the first pin's. */
export const resamples = ({ resample }: Pick<State, "resample">, { pin, pins }: AtPin): boolean =>
  pin === pins[0] && resample.assigned;

/** What a write of an entry changes. */
export interface EntryWrite {
  readonly level?: boolean;
  readonly masked?: boolean;
  /** The vCPUs that match; `slow` where the apic map cannot tell. */
  readonly dest?: number;
  readonly slow?: boolean;
}

/** A level-triggered entry that was written is served if its line is up, unless a resampler can be asked. */
const serveWritten = (chip: Chip, d: Open, by: By): void => {
  const pin = entryOf(d, chip.pin);
  if (chip.trigger(pin) !== "LEVEL" || !pin.irr || pin.masked || pin.remoteIrr) return;
  if (resamples(d, chip)) {
    pin.irr = false;
    signalResamplers(d);
  } else service(chip, d, by);
};

/** KVM_SET_GSI_ROUTING has returned to userspace's I/O APIC, which goes on with the entry that it has changed. */
export const serveRouted = (chip: Chip, d: Open): void => {
  if (!d.scan.thenServe) return;
  d.scan.thenServe = false;
  for (const pin of toServe(d, chip.pins)) serveWritten({ ...chip, pin }, d, undefined);
};

/** The entry's fields as they are written; an edge-triggered one has no remote_irr. */
const change = (pin: Open["pin"], { level, masked, dest, slow = false }: EntryWrite): void => {
  if (level !== undefined) pin.level = level;
  if (masked !== undefined) pin.masked = masked;
  if (dest !== undefined) {
    pin.dest = dest;
    pin.slow = slow;
  }
  if (pin.level) return;
  pin.remoteIrr = false;
  pin.ghostUnaccepted = false;
};

/**
 * ioapic_write_indirect(): an edge-triggered entry has no remote_irr, a level-triggered one that is up is served; then who
 * may have been, or may be, its destination scans. Userspace's I/O APIC changes the route first, so that all have scanned
 * before the pin is served.
 */
export const writeEntry = (chip: Chip, d: Open, write: EntryWrite, by: By): void => {
  const pin = entryOf(d, chip.pin);
  const split = d.vm.irqchip === "SPLIT";
  const before = pin.dest;
  change(pin, write);
  pin.refused = split && chip.refusesLevel && pin.level;
  pin.routed = split && !pin.refused;
  if (!split) serveWritten(chip, d, by);
  if (!pin.refused) requestScan(d, split ? all(d.vcpu.length) : before | pin.dest, by);
  if (d.scan.waiting && split) {
    d.scan.thenServe = true;
    serveAfterScan(d, chip);
  } else if (split) serveWritten(chip, d, by);
};
