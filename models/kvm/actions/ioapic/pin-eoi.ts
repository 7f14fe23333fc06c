import type { Action } from "#check";
import { threadAt } from "../../predicates.ts";
import { action, cpu, type State } from "../../state.ts";
import { suppressesBroadcast } from "./directed-eoi.ts";
import { concerned, doneWith, entryOf, nothingDelivered } from "./pin-place.ts";
import { clearRemoteIrr, pinFree, resamples, setLine, signalResamplers, type Chip } from "./pin.ts";
import type { OfVcpu } from "../../citation.ts";
import { acknowledgesPin } from "../../prints/acknowledgements.ts";
import { serves, setsLine } from "./pin-prints.ts";

const at =
  (pc: State["vcpu"][number]["pc"]) =>
  (s: State, { v }: { readonly v: number }): boolean =>
    threadAt(s.vcpu[v], pc);

/** The I/O APIC at the pin that the exit of a vCPU, or the EOI in its thread, is about. */
const chipAt = (chip: Chip, s: State, v: number): Chip => ({
  ...chip,
  pin: concerned(s, chip.pins, v) ?? chip.pin,
});

/** kvm_ioapic_update_eoi_one() of a pin, in its three parts; the first, under the lock, found the pin by its vector. */
const updateEoiOne = (chip: Chip): readonly Action<State>[] => [
  action("kvm_notify_acked_irq", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: "kvm_ioapic_update_eoi_one(): the lock dropped; kvm_notify_acked_irq(), irqfd_resampler_ack()",
    prints: (before, { v }: OfVcpu, after, kind) => {
      const here = chipAt(chip, before, v);
      return [
        acknowledgesPin(chip.pins.indexOf(here.pin)),
        ...(resamples(before, here) ? setsLine(here, ["b", false], v, { before, after, kind }) : []),
      ];
    },
    source: "irqchip 2.7 step 1, 3.8",
    atomic:
      "irq_srcu only (irqchip 7.5); the resampler lowers its source under ioapic->lock, and then signals the resamplefds, " +
      "which nothing else reads",
    guard: (s, args) => at("EOI_NOTIFY")(s, args) && (!resamples(s, chipAt(chip, s, args.v)) || pinFree(s)),
    effect: (d, { v }) => {
      const here = chipAt(chip, d, v);
      if (resamples(d, here)) {
        setLine(here, d, "b", false, v);
        signalResamplers(d);
      }
      d.vcpu[v].pc = "EOI_REMOTE_IRR";
    },
  }),
  action("kvm_ioapic_update_eoi_one", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: "kvm_ioapic_update_eoi_one(): the lock taken again; remote_irr = 0, ioapic_service()",
    prints: (s, { v }: OfVcpu, after, kind) => serves(chipAt(chip, s, v), s, v, { after, kind }),
    source: "irqchip 2.7 steps 2 and 3",
    atomic: "ioapic->lock (irqchip 7.5), held while another vCPU's interrupt is delivered",
    guard: (s, args) => at("EOI_REMOTE_IRR")(s, args) && pinFree(s),
    effect: (d, { v }) => {
      const vcpu = d.vcpu[v];
      const here = chipAt(chip, d, v);
      if (!doneWith(d, chip.pins, v, here.pin)) vcpu.eoi = "none";
      vcpu.pc = "IOAPIC_UNLOCK";
      d.ioapic.locked = true;
      if (vcpu.tmr[here.pin.vector] && !suppressesBroadcast(d, v)) clearRemoteIrr(here, d, v);
    },
  }),
];

type Exit = State["vcpu"][number]["exit"];

/** Userspace's I/O APIC is told of an EOI, by KVM or by the guest itself. */
const isEoi = (exit: Exit): boolean => exit === "IOAPIC_EOI" || exit === "EOI_REGISTER";

/** It does something about it: version 0x11 has no EOI register. */
const hears = ({ userspace }: Chip, exit: Exit): boolean =>
  exit === "IOAPIC_EOI" || userspace !== "no-eoi-register";

