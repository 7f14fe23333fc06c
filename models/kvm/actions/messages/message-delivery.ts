import { has, type Action, type Draft } from "#check";
import type { VendorOps } from "../../ops.ts";
import { apicEnabled } from "../../predicates.ts";
import type { Destination } from "../../state-delivery.ts";
import type { Vector } from "../../state-vectors.ts";
import { action, type State } from "../../state.ts";
import { posterActions } from "../posting/poster.ts";
import { accepts } from "../../prints/delivery.ts";

/** A message on its way. */
type Delivery = State["msi"]["delivery"];
type Open = Draft<Delivery>;

/** Who delivers: a thread that was told a message, or the vCPU 0 that wrote its ICR. */
export interface Sender {
  /** Prefix of its action names. */
  readonly name: string;
  readonly actor: string;
  readonly vector: Vector;
  readonly source: "none" | "vcpu0";
  readonly of: (s: State) => Delivery;
  readonly open: (d: Draft<State>) => Open;
  /** What it does where the fast path does not apply: the slow one, unless it may not. */
  readonly withoutFastPath: (d: Draft<State>) => void;
}

/** A delivery begins; nothing of the one before is left. */
export const beginDelivery = (
  delivery: Open,
  { dest, trig }: { readonly dest: Destination; readonly trig: "EDGE" | "LEVEL" },
  by: Delivery["by"],
  assert = true,
): void => {
  delivery.dest = dest;
  delivery.trig = trig;
  delivery.by = by;
  delivery.assert = assert;
  delivery.pc = by === "SIGNAL_MSI" || by === "ICR" ? "MAP" : "ROUTED";
  delivery.result = 0;
};

/** It is over, and forgotten. */
export const endDelivery = (delivery: Open): void => {
  delivery.dest = "0";
  delivery.trig = "EDGE";
  delivery.by = "NONE";
  delivery.assert = false;
  delivery.pc = "IDLE";
  delivery.slow = false;
  delivery.targets = 0;
  delivery.target = 0;
  delivery.result = 0;
};

type Vcpu = State["vcpu"][number];

/** The id that this message means everybody by, to a LAPIC in this mode; kvm_apic_mda() and kvm_apic_broadcast(). */
const isBroadcast = (s: State, dest: Destination, ipi: boolean, x2apic: boolean): boolean => {
  if (!x2apic) return dest === "0xff";
  return dest === "0xffffffff" || (dest === "0xff" && !ipi && s.vm.apicMap.broadcastQuirk);
};

/** kvm_apic_is_broadcast_dest(): by the mode of the sender, or with the quirk disabled of everybody. */
const takesSlowPath = (s: State, dest: Destination, ipi: boolean): boolean => {
  const x2apic = s.vcpu[0].apicMode === "X2APIC";
  if (!s.vm.apicMap.broadcastQuirk) return dest === "0xffffffff" || (dest === "0xff" && !x2apic);
  return dest === (ipi && x2apic ? "0xffffffff" : "0xff");
};

const masks: Readonly<Partial<Record<Destination, number>>> = { LOGICAL_1: 1, LOGICAL_2: 2, LOGICAL_3: 3 };
const ids: Readonly<Partial<Record<Destination, number>>> = { 0: 0, 1: 1, 2: 2 };

/** kvm_apic_map_get_dest_lapic(): the LAPICs of the map, or nothing where the map does not say. */
const fastTargets = (s: State, dest: Destination, ipi: boolean): number | undefined => {
  const { map } = s.vm.apicMap;
  if (dest === "SELF") return 1;
  if (dest === "ALL" || dest === "OTHERS" || !map.present || takesSlowPath(s, dest, ipi)) return undefined;
  const mask = masks[dest];
  if (mask !== undefined) return map.logical & mask;
  const id = ids[dest];
  return id === undefined ? 0 : map.physical & (1 << id);
};

