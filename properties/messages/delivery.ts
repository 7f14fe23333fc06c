import { has, none } from "#check";
import { apicEnabled } from "../../models/kvm/predicates.ts";
import { invariant, step, type State } from "../../models/kvm/state.ts";
import { posterPcs } from "../../models/kvm/state-poster.ts";

type Delivery = State["msi"]["delivery"];

/** The two that there are, before and after a step, with the vector of each. */
const both = (before: State, after: State) =>
  [
    [before.msi.delivery, after.msi.delivery, "msi"],
    [before.ipi, after.ipi, "ipi"],
  ] as const satisfies readonly (readonly [Delivery, Delivery, string])[];

const posts = ({ pc }: Delivery): boolean => (posterPcs as readonly string[]).includes(pc);

export const messageIsNotChangedOnItsWay = step({
  id: "message-is-not-changed-on-its-way",
  statement:
    "From the call of kvm_irq_delivery_to_apic() to its return a message stays the one that it was: its destination, trigger mode and " +
    "level, and who sent it",
  source: "irqchip 2.2 step 1, 7.1",
  kernel: "kvm_irq_delivery_to_apic(): struct kvm_lapic_irq",
  antecedent: (before, after) =>
    both(before, after).some(([was, is]) => was.pc !== is.pc && was.pc !== "IDLE"),
  holds: (before, after) =>
    both(before, after).every(([was, is]) => {
      if (was.pc === "IDLE" || is.pc === "IDLE") return true;
      return was.dest === is.dest && was.trig === is.trig && was.by === is.by && was.assert === is.assert;
    }),
});

export const lapicAcceptsOnlyIfEnabled = step({
  id: "accepting-lapics-are-counted",
  statement:
    "A LAPIC accepts a message only if it is enabled and, in the fast path, among those that the map gave; each that does is counted, and " +
    "has its TMR bit set by the trigger mode. One that the map gave and that is enabled accepts",
  source: "irqchip 7.1",
  kernel: "__apic_accept_irq(): apic_enabled(), kvm_lapic_set_vector(TMR); kvm_irq_delivery_to_apic_fast()",
  antecedent: (before, after) =>
    both(before, after).some(
      ([was, is]) =>
        was.pc === "ACCEPT" && was !== is && was.pc + String(was.target) !== is.pc + String(is.target),
    ),
  holds: (before, after) =>
    both(before, after).every(([was, is, vector]) => {
      if (was.pc !== "ACCEPT" || (is.pc === "ACCEPT" && is.target === was.target)) return true;
      const vcpu = after.vcpu[was.target];
      const given = was.slow || has(was.targets, was.target);
      if (!posts(is))
        return is.result <= Math.max(0, was.result) && (was.slow || !given || !apicEnabled(vcpu));
      return (
        given &&
        apicEnabled(vcpu) &&
        is.result === Math.max(0, was.result) + 1 &&
        vcpu.tmr[vector] === (was.trig === "LEVEL")
      );
    }),
});

export const deliveryVisitsEveryVcpu = step({
  id: "delivery-visits-every-vcpu",
  statement:
    "A message is done with one LAPIC after the other, each once, and its delivery is over after the last, with the result that was counted",
  source: "irqchip 7.1",
  kernel: "kvm_irq_delivery_to_apic(): kvm_for_each_vcpu(), for_each_set_bit()",
  antecedent: (before, after) =>
    both(before, after).some(([was, is]) => (was.pc === "ACCEPT" || posts(was)) && was.pc !== is.pc),
  holds: (before, after) =>
    both(before, after).every(([was, is]) => {
      if ((was.pc !== "ACCEPT" && !posts(was)) || was.pc === is.pc) return true;
      if (is.pc === "IDLE" || is.slow !== was.slow || is.targets !== was.targets) return false;
      if (posts(is)) return is.target === was.target;
      if (posts(was) && is.result !== was.result) return false;
      const last = was.target === before.vcpu.length - 1;
      return last ? is.pc === "DONE" : is.pc === "ACCEPT" && is.target === was.target + 1;
    }),
});

export const deliveryBeginsAnew = invariant({
  id: "delivery-begins-anew",
  statement:
    "Until kvm_irq_delivery_to_apic() has read the apic map there is no result, and nobody that it delivers to: each call has its own, " +
    "and nothing of the one before is left",
  source: "irqchip 7.1",
  kernel: "kvm_irq_delivery_to_apic(): r, dest_vcpu_bitmap",
  antecedent: ({ msi, ipi }) =>
    [msi.delivery, ipi].some(({ pc }) => pc === "IDLE" || pc === "ROUTED" || pc === "MAP"),
  holds: ({ msi, ipi }) =>
    [msi.delivery, ipi].every(
      ({ pc, slow, targets, target, result }) =>
        (pc !== "IDLE" && pc !== "ROUTED" && pc !== "MAP") ||
        (!slow && targets === none && target === 0 && result === 0),
    ),
});

/** Whom the map has for a destination; nobody where the fast path has nothing to say of it. */
const inMap = ({ vm }: State, dest: Delivery["dest"]): number => {
  const { physical, logical } = vm.apicMap.map;
  if (dest === "SELF") return 1;
  if (dest === "0" || dest === "1" || dest === "2") return physical & (1 << Number(dest));
  return dest.startsWith("LOGICAL_") ? logical & Number(dest.slice("LOGICAL_".length)) : none;
};

export const fastPathAsksTheMap = step({
  id: "fast-path-delivers-to-whom-the-map-has",
  statement:
    "The fast path delivers to the LAPICs that the apic map has for the destination and to nobody else, with 0 as its result so far; " +
    "the slow one has -1 until a LAPIC matches",
  source: "irqchip 7.1, 7.2",
  kernel: "kvm_irq_delivery_to_apic_fast(): kvm_apic_map_get_dest_lapic()",
  antecedent: (before, after) =>
    both(before, after).some(([was, is]) => was.pc === "MAP" && is.pc !== "MAP" && is.pc !== "IDLE"),
  holds: (before, after) =>
    both(before, after).every(([was, is]) => {
      if (was.pc !== "MAP" || is.pc === "MAP" || is.pc === "IDLE") return true;
      if (is.slow) return is.targets === none && is.result === -1;
      return is.targets === inMap(before, is.dest) && is.result === 0;
    }),
});
