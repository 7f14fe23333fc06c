import type { Action, Draft } from "#check";
import {
  beginDelivery,
  deliverySteps,
  endDelivery,
  slowPath,
  type Sender,
} from "../actions/messages/message-delivery.ts";
import type { VendorOps } from "../ops.ts";
import { sends, sendsIpi } from "../prints/messages.ts";
import { action, type State } from "../state.ts";

/** The vector that is followed, whoever sends it. */
export const followedVector = "ipi";

type Delivery = State["msi"]["delivery"];

/** Somebody who delivers to the vCPU that is followed: where the state has its place, and what its messages are. */
interface AnySender extends Pick<Sender, "name" | "actor"> {
  readonly of: (s: State) => Delivery;
  readonly open: (d: Draft<State>) => Draft<Delivery>;
  readonly triggers: readonly Delivery["trig"][];
}

/** A message or an IPI to the vCPU that is followed, at any time: its sender is another thread. */
const sendsAtWill = (ops: VendorOps, sender: AnySender): readonly Action<State>[] => {
  const { name, actor, of, open, triggers } = sender;
  const begin = (d: Draft<State>, trig: Delivery["trig"]): void =>
    beginDelivery(open(d), { dest: "0", trig }, "SIGNAL_MSI");
  return [
    ...triggers.map((trig) =>
      action(`${name}_${trig.toLowerCase()}_message`, {
        actor,
        kernel: "kvm_set_msi(), of KVM_SIGNAL_MSI, of a line, or of an irqfd",
        prints: () => [sends(followedVector, ["0", trig])],
        source: "irqchip 6.5, 7.4",
        atomic: "the message is the sender's own; no lock (irqchip 7.5)",
        guard: (s) => of(s).pc === "IDLE",
        effect: (d) => begin(d, trig),
      }),
    ),
    action(`${name}_ipi`, {
      actor,
      kernel: "kvm_apic_send_ipi() of another vCPU",
      prints: () => [sendsIpi("0")],
      source: "irqchip 7.3",
      atomic: "reads ICR, which is its own",
      guard: (s) => of(s).pc === "IDLE",
      effect: (d) => begin(d, "EDGE"),
    }),
    ...deliverySteps(ops, {
      name,
      actor,
      vector: followedVector,
      source: "none",
      of,
      open,
      withoutFastPath: (d) => slowPath(open(d)),
    }),
    action(`${name}_returns`, {
      actor,
      kernel: "kvm_irq_delivery_to_apic(): what it returns is its caller's affair",
      source: "irqchip 6.5, 7.4",
      atomic: "a return",
      guard: (s) => of(s).pc === "DONE",
      effect: (d) => endDelivery(open(d)),
    }),
  ];
};

const first = {
  name: "sender",
  actor: "irqfd",
  of: (s: State) => s.msi.delivery,
  open: (d: Draft<State>) => d.msi.delivery,
} as const;

/** One thread that sends messages and IPIs to the vCPU that is followed. */
export const oneSender = (ops: VendorOps): readonly Action<State>[] =>
  sendsAtWill(ops, { ...first, triggers: ["EDGE", "LEVEL"] });

/** Two threads that do so at the same time, with edge-triggered messages; the place of the second is that of the vCPU's own IPIs. */
export const twoSenders = (ops: VendorOps): readonly Action<State>[] => [
  ...sendsAtWill(ops, { ...first, triggers: ["EDGE"] }),
  ...sendsAtWill(ops, {
    name: "second_sender",
    actor: "another vCPU",
    of: (s) => s.ipi,
    open: (d) => d.ipi,
    triggers: ["EDGE"],
  }),
];