/** kvm_apic_match_dest() of a vCPU whose APIC is enabled by hardware, in the slow path. */
const matches = (s: State, v: number, dest: Destination, ipi: boolean): boolean => {
  const vcpu: Vcpu = s.vcpu[v];
  if (vcpu.pc === "ABSENT" || vcpu.apicMode === "DISABLED") return false;
  if (dest === "ALL") return true;
  if (dest === "OTHERS") return v !== 0;
  const mask = masks[dest];
  if (mask !== undefined) return has(mask, v);
  return ids[dest] === v || isBroadcast(s, dest, ipi, vcpu.apicMode === "X2APIC");
};

/** Whether the LAPIC that the delivery stands at is one that the message is for. */
const meant = (s: State, delivery: Delivery, ipi: boolean): boolean => {
  const { slow, target } = delivery;
  return slow ? matches(s, target, delivery.dest, ipi) : has(delivery.targets, target);
};

const advance = (d: Draft<State>, delivery: Open): void => {
  const last = delivery.target === d.vcpu.length - 1;
  delivery.target = last ? 0 : delivery.target + 1;
  delivery.pc = last ? "DONE" : "ACCEPT";
};

/** kvm_irq_delivery_to_apic() step by step: the map is read once, then each LAPIC accepts by itself. */
export const deliverySteps = (ops: VendorOps, sender: Sender): readonly Action<State>[] => {
  const { name, actor, vector, source, of, open } = sender;
  const ipi = source === "vcpu0";
  return [
    action(`${name}_read_apic_map`, {
      actor,
      kernel: "kvm_irq_delivery_to_apic_fast(): kvm_apic_map_get_dest_lapic(); else the slow path",
      branch: (s) =>
        `kvm_irq_delivery_to_apic_fast(): kvm_apic_map_get_dest_lapic()${fastTargets(s, of(s).dest, ipi) === undefined ? " is false" : ""}`,
      source: "m13, m14; irqchip 7.1, 7.2",
      atomic: "one read of kvm->arch.apic_map under RCU: old or new, whatever is published later (7.5)",
      guard: (s) => of(s).pc === "MAP",
      effect: (d) => {
        const delivery = open(d);
        const targets = fastTargets(d, delivery.dest, ipi);
        if (targets === undefined) return sender.withoutFastPath(d);
        delivery.targets = targets;
        delivery.pc = "ACCEPT";
      },
    }),
    action(`${name}_accept`, {
      actor,
      kernel:
        "kvm_apic_set_irq(), __apic_accept_irq(): apic_enabled(), TMR; in the slow path kvm_apic_match_dest()",
      prints: (s) => {
        const { target, trig } = of(s);
        return meant(s, of(s), ipi) ? [accepts(target, vector, trig === "LEVEL")] : [];
      },
      branch: (s) =>
        `${of(s).slow ? "kvm_apic_match_dest(); " : ""}kvm_apic_set_irq(), __apic_accept_irq(): apic_enabled(), TMR`,
      source: "irqchip 7.1: 0 of a LAPIC that is disabled, else 1, whether the vector was pending or not",
      atomic: "reads of one LAPIC's registers, no lock: each target accepts independently (7.1, 7.5)",
      guard: (s) => of(s).pc === "ACCEPT",
      effect: (d) => {
        const delivery = open(d);
        if (!meant(d, delivery, ipi)) return advance(d, delivery);
        const { target } = delivery;
        delivery.result = Math.max(0, delivery.result);
        const vcpu = d.vcpu[target];
        if (!apicEnabled(vcpu)) return advance(d, delivery);
        delivery.result++;
        vcpu.tmr[vector] = delivery.trig === "LEVEL";
        delivery.pc = ops.deliverFrom;
      },
    }),
    ...posterActions({
      name,
      actor,
      vector,
      caller: "irqchip 7.1",
      at: (s, v, pc) => of(s).pc === pc && of(s).target === v,
      go: (d, _, pc) => {
        open(d).pc = pc;
      },
      done: (d) => advance(d, open(d)),
      accepted: () => {},
    }),
  ];
};

/** The slow path: every vCPU, -1 if none matches. */
export const slowPath = (delivery: Open): void => {
  delivery.slow = true;
  delivery.result = -1;
  delivery.pc = "ACCEPT";
};
