import type { Action } from "#check";
import type { VendorOps } from "../../ops.ts";
import { anyVector, guestRuns } from "../../predicates.ts";
import { sources } from "../../state-pin.ts";
import { action, cpu, type State } from "../../state.ts";
import { endInterrupt, eoiWritten } from "./eoi.ts";
import { leave } from "../../leave.ts";
import { mmioExit } from "../../vm-exits.ts";
import { byGuest } from "../../text.ts";

const take = (ops: VendorOps): Action<State> =>
  action("guest_take_level", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: "virtual-interrupt delivery",
    source: byGuest("timer 2.9; irqchip 3.6: to a TD a level interrupt is as an edge one", {
      ordinary: "timer 2.9; irqchip 3.6",
    }),
    atomic: "one event of the CPU; the guest tells the I/O APIC with interrupts disabled",
    guard: (s, { v }) =>
      guestRuns(s.vcpu[v]) &&
      ops.virtualDelivery(s.vcpu[v]) &&
      s.vcpu[v].irr.device &&
      !anyVector(s.vcpu[v].isr) &&
      s.pin.acking === "NONE",
    effect: (d, { v }) => {
      d.vcpu[v].irr.device = false;
      d.vcpu[v].isr.device = true;
    },
  });

const checkDevice = action("guest_check_device", {
  actor: cpu,
  args: { v: "vcpu", source: sources },
  kernel: mmioExit(" of a register of the device"),
  source: "irqchip 3.6",
  atomic: "the exit is one event of the CPU",
  guard: (s, { v, source }) =>
    guestRuns(s.vcpu[v]) &&
    s.vcpu[v].isr.device &&
    !s.pin.checked[source] &&
    (source === "a" || s.pin.shared),
  effect: (d, { v, source }) => leave(d, v, source === "a" ? "DEVICE_A" : "DEVICE_B"),
});

/** The handler is over: every device on the line was looked at once. */
const handled = (s: State, v: number): boolean =>
  guestRuns(s.vcpu[v]) && s.vcpu[v].isr.device && s.pin.checked.a && (s.pin.checked.b || !s.pin.shared);

const eoi = (ops: VendorOps, tellsIoapic: boolean): Action<State> =>
  action("guest_eoi_level", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: tellsIoapic
      ? "EOI, accelerated; the guest found TMR clear, so it goes on to the I/O APIC"
      : "EOI: accelerated, or an exit: never for a TD (vt_load_eoi_exitmap() does nothing)",
    ...(tellsIoapic ? {} : { branch: eoiWritten }),
    source: tellsIoapic ? "irqchip 3.7" : "m4, m5, m8; irqchip 3.1, 3.2, 3.3, 3.5 N1",
    atomic: "one event of the CPU",
    guard: (s, { v }) => handled(s, v),
    effect: (d, { v }) => {
      d.pin.checked.a = false;
      d.pin.checked.b = false;
      d.pin.ghostServed = Math.min(2, d.pin.ghostServed + 1);
      endInterrupt(ops, d, v, "device");
      if (tellsIoapic) d.pin.acking = "EDGE";
    },
  });

/** A guest that ends an interrupt with the EOI of its LAPIC. */
export const eoiLevel = (ops: VendorOps): Action<State> => eoi(ops, false);

/** A guest that finds TMR clear for a level-triggered vector, and so tells the I/O APIC itself. */
export const eoiLevelExplicit = (ops: VendorOps): Action<State> => eoi(ops, true);

/** How it tells the I/O APIC: the entry made edge and level again, or, where there is one, the EOI register. */
const tellIoapic: readonly Action<State>[] = [
  action("guest_write_edge", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel:
      "TDVMCALL<MMIO> of the I/O APIC: the entry is masked and made edge (split: the EOI register is written)",
    source: "irqchip 3.7: the kernel's I/O APIC is of version 0x11, userspace's of 0x20",
    atomic: "the exit is one event of the CPU",
    guard: (s, { v }) => guestRuns(s.vcpu[v]) && s.pin.acking === "EDGE",
    effect: (d, { v }) => {
      const split = d.vm.irqchip === "SPLIT";
      d.pin.acking = split ? "NONE" : "LEVEL";
      leave(d, v, split ? "IOAPIC_EOI" : "RTE_EDGE_MASKED");
    },
  }),
  action("guest_write_level", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: "TDVMCALL<MMIO> of the I/O APIC: the entry is made level again, and not masked",
    source: "irqchip 3.7",
    atomic: "the exit is one event of the CPU",
    guard: (s, { v }) => guestRuns(s.vcpu[v]) && s.pin.acking === "LEVEL",
    effect: (d, { v }) => {
      d.pin.acking = "NONE";
      leave(d, v, "RTE_LEVEL");
    },
  }),
];

/** The guest's handler of the pin's interrupt. */
export const pinGuest = (ops: VendorOps): readonly Action<State>[] => [
  take(ops),
  checkDevice,
  eoiLevel(ops),
  ...tellIoapic,
];
