import type { Action, Draft } from "#check";
import { guestRuns, threadAt } from "../../predicates.ts";
import { action, cpu, type State } from "../../state.ts";
import { concerned, doneWith, entryOf, named, nothingDelivered } from "./pin-place.ts";
import { pinFree, writeEntry, type Chip, type EntryWrite } from "./pin.ts";
import { scanIoapic } from "./scan-ioapic.ts";
import type { OfVcpu } from "../../citation.ts";
import { serves } from "./pin-prints.ts";

/** The writes of a redirection table entry, by the exit that they cause. */
export const entryWrites = {
  RTE_EDGE: { level: false, masked: false, dest: 1 },
  RTE_LEVEL: { level: true, masked: false, dest: 1 },
  RTE_EDGE_MASKED: { level: false, masked: true },
  RTE_MASK: { masked: true },
  RTE_UNMASK: { masked: false },
  RTE_TO_SELF: { dest: 1 },
  RTE_TO_OTHER: { dest: 2 },
  // A physical id that no vCPU has, which the map answers; logical ids where the map has no one mode for them.
  RTE_TO_ABSENT: { dest: 0 },
  RTE_TO_NOBODY: { dest: 0, slow: true },
} as const satisfies Readonly<Record<string, EntryWrite>>;
/** One of them. */
export type EntryWriteName = keyof typeof entryWrites;

const isWrite = (exit: string): exit is EntryWriteName => exit in entryWrites;

/** Whether an exit is a write of the table that userspace's I/O APIC has to handle. */
const writesEntry = (exit: State["vcpu"][number]["exit"]): boolean => isWrite(exit);

/** Does what the exit of a vCPU says to the entry of the pin that it is about. */
const writeAsked = (chip: Chip, d: Draft<State>, v: number): void => {
  const { exit } = d.vcpu[v];
  const pin = concerned(d, chip.pins, v) ?? chip.pin;
  doneWith(d, chip.pins, v, pin);
  if (isWrite(exit)) writeEntry({ ...chip, pin }, d, entryWrites[exit], v);
};

/** The guest programs a pin as it boots. */
export const programPin = (chip: Chip, as: EntryWriteName = "RTE_LEVEL"): Action<State> =>
  action(named(chip, "guest_program_pin"), {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: "ioapic_write_indirect(), or userspace's I/O APIC and KVM_SET_GSI_ROUTING; KVM_REQ_SCAN_IOAPIC",
    source: "irqchip 2.8, 3.1",
    atomic: "exit, write and re-entry are merged: before it the pin is masked, so nothing can race with it",
    guard: (s, { v }) => v === 0 && guestRuns(s.vcpu[v]) && entryOf(s, chip.pin).dest === 0,
    effect: (d, { v }) => {
      writeEntry(chip, d, entryWrites[as], v);
      d.vcpu[v].req.SCAN_IOAPIC = false;
      scanIoapic(chip.ops, d, v, chip);
      chip.ops.loadEoiExitmap(d, v);
    },
  });

/** Userspace puts a second device on the line. */
const shareLine = (chip: Chip): Action<State> =>
  action(named(chip, "share_line"), {
    actor: "userspace",
    kernel: "two devices of userspace's on one pin, as PCI's INTx lines may be",
    source: "irqchip 2.1, 3.6",
    atomic: "a decision of userspace before any device raises the line",
    guard: (s) => s.host.booted && !entryOf(s, chip.pin).shared,
    effect: (d) => {
      entryOf(d, chip.pin).shared = true;
    },
  });

const writeKernel = (chip: Chip): Action<State> =>
  action("ioapic_write_indirect", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel:
      "ioapic_mmio_write(), ioapic_write_indirect(); KVM_REQ_SCAN_IOAPIC on the old and the new destination",
    prints: (s, { v }: OfVcpu, after, kind) =>
      serves({ ...chip, pin: concerned(s, chip.pins, v) ?? chip.pin }, s, v, { after, kind }),
    source: "irqchip 2.8",
    atomic: "ioapic->lock (irqchip 7.5), which stays held while other vCPUs are requested and waited for",
    guard: (s, { v }) => threadAt(s.vcpu[v], "IOAPIC_WRITE") && pinFree(s),
    effect: (d, { v }) => {
      const vcpu = d.vcpu[v];
      writeAsked(chip, d, v);
      vcpu.exit = "OTHER";
      vcpu.pc = "IOAPIC_UNLOCK";
      d.ioapic.locked = true;
    },
  });

const writeSplit = (chip: Chip): Action<State> =>
  action("userspace_ioapic_write", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel:
      "KVM_EXIT_MMIO handled: userspace's I/O APIC; KVM_SET_GSI_ROUTING; KVM_REQ_SCAN_IOAPIC on all vCPUs",
    prints: (s, { v }: OfVcpu, after, kind) =>
      serves({ ...chip, pin: concerned(s, chip.pins, v) ?? chip.pin }, s, v, { after, kind }),
    source: "m8; irqchip 3.1, 6.6",
    atomic:
      "userspace's own lock; kvm->irq_lock (irqchip 7.5), held while other vCPUs are requested and waited for",
    guard: (s, { v }) => threadAt(s.vcpu[v], "USER") && writesEntry(s.vcpu[v].exit) && pinFree(s),
    effect: (d, { v }) => {
      writeAsked(chip, d, v);
      d.vcpu[v].exit = d.scan.waiting || !nothingDelivered(d, chip.pins) ? "USER_WAITS" : "IO";
    },
  });

const writeReturns = ({ pins }: Chip): Action<State> =>
  action("userspace_ioapic_written", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: "KVM_SET_GSI_ROUTING returns",
    source: "irqchip 6.6",
    atomic: "a return, once every vCPU was waited for",
    guard: (s, { v }) =>
      threadAt(s.vcpu[v], "USER") &&
      s.vcpu[v].exit === "USER_WAITS" &&
      nothingDelivered(s, pins) &&
      !s.scan.waiting,
    effect: (d, { v }) => {
      d.vcpu[v].exit = "IO";
    },
  });

/** The lock is dropped; an EOI goes on to the next pin that has its vector. */
const unlock = ({ pins }: Chip): Action<State> =>
  action("ioapic_unlock", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: "spin_unlock(&ioapic->lock)",
    source: "irqchip 7.5",
    atomic: "one store, once what was done under the lock is done",
    guard: (s, { v }) => threadAt(s.vcpu[v], "IOAPIC_UNLOCK") && nothingDelivered(s, pins) && !s.scan.waiting,
    effect: (d, { v }) => {
      d.ioapic.locked = false;
      const further = pins.length > 1 && concerned(d, pins, v) !== undefined;
      d.vcpu[v].pc = further ? "EOI_NOTIFY" : "CLEAR_UNBLOCK";
    },
  });

/** Writes of the redirection table entry, the kernel's or userspace's. */
export const rteWrites = (chip: Chip): readonly Action<State>[] => [
  ...chip.pins.flatMap((pin) => [shareLine({ ...chip, pin }), programPin({ ...chip, pin })]),
  writeKernel(chip),
  writeSplit(chip),
  writeReturns(chip),
  unlock(chip),
];
