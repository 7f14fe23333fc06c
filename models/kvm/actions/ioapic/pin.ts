import { all, has, type Draft } from "#check";
import type { VendorOps } from "../../ops.ts";
import { apicEnabled } from "../../predicates.ts";
import type { Source } from "../../state-pin.ts";
import type { State } from "../../state.ts";
import { requestScan } from "./scan-request.ts";

type Open = Draft<State>;
type Entry = State["pin"];

/** How the I/O APIC treats an entry of its table; NONE is never delivered. */
export type Trigger = (entry: Pick<Entry, "level">) => "EDGE" | "LEVEL" | "NONE";

/** What an I/O APIC needs to know: the vendor's callbacks, and how level-triggered entries are treated. */
export interface Chip {
  readonly ops: VendorOps;
  readonly trigger: Trigger;
  /** KVM_SET_GSI_ROUTING refuses level-triggered MSIs. */
  readonly refusesLevel: boolean;
}

/** Every entry is as the guest has programmed it. */
export const asProgrammed = (ops: VendorOps): Chip => ({
  ops,
  trigger: ({ level }) => (level ? "LEVEL" : "EDGE"),
  refusesLevel: false,
});

/** Who does it: the thread of a vCPU, or another thread. */
type By = number | undefined;

/** The I/O APIC's lock is free: ioapic->lock, or userspace's own. */
export const pinFree = (s: State): boolean => !s.ioapic.locked && s.pin.pc === "IDLE" && !s.scan.waiting;

/** The vCPU that the pin's destination matches. */
const targetOf = ({ pin, vcpu }: State): number | undefined => {
  for (let v = 0; v < vcpu.length; v++) if (has(pin.dest, v)) return v;
  return undefined;
};

/** Nobody accepted an interrupt, and yet remote_irr is set. */
const unaccepted = (d: Open): void => {
  d.pin.remoteIrr = true;
  d.pin.ghostUnaccepted = true;
};

/**
 * kvm_irq_delivery_to_apic() of the pin's interrupt, to the one vCPU that its destination matches: the map answers 0 for a
 * destination that nobody has, the slow path -1, which is taken for an interrupt that was sent. Userspace's I/O APIC has
 * remote IRR set whatever it is answered.
 */
const deliver = ({ ops }: Chip, d: Open, level: boolean, by: By): number => {
  const { pin } = d;
  const split = d.vm.irqchip === "SPLIT";
  const v = targetOf(d);
  if (v === undefined || !apicEnabled(d.vcpu[v])) {
    const answer = v === undefined && pin.slow ? -1 : 0;
    if (level && (split || answer !== 0)) unaccepted(d);
    return answer;
  }
  if (level) pin.remoteIrr = true;
  d.vcpu[v].tmr.device = level;
  if (v === by) ops.deliver(d, v, "device");
  else {
    if (!split) d.ioapic.locked = true;
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
  const { pin } = d;
  const trigger = chip.trigger(pin);
  if (pin.masked || trigger === "NONE" || (trigger === "LEVEL" && pin.remoteIrr)) return -1;
  if (trigger === "EDGE") pin.irrDelivered = true;
  if (d.vm.irqchip === "SPLIT" && !pin.routed) return -1;
  return deliver(chip, d, trigger === "LEVEL", by);
};

/** kvm_ioapic_set_irq(), ioapic_set_irq(): the OR of the sources, the irr bit, an edge or not. Returns what it answers. */
export const setLine = (chip: Chip, d: Open, source: Source, up: boolean, by: By): number => {
  const { pin } = d;
  pin.sources[source] = up;
  if (!pin.sources.a && !pin.sources.b) {
    pin.irr = false;
    return 1;
  }
  const was = pin.irr;
  pin.irr = true;
  if (chip.trigger(pin) === "EDGE") {
    pin.irrDelivered = false;
    if (was) return 0;
  }
  return service(chip, d, by);
};

/** The third part of kvm_ioapic_update_eoi_one(): remote_irr goes, and a pin that is still up is served again. */
export const clearRemoteIrr = (chip: Chip, d: Open, by: By): void => {
  const { pin } = d;
  pin.remoteIrr = false;
  pin.ghostUnaccepted = false;
  if (!pin.masked && pin.irr) service(chip, d, by);
};

/** The resamplers of the pin's GSI are told: VFIO unmasks the device, which asserts INTx again if it still does. */
export const signalResamplers = (d: Open): void => {
  d.resample.masked = false;
};

/** Whether a resampler is registered on the pin's GSI. */
const resamples = (d: Open): boolean => d.resample.assigned;

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
  const { pin } = d;
  if (chip.trigger(pin) !== "LEVEL" || !pin.irr || pin.masked || pin.remoteIrr) return;
  if (resamples(d)) {
    pin.irr = false;
    signalResamplers(d);
  } else service(chip, d, by);
};

/** KVM_SET_GSI_ROUTING has returned to userspace's I/O APIC, which goes on with the entry that it has changed. */
export const serveRouted = (chip: Chip, d: Open): void => {
  if (!d.scan.thenServe) return;
  d.scan.thenServe = false;
  serveWritten(chip, d, undefined);
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
  const { pin } = d;
  const split = d.vm.irqchip === "SPLIT";
  const before = pin.dest;
  change(pin, write);
  pin.refused = split && chip.refusesLevel && pin.level;
  pin.routed = split && !pin.refused;
  if (!split) serveWritten(chip, d, by);
  if (!pin.refused) requestScan(d, split ? all(d.vcpu.length) : before | pin.dest, by);
  if (d.scan.waiting && split) d.scan.thenServe = true;
  else if (split) serveWritten(chip, d, by);
};
