import { has, type Event } from "#check";
import type { State } from "../state.ts";
import type { Vector } from "../state-vectors.ts";
import { kvmIoapicSetIrq, kvmMsiSetIrq, kvmPicSetIrq, kvmSetIrq } from "../tracepoints/irqchip.ts";
import { gsis, sourceIds, vectorNumber } from "./numbers.ts";

/** The top of kvm_set_irq(), before any lock is taken. */
export const setsIrq = (
  gsi: keyof typeof gsis,
  level: boolean,
  source: number = sourceIds.userspace,
): Event => kvmSetIrq.event({ gsi: gsis[gsi], level: level ? 1 : 0, source });

/** A pin of the I/O APIC: its place among those of the world, and the vector in its entry. */
interface PinPlace {
  readonly place: number;
  readonly vector: Vector;
}

type Entry = State["pin"];

/** The top of kvm_set_irq() of a pin's GSI, by userspace or by an irqfd with a resampler. */
export const setsPin = ({ place }: PinPlace, level: boolean, resampler: boolean): Event =>
  kvmSetIrq.event({
    gsi: gsis.pin + place,
    level: level ? 1 : 0,
    source: resampler ? sourceIds.resampler : sourceIds.userspace,
  });

/** What the entry says of where its interrupt goes: a physical id, where the map is to tell; 0xfe is nobody's. */
const routeOf = ({ dest, slow, level }: Entry, { vcpu }: State, vector: Vector) => {
  const v = vcpu.findIndex((_, i) => has(dest, i));
  return {
    dst: v < 0 ? 0xfe : v,
    vec: vectorNumber[vector],
    mode: "Fixed",
    destination: v < 0 && slow ? "logical" : "physical",
    trigger: level ? "level" : "edge",
  } as const;
};

/** The end of ioapic_set_irq() of a pin, the entry's bits as they were at its start. */
export const ioapicSetsPin = (
  entry: Entry,
  s: State,
  { place, vector }: PinPlace,
  coalesced: boolean,
): Event =>
  kvmIoapicSetIrq.event({
    pin: gsis.pin + place,
    ...routeOf(entry, s, vector),
    masked: entry.masked,
    coalesced,
  });

/** kvm_set_irq() of the GSI that userspace's I/O APIC has routed to a message for a pin, up to the delivery. */
export const routedPin = (entry: Entry, s: State, { place, vector }: PinPlace): readonly Event[] => [
  kvmSetIrq.event({ gsi: gsis.pin + place, level: 1, source: sourceIds.userspace }),
  kvmMsiSetIrq.event({ ...routeOf(entry, s, vector), redirectionHint: false }),
];

/** kvm_pic_set_irq() of a pin of the two PICs, 0 to 15; all of them are edge-triggered. */
export const picSetsIrq = (pin: number, masked: boolean, coalesced = false): Event =>
  kvmPicSetIrq.event({ chip: pin >> 3, pin: pin & 7, trigger: "edge", masked, coalesced });

/** The end of ioapic_set_irq() of a pin whose entry the guest has set up for all its vCPUs, edge-triggered. */
export const ioapicSetsEdge = (
  { vcpu }: State,
  gsi: "rtc" | "pit",
  { mode = "Fixed", masked = false, coalesced = false }: Partial<IoapicAnswer>,
): Event =>
  kvmIoapicSetIrq.event({
    // The default routing, but that userspace sends GSI 0 to pin 2.
    pin: gsi === "pit" ? 2 : gsis[gsi],
    dst: vcpu.length > 1 && gsi === "rtc" ? 2 ** vcpu.length - 1 : 0,
    vec: vectorNumber[gsi],
    mode,
    destination: vcpu.length > 1 && gsi === "rtc" ? "logical" : "physical",
    trigger: "edge",
    masked,
    coalesced,
  });

/** What is printed of a pin's entry, and of the answer of ioapic_set_irq(). */
interface IoapicAnswer {
  readonly mode: "Fixed" | "NMI";
  readonly masked: boolean;
  readonly coalesced: boolean;
}
