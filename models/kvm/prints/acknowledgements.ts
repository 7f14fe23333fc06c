import type { Event } from "#check";
import type { OfVcpu } from "../citation.ts";
import type { Vector } from "../state-vectors.ts";
import type { State } from "../state.ts";
import { kvmAckIrq } from "../tracepoints/irqchip.ts";
import { kvmEoi } from "../tracepoints/lapic.ts";
import { gsis, vectorNumber } from "./numbers.ts";

/** kvm_notify_acked_irq() of a pin that a device is on, by its place among those of the world. */
export const acknowledgesPin = (place: number): Event =>
  kvmAckIrq.event({ irqchip: "IOAPIC", pin: gsis.pin + place });

/** kvm_notify_acked_irq() of the RTC's pin, or of the PIT's. */
export const acknowledges = (gsi: "rtc" | "pit"): Event =>
  kvmAckIrq.event({ irqchip: "IOAPIC", pin: gsi === "pit" ? 2 : gsis[gsi] });

/** kvm_notify_acked_irq() of a pin of the first PIC. */
export const acknowledgesPic = (pin: number): Event => kvmAckIrq.event({ irqchip: "PIC master", pin });

/** An EOI of which KVM learns, by a write that it handles or by an EOI-induced exit. */
export const endsInterrupt = (v: number, vector: Vector): Event =>
  kvmEoi.event({ apicid: v, vector: vectorNumber[vector] });

/** kvm_ioapic_update_eoi() of pins that nobody is told of step by step: their acknowledgement is all that is printed. */
export const acknowledgedAtOnce = ({ vcpu }: State, { v }: OfVcpu, after: State): readonly Event[] => {
  const { eoi } = vcpu[v];
  return (eoi === "rtc" || eoi === "pit") && after.vcpu[v].pc !== "PIT_ACK" ? [acknowledges(eoi)] : [];
};
