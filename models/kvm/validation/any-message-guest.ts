import type { Action } from "#check";
import { beginDelivery } from "../actions/messages/message-delivery.ts";
import { leave } from "../leave.ts";
import type { VendorOps } from "../ops.ts";
import { anyVector, guestRuns, threadAt } from "../predicates.ts";
import { endsInterrupt } from "../prints/acknowledgements.ts";
import { vectorNumber } from "../prints/numbers.ts";
import { action, cpu, type State } from "../state.ts";
import { kvmPvEoi } from "../tracepoints/lapic.ts";
import { anyInterruptGuest } from "./any-interrupt-guest.ts";
import { followedVector } from "./any-sender.ts";

/** An IPI to the vCPU that sends it, by a write that exits. */
const sendsItself: Action<State> = action("guest_sends_itself", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "a write of APIC_ICR that exits",
  source: "irqchip 7.3",
  atomic: "the exit is one event of the CPU",
  guard: (s, { v }) => guestRuns(s.vcpu[v]) && s.ipi.pc === "IDLE",
  effect: (d, { v }) => {
    beginDelivery(d.ipi, { dest: "SELF", trig: "EDGE" }, "ICR");
    d.ipi.pc = "ROUTED";
    leave(d, v, "ICR");
  },
});

/** What comes without KVM: of the IOMMU, of IPI virtualization, of AVIC, of the CPU itself. */
const postedByHardware: Action<State> = action("hardware_posts", {
  actor: "device",
  args: { v: "vcpu" },
  kernel: "VT-d interrupt posting; IPI virtualization; AVIC",
  source: "timer 2.9, 2.11; irqchip 7.3",
  atomic: "one event; its notification may come later, and is looked for at the next entry at the latest",
  guard: (s, { v }) =>
    s.vcpu[v].apicvActive && guestRuns(s.vcpu[v]) && !anyVector(s.vcpu[v].irr) && !anyVector(s.vcpu[v].isr),
  effect: (d, { v }) => {
    d.vcpu[v].irr[followedVector] = true;
    d.vcpu[v].tmr[followedVector] = false;
  },
});

/** The guest ends its interrupt in memory; KVM finds that after the next exit, whatever it is. */
const endsInMemory: Action<State> = action("pv_eoi", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "kvm_lapic_sync_from_vapic(): apic_sync_pv_eoi_from_guest(), apic_set_eoi()",
  prints: (_, { v }: { readonly v: number }) => [
    endsInterrupt(v, followedVector),
    kvmPvEoi.event({ apicid: v, vector: vectorNumber[followedVector] }),
  ],
  source: "irqchip 3.3",
  atomic: "the register page is written by its own thread",
  guard: (s, { v }) => {
    const { exit, apicvActive, isr, ioapicHandled } = s.vcpu[v];
    return (
      threadAt(s.vcpu[v], "IRQS_ON") &&
      exit !== "EOI" &&
      !apicvActive &&
      isr[followedVector] &&
      !ioapicHandled[followedVector]
    );
  },
  effect: (d, { v }) => {
    d.vcpu[v].isr[followedVector] = false;
    d.vcpu[v].req.EVENT = true;
  },
});

/** The routes of userspace's I/O APIC change, and with them whether KVM asks for the EOI of the vector. */
const routesChange = (ops: VendorOps): Action<State> =>
  action("routes_change", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: "vcpu_scan_ioapic(): kvm_scan_ioapic_routes(); vcpu_load_eoi_exitmap()",
    source: "irqchip 3.1, 3.2",
    atomic: "ioapic_handled_vectors and the VMCS are this thread's own",
    guard: (s, { v }) => threadAt(s.vcpu[v], "RUN_TOP"),
    effect: (d, { v }) => {
      const { ioapicHandled } = d.vcpu[v];
      ioapicHandled[followedVector] = !ioapicHandled[followedVector];
      ops.loadEoiExitmap(d, v);
    },
  });

/** What a guest may do with a vector of which it gets messages and IPIs. */
export const anyMessageGuest = (ops: VendorOps): readonly Action<State>[] => [
  ...anyInterruptGuest(ops, followedVector),
  postedByHardware,
  endsInMemory,
];

/** What it may do besides, where only one thread sends to it. */
export const anySelfSender = (ops: VendorOps): readonly Action<State>[] => [sendsItself, routesChange(ops)];
