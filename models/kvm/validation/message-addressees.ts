import type { Event } from "#check";
import { kvmMsiSetIrq } from "../tracepoints/irqchip.ts";
import { kvmApicIpi } from "../tracepoints/lapic.ts";

/** What is printed of a message or an IPI before any LAPIC accepts it. */
export const announcements: readonly string[] = [kvmMsiSetIrq.name, kvmApicIpi.name];

/** Ids that mean everybody, in xAPIC mode and in x2APIC mode. */
const broadcasts: readonly unknown[] = [0xff, 0xffff_ffff];

/** Delivery modes whose vector becomes pending in IRR. */
const ordinary: readonly unknown[] = ["Fixed", "LowPrio"];

/** Whether what is sent or accepted is an interrupt of its vector, and no NMI, INIT or SIPI. */
export const isOrdinary = ({ fields }: Event): boolean => ordinary.includes(fields["mode"]);

/**
 * Whether a message or an IPI is for a vCPU, as far as the event tells: nobody knows whom a logical id means, or of which
 * thread it is that is given as undefined.
 */
export const isFor = ({ fields }: Event, sender: number | undefined, v: number): boolean | undefined => {
  const { shorthand, destination, dst } = fields;
  if (shorthand === "all") return true;
  if (shorthand === "self" || shorthand === "all-but-self")
    return sender === undefined ? undefined : (sender === v) === (shorthand === "self");
  return destination === "physical" ? dst === v || broadcasts.includes(dst) : undefined;
};
