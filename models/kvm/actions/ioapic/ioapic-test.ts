import type { Action } from "#check";
import { takeInterrupt } from "../../in-service.ts";
import { guestRuns, threadAt } from "../../predicates.ts";
import { action, cpu, type State } from "../../state.ts";
import { endInterrupt } from "./eoi.ts";
import { leave } from "../../leave.ts";
import { pinFree, setLine, type Chip } from "./pin.ts";
import type { EntryWriteName } from "./rte-write.ts";
import { ioExit, mmioExit } from "../../vm-exits.ts";
import type { OfVcpu } from "../../citation.ts";
import { setsLine as setsPinLine } from "./pin-prints.ts";

/** What a test program does: raise or lower the line, write the pin's entry, read its Remote IRR, end an interrupt. */
export type Op = "LINE_1" | "LINE_0" | "READ" | "EOI" | EntryWriteName;

/** A test of the I/O APIC: the program, and the handler of its n-th interrupt. */
export interface TestProgram {
  readonly main: readonly Op[];
  readonly handler: (taken: number) => readonly Op[];
}

/** The guest would take an interrupt before its next instruction. */
const interruptible = ({ ops }: Chip, vcpu: State["vcpu"][number]): boolean =>
  ops.virtualDelivery(vcpu, "device") && vcpu.irr.device && !vcpu.isr.device;

const opOf = ({ main, handler }: TestProgram, s: State, v: number): Op | undefined =>
  s.vcpu[v].isr.device ? handler(s.test.taken)[s.test.handler] : main[s.test.main];

const take = (chip: Chip): Action<State> =>
  action("guest_test_take", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: "virtual-interrupt delivery",
    source: "timer 2.9",
    atomic: "one event of the CPU, before the next instruction",
    guard: (s, { v }) => v === 0 && guestRuns(s.vcpu[v]) && interruptible(chip, s.vcpu[v]),
    effect: (d, { v }) => {
      takeInterrupt(d, v, "device");
    },
  });

const step = (chip: Chip, program: TestProgram): Action<State> =>
  action("guest_test_step", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: "an exit of the test program: MMIO of the I/O APIC, a port of userspace's test device, or EOI",
    branch: (s, { v }: OfVcpu) => {
      const op = opOf(program, s, v)!;
      if (op === "EOI") return "EOI of the test program";
      if (op === "READ") return mmioExit(": the test program reads the entry");
      return op.startsWith("LINE_")
        ? ioExit(" of userspace's test device")
        : mmioExit(": the test program writes the entry");
    },
    source: "irqchip (c): kvm-unit-tests x86/ioapic",
    atomic:
      "the exit is one event of the CPU; a read of the entry is merged with its exit, as nothing else runs",
    guard: (s, { v }) =>
      v === 0 &&
      guestRuns(s.vcpu[v]) &&
      !interruptible(chip, s.vcpu[v]) &&
      (!s.vcpu[v].isr.device || s.test.inHandler) &&
      opOf(program, s, v) !== undefined,
    effect: (d, { v }) => {
      const { test } = d;
      const op = opOf(program, d, v)!;
      if (d.vcpu[v].isr.device) test.handler++;
      else test.main++;
      if (op === "READ") test.remoteIrr = d.pin.remoteIrr;
      else if (op === "EOI") {
        test.handler = 0;
        test.inHandler = false;
        endInterrupt(chip.ops, d, v, "device");
      } else leave(d, v, op);
    },
  });

const enterHandler = action("guest_test_handler", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "the handler counts its interrupt",
  source: "irqchip (c): kvm-unit-tests x86/ioapic",
  atomic: "memory of the guest's own",
  guard: (s, { v }) => v === 0 && guestRuns(s.vcpu[v]) && s.vcpu[v].isr.device && !s.test.inHandler,
  effect: (d) => {
    d.test.inHandler = true;
    d.test.taken = Math.min(3, d.test.taken + 1);
  },
});

const setsLine = (chip: Chip): Action<State> =>
  action("userspace_sets_line", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: "KVM_EXIT_IO handled: KVM_IRQ_LINE(pin), or userspace's I/O APIC",
    branch: ({ vm }) =>
      `KVM_EXIT_IO handled: ${vm.irqchip === "KERNEL" ? "KVM_IRQ_LINE(pin)" : "userspace's I/O APIC"}`,
    prints: (before, { v }: OfVcpu, after, kind) =>
      setsPinLine(chip, ["a", before.vcpu[v].exit === "LINE_1"], v, { before, after, kind }),
    source: "irqchip 2.2, 2.3",
    atomic:
      "the I/O APIC's lock (irqchip 7.5), userspace's or ioapic->lock; its own vCPU is not in the guest",
    guard: (s, { v }) =>
      threadAt(s.vcpu[v], "USER") &&
      (s.vcpu[v].exit === "LINE_0" || s.vcpu[v].exit === "LINE_1") &&
      pinFree(s),
    effect: (d, { v }) => {
      setLine(chip, d, "a", d.vcpu[v].exit === "LINE_1", v);
      d.vcpu[v].exit = d.pin.pc === "IDLE" ? "IO" : "USER_WAITS";
    },
  });

/** A guest that runs a test program on vCPU 0. */
export const ioapicTest = (chip: Chip, program: TestProgram): readonly Action<State>[] => [
  take(chip),
  enterHandler,
  step(chip, program),
  setsLine(chip),
];
