import type { Event } from "#check";
import type { Destination } from "../state-delivery.ts";
import type { Vector } from "../state-vectors.ts";
import { kvmMsiSetIrq } from "../tracepoints/irqchip.ts";
import { kvmApicIpi } from "../tracepoints/lapic.ts";
import { destinationNumber, vectorNumber } from "./numbers.ts";

/** What a message says of where it goes, and its trigger mode. */
type Message = readonly [dest: Destination, trig: "EDGE" | "LEVEL"];

/** kvm_set_msi_irq(): a message is looked at, to be delivered. */
export const sends = (vector: Vector, [dest, trig]: Message): Event => {
  const [dst, logical] = destinationNumber(dest);
  return kvmMsiSetIrq.event({
    dst,
    vec: vectorNumber[vector],
    mode: "Fixed",
    destination: logical ? "logical" : "physical",
    trigger: trig === "LEVEL" ? "level" : "edge",
    redirectionHint: false,
  });
};

const shorthands: Partial<Readonly<Record<Destination, "self" | "all" | "all-but-self">>> = {
  SELF: "self",
  ALL: "all",
  OTHERS: "all-but-self",
};

/** kvm_apic_send_ipi(), before the delivery; for a shorthand the destination means nothing. */
export const sendsIpi = (dest: Destination): Event => {
  const [dst, logical] = destinationNumber(dest);
  return kvmApicIpi.event({
    dst: shorthands[dest] === undefined ? dst : 0,
    vec: vectorNumber.ipi,
    mode: "Fixed",
    destination: logical ? "logical" : "physical",
    level: "assert",
    trigger: "edge",
    shorthand: shorthands[dest] ?? "dst",
  });
};
