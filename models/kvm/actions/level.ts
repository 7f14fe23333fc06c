import type { Action, Draft } from "#check";
import type { VendorOps } from "../ops.ts";
import { guestRuns } from "../predicates.ts";
import { action, cpu, type State } from "../state.ts";
import { leave } from "./leave.ts";
import { eoiLevel, levelEoi } from "./level-eoi.ts";
import { posterActions } from "./poster.ts";
import { scanIoapic } from "./scan-ioapic.ts";

const device = "device";

/** The line goes up; the pin is served unless the EOI of the interrupt before is owed. */
const raise = (ops: VendorOps, d: Draft<State>): void => {
  const { level } = d;
  level.line = true;
  if (level.remoteIrr) return;
  level.remoteIrr = true;
  level.pc = ops.deliverFrom;
  d.vcpu[0].tmr.device = true;
  if (d.vm.irqchip === "KERNEL") d.ioapic.locked = true;
};

/** The guest programs the pin as it boots. */
const program = (ops: VendorOps): Action<State> =>
  action("guest_program_pin", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: "ioapic_write_indirect(), or userspace's I/O APIC and KVM_SET_GSI_ROUTING; KVM_REQ_SCAN_IOAPIC",
    source: "irqchip 2.8, 3.1",
    atomic: "exit, write and re-entry are merged: before it the pin is masked, so nothing can race with it",
    guard: (s, { v }) => v === 0 && guestRuns(s.vcpu[v]) && !s.level.programmed,
    effect: (d, { v }) => {
      d.level.programmed = true;
      scanIoapic(ops, d, v);
      ops.loadEoiExitmap(d, v);
    },
  });

const raiseKernel = (ops: VendorOps): Action<State> =>
  action("KVM_IRQ_LINE_level", {
    actor: device,
    kernel: "ioapic_set_irq(pin, 1), ioapic_service()",
    source: "m4; irqchip 2.3 D, E, 2.5",
    atomic:
      "ioapic->lock, which stays held while the interrupt is delivered; remote_irr is set at the end of that, but nobody " +
      "reads it without the lock",
    guard: (s) => s.vm.irqchip === "KERNEL" && s.level.pc === "IDLE" && !s.ioapic.locked && !s.level.line,
    effect: (d) => raise(ops, d),
  });

const raiseSplit = (ops: VendorOps): Action<State> =>
  action("userspace_ioapic_set_irq", {
    actor: device,
    kernel: "userspace's I/O APIC: remote IRR; kvm_set_irq(): kvm_set_msi() of the pin's route",
    source: "m5, m9; irqchip 3.4, 3.6",
    atomic: "userspace's own lock, which stays held while the interrupt is delivered",
    guard: (s) => s.vm.irqchip === "SPLIT" && s.level.pc === "IDLE" && !s.level.line,
    effect: (d) => raise(ops, d),
  });

const post = posterActions({
  name: "level",
  actor: device,
  vector: "device",
  caller: "irqchip 2.5, 7.1: the one destination's LAPIC is enabled, so it accepts",
  at: (s, v, pc) => s.level.pc === pc && v === 0,
  go: (d, _, pc) => {
    d.level.pc = pc;
  },
  done: (d) => {
    d.level.pc = "IDLE";
    d.ioapic.locked = false;
  },
  accepted: () => {},
});

const take = (ops: VendorOps): Action<State> =>
  action("guest_take_level", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: "virtual-interrupt delivery",
    source: "timer 2.9; irqchip 3.6: to a TD a level interrupt is as an edge one",
    atomic: "one event of the CPU",
    guard: (s, { v }) =>
      guestRuns(s.vcpu[v]) && ops.virtualDelivery(s.vcpu[v]) && s.vcpu[v].irr.device && !s.vcpu[v].isr.device,
    effect: (d, { v }) => {
      d.vcpu[v].irr.device = false;
      d.vcpu[v].isr.device = true;
    },
  });

const quiet = action("guest_quiet_device", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "EXIT_REASON_EPT_MISCONFIG (a TD: TDVMCALL<MMIO>) of a register of the device",
  source: "irqchip 3.6",
  atomic: "the exit is one event of the CPU",
  guard: (s, { v }) => guestRuns(s.vcpu[v]) && s.vcpu[v].isr.device && !s.level.quieted,
  effect: (d, { v }) => leave(d, v, "DEVICE"),
});

/** A level line, its device, and the guest's handler, whose EOI the vendor sees or not. */
export const level = (ops: VendorOps): readonly Action<State>[] => [
  program(ops),
  raiseKernel(ops),
  raiseSplit(ops),
  ...post,
  take(ops),
  quiet,
  eoiLevel(ops),
  ...levelEoi(ops),
];
