import { has, type Action, type Draft } from "#check";
import type { VendorOps } from "../../ops.ts";
import { threadAt } from "../../predicates.ts";
import { vectorNames } from "../../state-vectors.ts";
import { action, cpu, type State } from "../../state.ts";
import { concern, entryOf, onePin, pinsOf, type AtPin } from "./pin-place.ts";
import { pinFree, resamples } from "./pin.ts";
import { byGuest } from "../../text.ts";

type Read = Pick<State, "vm" | "pin" | "resample">;

/** Whether a pin is scanned: its entry in the kernel's table, or its route, which is a level-triggered MSI. */
const scanned = (s: Read, at: AtPin): boolean => {
  const entry = entryOf(s, at.pin);
  return s.vm.irqchip === "KERNEL" ? entry.level || resamples(s, at) : entry.routed && entry.level;
};

/** Split: the GSI of `msi` is among the reserved pins, and its route is a level-triggered message to the vCPU. */
const routeScanned = ({ vm, msi }: Pick<State, "vm" | "msi">, v: number): boolean =>
  vm.irqchip === "SPLIT" &&
  msi.route.trig === "LEVEL" &&
  (msi.route.dest === String(v) || msi.route.dest === "0xff");

/**
 * vcpu_scan_ioapic(): kvm_ioapic_scan_entry() or kvm_scan_ioapic_routes(), after sync_pir_to_irr(). The RTC's pin is as if
 * programmed to all vCPUs from the start. A vCPU that is not a pin's destination, but has its interrupt in flight from
 * an old one, is asked for that EOI too.
 */
export const scanIoapic = (ops: VendorOps, d: Draft<State>, v: number, { pins }: AtPin = onePin): void => {
  const vcpu = d.vcpu[v];
  for (const vector of vectorNames) vcpu.ioapicHandled[vector] = false;
  vcpu.staleEoi = "none";
  ops.syncPirToIrr(d, v);
  vcpu.ioapicHandled.rtc = d.vm.irqchip === "KERNEL";
  vcpu.ioapicHandled.pit = d.pit.notified && v === 0;
  vcpu.ioapicHandled.msi = routeScanned(d, v);
  for (const pin of pins) {
    if (!scanned(d, { pin, pins })) continue;
    const { vector } = pin;
    if (has(entryOf(d, pin).dest, v)) vcpu.ioapicHandled[vector] = true;
    else if (ops.pendingEoi(vcpu, vector)) {
      vcpu.ioapicHandled[vector] = true;
      vcpu.staleEoi = vector;
    }
  }
};

/** The requests that keep a vCPU's EOI exit bitmap up to date, in the order in which vcpu_enter_guest() looks at them. */
export const scanRequests = (ops: VendorOps, at: AtPin = onePin): readonly Action<State>[] => [
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
        concern(d, at.pins, v, pinsOf(at.pins, vcpu.eoi));
      }
      vcpu.eoi = "none";
    },
  }),
  action("req_scan_ioapic", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel:
      "vcpu_scan_ioapic(): kvm_ioapic_scan_entry() or kvm_scan_ioapic_routes(); KVM_REQ_LOAD_EOI_EXITMAP",
    branch: ({ vm }) =>
      `vcpu_scan_ioapic(): ${vm.irqchip === "KERNEL" ? "kvm_ioapic_scan_entry()" : "kvm_scan_ioapic_routes()"}; KVM_REQ_LOAD_EOI_EXITMAP`,
    source: "m8; irqchip 3.1",
    atomic:
      "test and clear of one request bit; the table is read under ioapic->lock, the routes under irq_srcu",
    guard: (s, { v }) =>
      threadAt(s.vcpu[v], "REQUESTS") &&
      !s.vcpu[v].req.VM_DEAD &&
      !s.vcpu[v].req.IOAPIC_EOI_EXIT &&
      s.vcpu[v].req.SCAN_IOAPIC &&
      (s.vm.irqchip !== "KERNEL" || pinFree(s)),
    effect: (d, { v }) => {
      d.vcpu[v].req.SCAN_IOAPIC = false;
      scanIoapic(ops, d, v, at);
      d.vcpu[v].req.LOAD_EOI_EXITMAP = true;
    },
  }),
  action("req_load_eoi_exitmap", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: byGuest("vcpu_load_eoi_exitmap(): EOI_EXIT_BITMAP, of VMX only", {
      td: "vcpu_load_eoi_exitmap(): vt_load_eoi_exitmap() does nothing",
      vmx: "vcpu_load_eoi_exitmap(): EOI_EXIT_BITMAP",
      svm: "vcpu_load_eoi_exitmap(): there is no EOI exit bitmap",
    }),
    source: "m5; irqchip 3.2",
    atomic: byGuest("test and clear of one request bit; the VMCS is this thread's own", {
      td: "test and clear of one request bit",
      svm: "test and clear of one request bit",
    }),
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

export default (ops: VendorOps) => scanRequests(ops);