/** What it does about it. */
const didAt = (chip: Chip, s: State, exit: Exit): string => {
  if (!hears(chip, exit)) return "there is no such register";
  if (!entryOf(s, chip.pin).remoteIrr) return "remote IRR is clear";
  return chip.userspace === "looks-at-nothing"
    ? "remote IRR cleared"
    : "remote IRR cleared and the pin served again";
};

/** Userspace's I/O APIC handles an EOI. */
export const userspaceEoi = (chip: Chip): Action<State> =>
  action("userspace_ioapic_eoi", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel:
      "KVM_EXIT_IOAPIC_EOI, or KVM_EXIT_MMIO of the EOI register, handled: remote IRR, where it is set, cleared and the pin " +
      "served again",
    branch: (s, { v }: OfVcpu) =>
      `${s.vcpu[v].exit === "IOAPIC_EOI" ? "KVM_EXIT_IOAPIC_EOI" : "KVM_EXIT_MMIO of the EOI register"} handled: ${didAt(chipAt(chip, s, v), s, s.vcpu[v].exit)}`,
    prints: (s, { v }: OfVcpu, after, kind) => serves(chipAt(chip, s, v), s, v, { after, kind }),
    source: "m8; irqchip 3.4, 3.7, 3.9",
    atomic: "userspace's own lock; its own vCPU is not in the guest, so the delivery races with nothing",
    guard: (s, { v }) => at("USER")(s, { v }) && isEoi(s.vcpu[v].exit) && pinFree(s),
    effect: (d, { v }) => {
      const pin = concerned(d, chip.pins, v);
      if (pin !== undefined && entryOf(d, pin).remoteIrr && hears(chip, d.vcpu[v].exit))
        clearRemoteIrr({ ...chip, pin }, d, v, chip.userspace !== "looks-at-nothing");
      if (doneWith(d, chip.pins, v, pin)) return;
      d.vcpu[v].exit = nothingDelivered(d, chip.pins) ? "IO" : "USER_WAITS";
    },
  });

/** How userspace handles the exits of a pin's interrupt. */
const userspace = (chip: Chip): readonly Action<State>[] => [
  action("userspace_lower_line", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: "KVM_EXIT_MMIO handled: KVM_IRQ_LINE(pin, 0), or userspace's I/O APIC",
    branch: ({ vm }) =>
      `KVM_EXIT_MMIO handled: ${vm.irqchip === "KERNEL" ? "KVM_IRQ_LINE(pin, 0)" : "userspace's I/O APIC"}`,
    prints: (before, { v }: OfVcpu, after, kind) => {
      const source = before.vcpu[v].exit === "DEVICE_A" ? "a" : "b";
      const here = chipAt(chip, before, v);
      return entryOf(before, here.pin).sources[source]
        ? setsLine(here, [source, false], v, { before, after, kind })
        : [];
    },
    source: "irqchip 2.3 A",
    atomic: "the I/O APIC's lock, userspace's or ioapic->lock",
    guard: (s, { v }) =>
      at("USER")(s, { v }) && (s.vcpu[v].exit === "DEVICE_A" || s.vcpu[v].exit === "DEVICE_B") && pinFree(s),
    effect: (d, { v }) => {
      const source = d.vcpu[v].exit === "DEVICE_A" ? "a" : "b";
      const here = chipAt(chip, d, v);
      const pin = entryOf(d, here.pin);
      doneWith(d, chip.pins, v, here.pin);
      d.vcpu[v].exit = "IO";
      pin.checked[source] = true;
      if (pin.sources[source]) setLine(here, d, source, false, v);
    },
  }),
  userspaceEoi(chip),
];

/** How the end of a pin's interrupt reaches the I/O APIC. */
export const pinEoi = (chip: Chip): readonly Action<State>[] => [...updateEoiOne(chip), ...userspace(chip)];
