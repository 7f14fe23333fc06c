import type { Action } from "#check";
import type { VendorOps } from "../../ops.ts";
import { action, type State } from "../../state.ts";
import { beginDelivery, deliverySteps, endDelivery, slowPath, type Sender } from "./message-delivery.ts";
import { ioctl, ioctlReturns, type Answer } from "../../ioctl.ts";
import { sends } from "../../prints/messages.ts";
import { setsIrq } from "../../prints/pins.ts";

const userspace = "userspace";
const idle = (s: State): boolean => s.msi.delivery.pc === "IDLE";
const noIrqchip = (s: State): Answer | undefined => (s.vm.irqchip === "NONE" ? "-EINVAL" : undefined);

const sender: Sender = {
  name: "msi",
  actor: userspace,
  vector: "msi",
  source: "none",
  of: (s) => s.msi.delivery,
  open: (d) => d.msi.delivery,
  withoutFastPath: (d) => {
    const { delivery } = d.msi;
    if (delivery.by !== "IRQFD") return slowPath(delivery);
    endDelivery(delivery);
    d.msi.work = true;
  },
};

const signalMsi = ioctl("KVM_SIGNAL_MSI", {
  actor: userspace,
  args: { dest: ["0", "1", "0xff", "LOGICAL_1", "LOGICAL_3"], trig: ["EDGE", "LEVEL"] },
  kernel: "kvm_send_userspace_msi(): kvm_set_msi(level = 1)",
  prints: (_, __, { msi: { delivery } }) =>
    delivery.by === "SIGNAL_MSI" ? [sends("msi", [delivery.dest, delivery.trig])] : [],
  source: "m5; irqchip 6.5",
  atomic: "the message is userspace's own; no lock (irqchip 7.5)",
  guard: idle,
  refuses: noIrqchip,
  goesOn: true,
  effect: (d, message) => beginDelivery(d.msi.delivery, message, "SIGNAL_MSI"),
});

const irqLine = ioctl("KVM_IRQ_LINE_STATUS_msi", {
  actor: userspace,
  args: { level: [1, 0] },
  kernel: "kvm_vm_ioctl_irq_line(), kvm_set_irq(): kvm_irq_map_gsi(), the entry is copied",
  prints: (_, { level }: { readonly level: number }, { msi: { delivery } }) =>
    delivery.by === "IRQ_LINE" ? [setsIrq("msi", level === 1)] : [],
  source: "m9, m10; irqchip 2.2 step 1, 6: -ENXIO without an irqchip",
  atomic: "kvm->irq_srcu for the copy only: the entry may be replaced before it is used (irqchip 7.5)",
  guard: idle,
  refuses: (s) => (s.vm.irqchip === "NONE" ? "-ENXIO" : undefined),
  goesOn: true,
  effect: (d, { level }) => beginDelivery(d.msi.delivery, d.msi.route, "IRQ_LINE", level === 1),
});

/** kvm_set_msi() asks for the assert level and nothing else: the trigger mode goes into the message as it is. */
const setMsi = action("kvm_set_msi", {
  actor: userspace,
  kernel: "kvm_set_msi(): !level, -1; kvm_msi_to_lapic_irq()",
  branch: ({ msi }) => `kvm_set_msi(): ${msi.delivery.assert ? "kvm_msi_to_lapic_irq()" : "!level, -1"}`,
  prints: ({ msi: { delivery } }) => (delivery.assert ? [sends("msi", [delivery.dest, delivery.trig])] : []),
  source: "m9, m10, m11; irqchip 3.6, 7.4",
  atomic: "works on the copy of the entry",
  guard: (s) => s.msi.delivery.pc === "ROUTED",
  effect: (d) => {
    const { delivery } = d.msi;
    delivery.pc = delivery.assert ? "MAP" : "DONE";
    if (!delivery.assert) delivery.result = -1;
  },
});

const returns = ioctlReturns("msi_return", {
  actor: userspace,
  kernel: "kvm_send_userspace_msi(), kvm_vm_ioctl_irq_line(): the result is returned",
  source: "irqchip 2.2 step 2, 6.5",
  atomic: "a return",
  guard: (s) => s.msi.delivery.pc === "DONE" && ["SIGNAL_MSI", "IRQ_LINE"].includes(s.msi.delivery.by),
  answers: (s) => String(s.msi.delivery.result) as Answer,
  effect: (d) => {
    endDelivery(d.msi.delivery);
    d.msi.ghostStale = false;
  },
});

const irqfd: readonly Action<State>[] = [
  action("irqfd_wakeup", {
    actor: "irqfd",
    kernel: "irqfd_wakeup(): the cached entry, kvm_arch_set_irq_inatomic()",
    source: "irqchip 7.4",
    atomic: "IRQs off; the seqcount is read again if irqfds.lock was taken meanwhile (irqchip 7.5)",
    guard: (s) => idle(s) && s.vm.irqchip !== "NONE",
    effect: (d) => beginDelivery(d.msi.delivery, d.msi.irqfd, "IRQFD"),
  }),
  action("irqfd_wakeup_return", {
    actor: "irqfd",
    kernel: "irqfd_wakeup(): the result is dropped; srcu_read_unlock()",
    source: "irqchip 7.4",
    atomic: "a return: irq_srcu was held all the time",
    guard: (s) => s.msi.delivery.pc === "DONE" && s.msi.delivery.by === "IRQFD",
    effect: (d) => {
      endDelivery(d.msi.delivery);
      d.msi.ghostStale = false;
    },
  }),
  action("irqfd_inject", {
    actor: "irqfd",
    kernel: "irqfd_inject(): kvm_set_irq(1): kvm_irq_map_gsi(), the entry is copied",
    prints: () => [setsIrq("msi", true)],
    source: "irqchip 2.2, 7.4",
    atomic: "kvm->irq_srcu for the copy only (irqchip 7.5)",
    guard: (s) => idle(s) && s.msi.work,
    effect: (d) => {
      d.msi.work = false;
      beginDelivery(d.msi.delivery, d.msi.route, "WORK");
    },
  }),
  action("irqfd_inject_return", {
    actor: "irqfd",
    kernel: "irqfd_inject(): kvm_set_irq(0), which a message answers with -1",
    prints: () => [setsIrq("msi", false)],
    source: "irqchip 7.4",
    atomic: "the second call changes nothing",
    guard: (s) => s.msi.delivery.pc === "DONE" && s.msi.delivery.by === "WORK",
    effect: (d) => {
      endDelivery(d.msi.delivery);
      d.msi.ghostStale = false;
    },
  }),
];

/** A message: by ioctl, by the line of a GSI that is routed to it, or by an irqfd on that GSI. */
export const msi = (ops: VendorOps): readonly Action<State>[] => [
  signalMsi,
  irqLine,
  setMsi,
  ...irqfd,
  ...deliverySteps(ops, sender),
  returns,
];

export default msi;
