import type { Event } from "#check";
import type { State } from "../state.ts";
import type { Vector } from "../state-vectors.ts";
import type { GuestKind } from "../text.ts";
import { kvmApicAcceptIrq, kvmApicvAcceptIrq } from "../tracepoints/lapic.ts";
import { vectorNumber } from "./numbers.ts";

const fields = (v: number, vector: Vector, level: boolean) =>
  ({
    apicid: v,
    vec: vectorNumber[vector],
    mode: "Fixed",
    trigger: level ? "level" : "edge",
  }) as const;

/** The top of __apic_accept_irq(), before any of its checks. */
export const accepts = (v: number, vector: Vector, level = false): Event =>
  kvmApicAcceptIrq.event(fields(v, vector, level));

/** An NMI at the top of __apic_accept_irq(). */
export const acceptsNmi = (v: number, vector: Vector): Event =>
  kvmApicAcceptIrq.event({ ...fields(v, vector, false), mode: "NMI" });

/** A message that is no interrupt, at the top of __apic_accept_irq(); of a SIPI the vector is the page that it starts at. */
export const acceptsEvent = (v: number, mode: "INIT" | "SIPI" | "NMI" | "SMI" | "Res3"): Event =>
  kvmApicAcceptIrq.event({ apicid: v, vec: 0, mode, trigger: "edge" });

/** An interrupt was handed to APICv: posted, or set in the page that AVIC's CPU looks at. */
export const apicvAccepts = (v: number, vector: Vector, level = false): Event =>
  kvmApicvAcceptIrq.event(fields(v, vector, level));

/** __apic_accept_irq() in the vCPU's own thread, from the top to the end of deliver_interrupt(). */
export const acceptsItself = (
  before: State,
  v: number,
  vector: Vector,
  kind: GuestKind,
  level = false,
): readonly Event[] => [
  accepts(v, vector, level),
  ...(kind === "td" || before.vcpu[v].apicvActive ? [apicvAccepts(v, vector, level)] : []),
];
