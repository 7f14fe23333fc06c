import type { Action } from "#check";
import { sources, type Source } from "../../state-pin.ts";
import { action, type State } from "../../state.ts";
import { entryOf, named, type AtPin, type Pin } from "./pin-place.ts";
import { pinFree, setLine, type Chip } from "./pin.ts";
import { posterActions } from "../posting/poster.ts";
import { lineIsSet, setsLine } from "./pin-prints.ts";

const device = "device";
const locked =
  "ioapic->lock (irqchip 7.5), which stays held while the interrupt is delivered; remote_irr is set at the end of that, " +
  "but nobody reads it without the lock";

const mayRaise = (s: State, pin: Pin, irqchip: State["vm"]["irqchip"], source: Source): boolean => {
  const entry = entryOf(s, pin);
  return (
    s.vm.irqchip === irqchip &&
    s.saving.stage === "NOT_YET" &&
    pinFree(s) &&
    !entry.falling &&
    !entry.sources[source] &&
    (source === "a" || entry.shared)
  );
};

const raiseKernel = (chip: Chip): Action<State> =>
  action(named(chip, "KVM_IRQ_LINE_level"), {
    actor: device,
    args: { source: sources },
    kernel: "kvm_set_irq(), ioapic_set_irq(pin, 1), ioapic_service()",
    prints: (before, { source }: { readonly source: Source }, after, kind) =>
      setsLine(chip, [source, true], undefined, { before, after, kind }),
    source: "m4; irqchip 2.2, 2.3, 2.5",
    atomic: locked,
    guard: (s, { source }) => mayRaise(s, chip.pin, "KERNEL", source),
    effect: (d, { source }) => {
      setLine(chip, d, source, true, undefined);
    },
  });

const raiseSplit = (chip: Chip): Action<State> =>
  action(named(chip, "userspace_ioapic_set_irq"), {
    actor: device,
    args: { source: sources },
    kernel: "userspace's I/O APIC: remote IRR; kvm_set_irq(): kvm_set_msi() of the pin's route",
    prints: (before, { source }: { readonly source: Source }, after, kind) =>
      setsLine(chip, [source, true], undefined, { before, after, kind }),
    source: "m5, m9; irqchip 3.4, 3.6",
    atomic: "userspace's own lock, which stays held while the interrupt is delivered",
    guard: (s, { source }) => mayRaise(s, chip.pin, "SPLIT", source),
    effect: (d, { source }) => {
      setLine(chip, d, source, true, undefined);
    },
  });

/** A device that raises and lowers its line as it likes, and userspace that asks what became of it. */
export const lineStatus = (chip: Chip): readonly Action<State>[] => [
  action(named(chip, "KVM_IRQ_LINE_STATUS_pin"), {
    actor: device,
    args: { level: ["up", "down"] },
    kernel: "kvm_vm_ioctl_irq_line(KVM_IRQ_LINE_STATUS), ioapic_set_irq()",
    prints: (before, { level }: { readonly level: string }, after, kind) =>
      setsLine(chip, ["a", level === "up"], undefined, { before, after, kind }),
    source: "irqchip 2.2, 2.3: -1 ignored, 0 coalesced, else how many LAPICs accepted it",
    atomic: locked,
    guard: (s) => s.vm.irqchip === "KERNEL" && pinFree(s),
    effect: (d, { level }) => {
      entryOf(d, chip.pin).status = setLine(chip, d, "a", level === "up", undefined);
    },
  }),
];

/** The thread of a vCPU delivers, and has more to do under the lock. */
const locksFurther = (s: State): boolean => s.vcpu.some(({ pc }) => pc === "IOAPIC_UNLOCK");

const post = ({ pin, pins }: AtPin): readonly Action<State>[] =>
  posterActions({
    name: pin.name,
    actor: device,
    vector: pin.vector,
    caller: "irqchip 2.5, 7.1: the one destination's LAPIC is enabled, so it accepts",
    at: (s, v, pc) => entryOf(s, pin).pc === pc && entryOf(s, pin).target === v,
    go: (d, _, pc) => {
      entryOf(d, pin).pc = pc;
    },
    done: (d) => {
      entryOf(d, pin).pc = "IDLE";
      entryOf(d, pin).target = 0;
      d.ioapic.locked = locksFurther(d);
    },
    accepted: () => {},
    printsAfter: (s) => lineIsSet(s, { pin, pins }),
  });

/** The line of a pin: its devices raise it, and the interrupt is delivered. */
export const pinLine = (chip: Chip): readonly Action<State>[] => [
  raiseKernel(chip),
  raiseSplit(chip),
  ...post(chip),
];
