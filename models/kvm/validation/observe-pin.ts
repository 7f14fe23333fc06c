import type { Event } from "#check";
import { gsis, vectorNumber } from "../prints/numbers.ts";
import { kvmAckIrq, kvmIoapicSetIrq, kvmSetIrq } from "../tracepoints/irqchip.ts";
import { kvmApicAcceptIrq, kvmApicvAcceptIrq, kvmEoi } from "../tracepoints/lapic.ts";
import { kvmEntry, kvmExit, kvmInjVirq } from "../tracepoints/run-loop.ts";
import { observerOf, type Labels } from "./observer.ts";

const accepted = ({ fields }: Event): string | undefined =>
  fields["vec"] === vectorNumber.device ? String(fields["trigger"]) : undefined;

const labels: Labels = {
  [kvmEntry.name]: () => "",
  [kvmExit.name]: () => "",
  [kvmSetIrq.name]: ({ fields }) =>
    fields["gsi"] === gsis.pin ? `level ${String(fields["level"])}` : undefined,
  [kvmIoapicSetIrq.name]: ({ fields }) => {
    if (fields["pin"] !== gsis.pin) return undefined;
    const { trigger, masked, coalesced } = fields;
    return [
      String(trigger),
      ...(masked === true ? ["masked"] : []),
      ...(coalesced === true ? ["coalesced"] : []),
    ].join(" ");
  },
  [kvmAckIrq.name]: ({ fields: { irqchip, pin } }) =>
    irqchip === "IOAPIC" && pin === gsis.pin ? "" : undefined,
  [kvmApicAcceptIrq.name]: accepted,
  [kvmApicvAcceptIrq.name]: accepted,
  [kvmEoi.name]: ({ fields }) => (fields["vector"] === vectorNumber.device ? "" : undefined),
  // One that is injected again was taken back from an entry that did not come about, and never left IRR or ISR again.
  [kvmInjVirq.name]: ({ fields }) =>
    fields["vector"] === vectorNumber.device && fields["reinjected"] !== true ? "" : undefined,
};

/** A pin of the I/O APIC, what is on its line, and what becomes of its interrupts. */
export const pinObserver = observerOf(labels, {
  line: ({ pin: { sources } }) => (sources.a || sources.b ? "up" : "down"),
  entry: ({ pin: { level, masked } }) => `${level ? "level" : "edge"}${masked ? ", masked" : ""}`,
  remote_irr: ({ pin: { remoteIrr } }) => (remoteIrr ? "1" : "0"),
  APICv: ({ vcpu: [{ apicvActive }] }) => (apicvActive ? "active" : "inactive"),
  IRR: ({ vcpu: [{ irr, pir }] }) => (irr.device || pir.device ? "1" : "0"),
  ISR: ({ vcpu: [{ isr }] }) => (isr.device ? "1" : "0"),
});
