import type { Action } from "#check";
import { handles } from "../../in-service.ts";
import { guestRuns } from "../../predicates.ts";
import { action, cpu, type State } from "../../state.ts";
import { entryOf } from "./pin-place.ts";
import { pinFree, setLine, type Chip } from "./pin.ts";
import { setsLine } from "./pin-prints.ts";

const device = "device";

/** KVM_IRQFD with KVM_IRQFD_FLAG_RESAMPLE on the pin's GSI. */
const assign = action("KVM_IRQFD_RESAMPLE", {
  actor: "userspace",
  kernel: "kvm_arch_irqfd_allowed(): irqchip_full(), else -EINVAL; kvm_register_irq_ack_notifier()",
  source: "irqchip 3.8",
  atomic:
    "resampler_lock, then kvm->irq_lock (irqchip 7.5); the pin is level-triggered, so it is scanned already",
  guard: (s) => s.host.booted && !s.resample.assigned && !s.resample.refused,
  effect: (d) => {
    d.resample.assigned = d.vm.irqchip === "KERNEL";
    d.resample.refused = d.vm.irqchip !== "KERNEL";
  },
});

const assert = action("device_asserts_intx", {
  actor: device,
  kernel: "the assigned device asserts INTx",
  source: "irqchip 3.8",
  atomic: "one event of the device",
  guard: (s) => s.resample.assigned && !s.resample.intx,
  effect: (d) => {
    d.resample.intx = true;
  },
});

const intxHandler = action("vfio_intx_handler", {
  actor: device,
  kernel:
    "vfio_intx_handler(): INTx masked, the eventfd signalled; irqfd_wakeup(): -EWOULDBLOCK, schedule_work()",
  source: "irqchip 3.8, 7.4",
  atomic: "host hard IRQ; the device is masked under VFIO's own lock",
  guard: (s) => s.resample.assigned && s.resample.intx && !s.resample.masked && !s.resample.queued,
  effect: (d) => {
    d.resample.masked = true;
    d.resample.queued = true;
  },
});

/** The irqfd's work item raises the pin. */
export const injectResample = (chip: Chip): Action<State> =>
  action("irqfd_inject_resample", {
    actor: device,
    kernel: "irqfd_inject(): kvm_set_irq(KVM_IRQFD_RESAMPLE_IRQ_SOURCE_ID, 1)",
    prints: (before, _, after, kind) => setsLine(chip, ["b", true], undefined, { before, after, kind }),
    source: "irqchip 3.8, 7.4",
    atomic: "ioapic->lock (irqchip 7.5), which stays held while the interrupt is delivered",
    guard: (s) => s.resample.queued && pinFree(s),
    effect: (d) => {
      d.resample.queued = false;
      setLine(chip, d, "b", true, undefined);
    },
  });

const quiet = ({ pin }: Chip): Action<State> =>
  action("guest_quiets_intx", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: "a register of the assigned device, mapped: no exit",
    source: "irqchip 3.8",
    atomic: "one access to the device",
    guard: (s, { v }) => guestRuns(s.vcpu[v]) && handles(s.vcpu[v], pin.vector) && !entryOf(s, pin).checked.a,
    effect: (d) => {
      entryOf(d, pin).checked.a = true;
      d.resample.intx = false;
    },
  });

/** An assigned device with INTx, whose interrupt an irqfd with a resampler raises. */
export const resample = (chip: Chip): readonly Action<State>[] => [
  assign,
  assert,
  intxHandler,
  injectResample(chip),
  quiet(chip),
];
