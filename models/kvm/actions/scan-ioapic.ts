import type { Action, Draft } from "#check";
import type { VendorOps } from "../ops.ts";
import { threadAt } from "../predicates.ts";
import { vectorNames, type Vector } from "../state-vectors.ts";
import { action, cpu, type State } from "../state.ts";

/** Whether the I/O APIC wants to know of a vector's EOI from this vCPU: the redirection table, or the routes, have it so. */
const wanted = (s: State, vector: Vector, v: number): boolean =>
  (vector === "rtc" && s.vm.irqchip === "KERNEL") || (vector === "device" && s.level.programmed && v === 0);

/** vcpu_scan_ioapic(): kvm_ioapic_scan_entry() or kvm_scan_ioapic_routes(), after sync_pir_to_irr(). */
export const scanIoapic = (ops: VendorOps, d: Draft<State>, v: number): void => {
  const vcpu = d.vcpu[v];
  ops.syncPirToIrr(d, v);
  for (const vector of vectorNames) vcpu.ioapicHandled[vector] = wanted(d, vector, v);
};

/** The requests that keep a vCPU's EOI exit bitmap up to date, in the order in which vcpu_enter_guest() looks at them. */
export const scanRequests = (ops: VendorOps): readonly Action<State>[] => [
  action("req_ioapic_eoi_exit", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: "vcpu_enter_guest(): KVM_REQ_IOAPIC_EOI_EXIT; KVM_EXIT_IOAPIC_EOI",
    source: "m8; irqchip 3.4",
    atomic: "test and clear of one request bit; ioapic_handled_vectors is this thread's own",
    guard: (s, { v }) =>
      threadAt(s.vcpu[v], "REQUESTS") && !s.vcpu[v].req.VM_DEAD && s.vcpu[v].req.IOAPIC_EOI_EXIT,
    effect: (d, { v }) => {
      const vcpu = d.vcpu[v];
      vcpu.req.IOAPIC_EOI_EXIT = false;
      if (vcpu.eoi !== "none" && vcpu.ioapicHandled[vcpu.eoi]) {
        vcpu.exit = "IOAPIC_EOI";
        vcpu.pc = "TO_USER";
      }
      vcpu.eoi = "none";
    },
  }),
  action("req_scan_ioapic", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel:
      "vcpu_scan_ioapic(): kvm_ioapic_scan_entry() or kvm_scan_ioapic_routes(); KVM_REQ_LOAD_EOI_EXITMAP",
    source: "m8; irqchip 3.1",
    atomic:
      "test and clear of one request bit; the table is read under ioapic->lock, the routes under irq_srcu",
    guard: (s, { v }) =>
      threadAt(s.vcpu[v], "REQUESTS") &&
      !s.vcpu[v].req.VM_DEAD &&
      !s.vcpu[v].req.IOAPIC_EOI_EXIT &&
      s.vcpu[v].req.SCAN_IOAPIC &&
      !s.ioapic.locked,
    effect: (d, { v }) => {
      d.vcpu[v].req.SCAN_IOAPIC = false;
      scanIoapic(ops, d, v);
      d.vcpu[v].req.LOAD_EOI_EXITMAP = true;
    },
  }),
  action("req_load_eoi_exitmap", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: "vcpu_load_eoi_exitmap(): EOI_EXIT_BITMAP (a TD and SVM: nothing)",
    source: "m5; irqchip 3.2",
    atomic: "test and clear of one request bit; the VMCS is this thread's own",
    guard: (s, { v }) =>
      threadAt(s.vcpu[v], "REQUESTS") &&
      !s.vcpu[v].req.VM_DEAD &&
      !s.vcpu[v].req.SCAN_IOAPIC &&
      s.vcpu[v].req.LOAD_EOI_EXITMAP,
    effect: (d, { v }) => {
      d.vcpu[v].req.LOAD_EOI_EXITMAP = false;
      ops.loadEoiExitmap(d, v);
    },
  }),
];
