import type { Action } from "#check";
import type { ActionCitation } from "../../citation.ts";
import { handles } from "../../in-service.ts";
import { guestRuns } from "../../predicates.ts";
import { action, cpu, type State } from "../../state.ts";
import { entryOf, named } from "./pin-place.ts";
import { pinFree, setLine, writeEntry, type Chip } from "./pin.ts";
import { serves, setsLine } from "./pin-prints.ts";

const change = (
  chip: Chip,
  irqchip: "KERNEL" | "SPLIT",
  name: string,
  words: Pick<ActionCitation, "kernel" | "atomic">,
): Action<State> =>
  action(named(chip, name), {
    ...words,
    actor: irqchip === "KERNEL" ? "another vCPU" : "userspace",
    source: "m8; irqchip 2.8, 3.1, 6.6",
    guard: (s) =>
      s.vm.irqchip === irqchip && pinFree(s) && entryOf(s, chip.pin).dest !== 1 << (s.vcpu.length - 1),
    prints: (s, _, after, kind) => serves(chip, s, undefined, { after, kind }),
    effect: (d) => {
      writeEntry(chip, d, { level: true, masked: false, dest: 1 << (d.vcpu.length - 1) }, undefined);
    },
  });

/** The guest looks at a device whose registers are mapped, so that its handler makes no exit. */
const checkMapped = (chip: Chip): readonly Action<State>[] => [
  action(named(chip, "guest_check_mapped_device"), {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: "a register of the device that is mapped: no exit",
    source: "irqchip 3.6",
    atomic: "one access to memory; the device sees it at once, its thread lowers the line when it can",
    guard: (s, { v }) =>
      guestRuns(s.vcpu[v]) && handles(s.vcpu[v], chip.pin.vector) && !entryOf(s, chip.pin).checked.a,
    effect: (d) => {
      const pin = entryOf(d, chip.pin);
      pin.checked.a = true;
      pin.falling = pin.sources.a;
    },
  }),
  action(named(chip, "device_lowers_line"), {
    actor: "device",
    kernel: "KVM_IRQ_LINE(pin, 0), or userspace's I/O APIC",
    branch: ({ vm }) => `${vm.irqchip === "KERNEL" ? "KVM_IRQ_LINE(pin, 0)" : "userspace's I/O APIC"}`,
    prints: (before, _, after, kind) => setsLine(chip, ["a", false], undefined, { before, after, kind }),
    source: "irqchip 2.3 A",
    atomic: "the I/O APIC's lock (irqchip 7.5), userspace's or ioapic->lock",
    guard: (s) => entryOf(s, chip.pin).falling && pinFree(s),
    effect: (d) => {
      entryOf(d, chip.pin).falling = false;
      setLine(chip, d, "a", false, undefined);
    },
  }),
];

/** Somebody who runs none of the vCPUs of the world sends the pin to the last of them, once. */
export const reroute = (chip: Chip): readonly Action<State>[] => [
  change(chip, "KERNEL", "other_vcpu_writes_entry", {
    kernel:
      "ioapic_write_indirect() for a vCPU that is not in the world; KVM_REQ_SCAN_IOAPIC on the destinations",
    atomic: "ioapic->lock (irqchip 7.5), which stays held while the vCPUs are requested and waited for",
  }),
  change(chip, "SPLIT", "KVM_SET_GSI_ROUTING_pin", {
    kernel: "kvm_set_irq_routing(), kvm_arch_post_irq_routing_update(): KVM_REQ_SCAN_IOAPIC on all vCPUs",
    atomic: "kvm->irq_lock (irqchip 7.5), held while the vCPUs are requested and waited for",
  }),
  ...checkMapped(chip),
];
