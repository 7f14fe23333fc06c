import type { Event } from "#check";
import type { OfVcpu } from "../citation.ts";
import { picVectors } from "../inject-events.ts";
import { vectorNames, type Vector } from "../state-vectors.ts";
import type { State } from "../state.ts";
import type { GuestKind } from "../text.ts";
import { kvmInjVirq } from "../tracepoints/run-loop.ts";
import { acceptsItself } from "./delivery.ts";
import { vectorNumber } from "./numbers.ts";

const injects = (vector: Vector): Event =>
  kvmInjVirq.event({ soft: false, vector: vectorNumber[vector], reinjected: false });

/** The vector of an ExtINT that was acknowledged: of the PIC's pin that is in service now, else of KVM_INTERRUPT. */
const extIntVector = ({ pic }: State, after: State): Vector =>
  after.pic.isr.lo && !pic.isr.lo ? picVectors.lo : picVectors.hi;

/**
 * inject_irq() of kvm_check_and_inject_events(): an ExtINT vector, and the highest of an emulated APIC. A TD's does nothing,
 * or where a design has it posted, that.
 */
export const injectsEvents = (
  before: State,
  { v }: OfVcpu,
  after: State,
  kind: GuestKind,
): readonly Event[] => {
  const was = before.vcpu[v];
  const now = after.vcpu[v];
  if (kind === "td") {
    const posted = vectorNames.filter((vector) => now.pir[vector] && !was.pir[vector]);
    return posted.flatMap((vector) => acceptsItself(before, v, vector, kind));
  }
  const extInt = now.events.interruptInjected && !was.events.interruptInjected;
  const moved = vectorNames.filter((vector) => now.isr[vector] && !was.isr[vector]);
  return [...(extInt ? [extIntVector(before, after)] : []), ...moved].map(injects);
};
