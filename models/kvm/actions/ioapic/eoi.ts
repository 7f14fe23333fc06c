import { has, type Action, type Draft } from "#check";
import type { VendorOps } from "../../ops.ts";
import { highestVector, threadAt } from "../../predicates.ts";
import type { Vector } from "../../state-vectors.ts";
import { action, cpu, type State } from "../../state.ts";
import { leave } from "../../leave.ts";
import { suppressesBroadcast } from "./directed-eoi.ts";
import { concern, onePin, pinsOf, type AtPin } from "./pin-place.ts";
import { pinFree } from "./pin.ts";
import type { OfVcpu } from "../../citation.ts";
import { acknowledgedAtOnce, endsInterrupt } from "../../prints/acknowledgements.ts";

/**
 * The guest writes EOI with a vector in service: the CPU does it, or KVM has to, and KVM may be told. What the CPU takes out
 * of service is the vector of SVI, whatever is there; SVI is then the highest that is left.
 */
export const endInterrupt = (ops: VendorOps, d: Draft<State>, v: number, vector: Vector): void => {
  const vcpu = d.vcpu[v];
  if (ops.eoi(vcpu, vector) === "EMULATED") return leave(d, v, "EOI");
  const ended = vcpu.svi === "HIGHEST_ISR" ? vector : vcpu.svi;
  vcpu.endedInVain = ended !== vector;
  vcpu.svi = "HIGHEST_ISR";
  vcpu.irrUnseen = false;
  if (ended === "NONE") return;
  vcpu.isr[ended] = false;
  if (ops.eoi(vcpu, ended) === "ACCELERATED") return;
  vcpu.eoi = ended;
  leave(d, v, "EOI_INDUCED");
};

/** What the EOI that a guest wrote turned out to be. */
export const eoiWritten = (_: State, { v }: OfVcpu, { vcpu }: State): string => {
  if (vcpu[v].endedInVain) return "EOI: accelerated, of SVI, which is not the vector of the handler";
  if (vcpu[v].pc === "NONROOT") return "EOI: accelerated, no exit";
  return vcpu[v].exit === "EOI_INDUCED" ? "EOI: accelerated, an EOI-induced exit" : "EOI: an exit";
};

/** rtc_irq_eoi(): forgets that a vCPU still owes the EOI. */
export const rtcIrqEoi = (d: Draft<State>, v: number): void => {
  const { ioapic } = d;
  if (!has(ioapic.destMap, v)) return;
  ioapic.destMap &= ~(1 << v);
  ioapic.pendingEoi--;
};

/** Which entries of the table that have its vector an EOI completes. */
export type Completes = "all-entries" | "first-entry";

/**
 * kvm_ioapic_update_eoi() finds the pins of the vector; or it ends with the first entry that it finds, which is an old one,
 * masked, of a pin that nothing is on: there is nothing to notify, clear or serve.
 */
export const updateEoi = ({ pins }: AtPin, completes: Completes = "all-entries"): Action<State> =>
  action("kvm_ioapic_update_eoi", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel:
      completes === "all-entries"
        ? "kvm_ioapic_update_eoi(): rtc_irq_eoi(), the pins of the vector"
        : "kvm_ioapic_update_eoi(): rtc_irq_eoi(), the first entry with the vector",
    prints: acknowledgedAtOnce,
    source: "irqchip 2.6, 2.7",
    atomic: "ioapic->lock: waits while a tick is being delivered",
    guard: (s, { v }) => threadAt(s.vcpu[v], "EOI_IOAPIC") && pinFree(s),
    effect: (d, { v }) => {
      const vcpu = d.vcpu[v];
      if (vcpu.eoi === "rtc") rtcIrqEoi(d, v);
      const those = pinsOf(pins, vcpu.eoi);
      if (those.length > 0 && completes === "all-entries") {
        concern(d, pins, v, those);
        vcpu.pc = "EOI_NOTIFY";
      } else {
        vcpu.pc = vcpu.eoi === "pit" && d.pit.notified ? "PIT_ACK" : "CLEAR_UNBLOCK";
        vcpu.eoi = "none";
      }
    },
  });

/** An EOI in the vCPU thread: apic_set_eoi(), kvm_ioapic_send_eoi(), kvm_ioapic_update_eoi(). */
export const eoiOf = (at: AtPin): readonly Action<State>[] => [
  action("apic_set_eoi", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: "apic_set_eoi(): the highest bit of ISR is cleared",
    prints: (s, { v }: OfVcpu) => [endsInterrupt(v, highestVector(s.vcpu[v].isr)!)],
    source: "irqchip 3.3",
    atomic: "the register page is written by its own thread, or its own CPU",
    guard: (s, { v }) => threadAt(s.vcpu[v], "EOI_SOFTWARE"),
    effect: (d, { v }) => {
      const vcpu = d.vcpu[v];
      const vector = highestVector(vcpu.isr)!;
      vcpu.isr[vector] = false;
      vcpu.eoi = vector;
      vcpu.pc = "EOI_SEND";
    },
  }),
  action("kvm_ioapic_send_eoi", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel:
      "kvm_ioapic_send_eoi(): kvm_ioapic_handles_vector(); a stale vector scans again; split: " +
      "kvm_lapic_suppress_eoi_broadcast(), else pending_ioapic_eoi, KVM_REQ_IOAPIC_EOI_EXIT; then KVM_REQ_EVENT",
    branch: (s, { v }: OfVcpu, { vcpu }) => {
      const { eoi, ioapicHandled, staleEoi } = s.vcpu[v];
      if (eoi === "none" || !ioapicHandled[eoi])
        return "kvm_ioapic_send_eoi(): kvm_ioapic_handles_vector() is false; KVM_REQ_EVENT";
      return [
        "kvm_ioapic_send_eoi(): kvm_ioapic_handles_vector()",
        ...(staleEoi === eoi ? ["the vector is stale, KVM_REQ_SCAN_IOAPIC"] : []),
        ...(vcpu[v].req.IOAPIC_EOI_EXIT ? ["pending_ioapic_eoi, KVM_REQ_IOAPIC_EOI_EXIT"] : []),
        ...(vcpu[v].eoi === "none" ? ["kvm_lapic_suppress_eoi_broadcast()"] : []),
        "KVM_REQ_EVENT",
      ].join("; ");
    },
    prints: (s, { v }: OfVcpu) => {
      const { exit, eoi } = s.vcpu[v];
      return exit === "EOI_INDUCED" && eoi !== "none" ? [endsInterrupt(v, eoi)] : [];
    },
    source: "irqchip 3.4, 3.9",
    atomic: "reads and writes what is this thread's own; its requests are made to itself",
    guard: (s, { v }) => threadAt(s.vcpu[v], "EOI_SEND"),
    effect: (d, { v }) => {
      const vcpu = d.vcpu[v];
      vcpu.req.EVENT = true;
      vcpu.pc = "CLEAR_UNBLOCK";
      if (vcpu.eoi === "none" || !vcpu.ioapicHandled[vcpu.eoi]) {
        vcpu.eoi = "none";
        return;
      }
      if (vcpu.staleEoi === vcpu.eoi) vcpu.req.SCAN_IOAPIC = true;
      if (d.vm.irqchip === "KERNEL") vcpu.pc = "EOI_IOAPIC";
      else if (suppressesBroadcast(d, v)) vcpu.eoi = "none";
      else vcpu.req.IOAPIC_EOI_EXIT = true;
    },
  }),
  updateEoi(at),
];

/** The same where there is one pin. */
export const eoiHandling = eoiOf(onePin);

export default eoiHandling;
