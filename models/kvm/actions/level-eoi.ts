import type { Action, Draft } from "#check";
import type { VendorOps } from "../ops.ts";
import { guestRuns, threadAt } from "../predicates.ts";
import { action, cpu, type State } from "../state.ts";
import { endInterrupt } from "./eoi.ts";
import { leave } from "./leave.ts";

const handled = (s: State, v: number): boolean =>
  guestRuns(s.vcpu[v]) && s.vcpu[v].isr.device && s.level.quieted;

const quietAgain = (d: Draft<State>): void => {
  d.level.quieted = false;
  d.level.ghostServed = true;
};

/** The handler ends: whether KVM hears of it depends on the vendor. */
export const eoiLevel = (ops: VendorOps): Action<State> =>
  action("guest_eoi_level", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: "EOI: accelerated, or an exit: never for a TD (vt_load_eoi_exitmap() does nothing)",
    source: "m4, m5, m8; irqchip 3.1, 3.2, 3.3, 3.5 N1",
    atomic: "one event of the CPU",
    guard: (s, { v }) => handled(s, v),
    effect: (d, { v }) => {
      quietAgain(d);
      endInterrupt(ops, d, v, "device");
    },
  });

/** A guest that finds TMR clear for a level-triggered vector, and so tells the I/O APIC itself. */
export const eoiLevelExplicit = action("guest_eoi_level", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel:
    "EOI, accelerated; TDVMCALL<MMIO> of the I/O APIC: its EOI register, or the entry made edge and level again",
  source: "irqchip 3.7",
  atomic:
    "the handler runs with interrupts disabled, so between the two the guest takes nothing; what is posted then is as " +
    "posted after",
  guard: (s, { v }) => handled(s, v),
  effect: (d, { v }) => {
    quietAgain(d);
    d.vcpu[v].isr.device = false;
    leave(d, v, "IOAPIC_EOI");
  },
});

/** remote_irr goes, and the pin is served again if the line is still up, by the vCPU's own thread. */
const updateEoi = (ops: VendorOps, d: Draft<State>, v: number): void => {
  d.vcpu[v].exit = "IO";
  d.vcpu[v].eoi = "none";
  d.level.remoteIrr = d.level.line;
  if (d.level.line) ops.deliver(d, v, "device");
};

/** How the exits of a level interrupt reach the I/O APIC. */
export const levelEoi = (ops: VendorOps): readonly Action<State>[] => [
  action("userspace_lower_line", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: "KVM_EXIT_MMIO handled: KVM_IRQ_LINE(pin, 0), or userspace's I/O APIC",
    source: "irqchip 2.3 A",
    atomic: "the I/O APIC's lock, userspace's or ioapic->lock",
    guard: (s, { v }) => threadAt(s.vcpu[v], "USER") && s.vcpu[v].exit === "DEVICE" && s.level.pc === "IDLE",
    effect: (d, { v }) => {
      d.vcpu[v].exit = "IO";
      d.level.line = false;
      d.level.quieted = true;
    },
  }),
  action("kvm_ioapic_update_eoi_level", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: "kvm_ioapic_update_eoi_one() (a TD: ioapic_write_indirect()): remote_irr = 0, ioapic_service()",
    source: "irqchip 2.7, 2.8, 3.4, 3.7",
    atomic:
      "ioapic->lock; there are no ack notifiers, so that it is dropped and retaken before remote_irr is as if it were " +
      "taken later. Its own vCPU is not in the guest, so the delivery races with nothing",
    guard: (s, { v }) =>
      threadAt(s.vcpu[v], "IOAPIC_EOI") && s.vm.irqchip === "KERNEL" && s.level.pc === "IDLE",
    effect: (d, { v }) => {
      updateEoi(ops, d, v);
      d.vcpu[v].pc = "CLEAR_UNBLOCK";
    },
  }),
  action("kvm_ioapic_send_eoi_split", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: "kvm_ioapic_send_eoi(): pending_ioapic_eoi, KVM_REQ_IOAPIC_EOI_EXIT (a TD: KVM_EXIT_MMIO)",
    source: "irqchip 3.4",
    atomic: "the request is made and answered by this thread alone, with nothing in between that reads it",
    guard: (s, { v }) => threadAt(s.vcpu[v], "IOAPIC_EOI") && s.vm.irqchip === "SPLIT",
    effect: (d, { v }) => {
      d.vcpu[v].pc = "TO_USER";
    },
  }),
  action("userspace_ioapic_eoi", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: "KVM_EXIT_IOAPIC_EOI (a TD: KVM_EXIT_MMIO) handled: remote IRR cleared, the pin served again",
    source: "m8; irqchip 3.4, 3.7",
    atomic: "userspace's own lock; its own vCPU is not in the guest, so the delivery races with nothing",
    guard: (s, { v }) =>
      threadAt(s.vcpu[v], "USER") && s.vcpu[v].exit === "IOAPIC_EOI" && s.level.pc === "IDLE",
    effect: (d, { v }) => updateEoi(ops, d, v),
  }),
];
