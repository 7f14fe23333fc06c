import { has } from "#check";
import { step } from "../../models/kvm/state.ts";
import { vectorNames } from "../../models/kvm/state-vectors.ts";

export const scanAsksForTheEoisOfPins = step({
  id: "scan-asks-for-the-eois-of-pins",
  statement:
    "A vCPU changes whose EOIs it hands on as it serves KVM_REQ_SCAN_IOAPIC, and nowhere else. Then it does of a pin that is scanned " +
    "and sent to it, of no pin that is not scanned, what was posted is in IRR, and KVM_REQ_LOAD_EOI_EXITMAP is requested",
  source: "irqchip 3.1",
  kernel: "vcpu_scan_ioapic(): sync_pir_to_irr(), kvm_ioapic_scan_entry(), kvm_scan_ioapic_routes()",
  args: { v: "vcpu" },
  antecedent: ({ vcpu: before }, { vcpu: after }, _, { v }) =>
    (before[v].req.SCAN_IOAPIC && !after[v].req.SCAN_IOAPIC) ||
    vectorNames.some((vector) => before[v].ioapicHandled[vector] !== after[v].ioapicHandled[vector]),
  holds: ({ vcpu: before }, { vm, vcpu, pin, resample }, _, { v }) => {
    const { ioapicHandled, req, on } = vcpu[v];
    if (before[v].pc !== "REQUESTS" || !before[v].req.SCAN_IOAPIC) return false;
    if (vm.type === "KVM_X86_DEFAULT_VM" && on) return false;
    const scanned = vm.irqchip === "KERNEL" ? pin.level || resample.assigned : pin.routed && pin.level;
    if (!req.LOAD_EOI_EXITMAP) return false;
    return scanned ? ioapicHandled.device || !has(pin.dest, v) : !ioapicHandled.device;
  },
});

export const loadedExitmapIsWhatWasScanned = step({
  id: "loaded-eoi-exitmap-is-what-was-scanned",
  statement:
    "Once KVM_REQ_LOAD_EOI_EXITMAP is served, the EOI exit bitmap of a vCPU with APICv has the vectors that were scanned, where there is " +
    "such a bitmap",
  source: "irqchip 3.2",
  kernel: "vcpu_load_eoi_exitmap(): vmx_load_eoi_exitmap()",
  args: { v: "vcpu" },
  antecedent: ({ vcpu: before }, { vcpu: after }, _, { v }) =>
    before[v].pc === "REQUESTS" &&
    before[v].req.LOAD_EOI_EXITMAP &&
    !after[v].req.LOAD_EOI_EXITMAP &&
    before[v].apicvActive,
  holds: (_, { vcpu }, __, { v }) => {
    const { eoiExitBitmap, ioapicHandled } = vcpu[v];
    return (
      vectorNames.every((vector) => eoiExitBitmap[vector] === ioapicHandled[vector]) ||
      vectorNames.every((vector) => !eoiExitBitmap[vector])
    );
  },
});

export const eoiThatKvmSeesIsHandedOn = step({
  id: "eoi-that-kvm-sees-is-handed-on",
  statement:
    "The vector whose EOI makes an exit, or is done by KVM, is the one that kvm_ioapic_send_eoi() goes on with: to the in-kernel I/O " +
    "APIC, or to userspace, if it is scanned for, and to nobody else",
  source: "irqchip 3.3, 3.4",
  kernel: "apic_set_eoi(), kvm_apic_set_eoi_accelerated(), kvm_ioapic_send_eoi()",
  args: { v: "vcpu" },
  antecedent: ({ vcpu: before }, { vcpu: after }, _, { v }) => {
    const [{ pc }, now] = [before[v], after[v]];
    return (
      (pc === "EOI_SEND" && now.pc !== "EOI_SEND") ||
      (pc === "EOI_SOFTWARE" && now.pc !== "EOI_SOFTWARE") ||
      (pc === "NONROOT" && now.pc === "EXITED" && now.exit === "EOI_INDUCED")
    );
  },
  holds: ({ vm, vcpu: before }, { vcpu: after }, _, { v }) => {
    const [{ pc, eoi, isr, ioapicHandled }, now] = [before[v], after[v]];
    const ended = vectorNames.filter((vector) => isr[vector] && !now.isr[vector]);
    if (pc !== "EOI_SEND") return ended.length === 1 && now.eoi === ended[0];
    if (eoi === "none" || !ioapicHandled[eoi]) return now.eoi === "none" && now.pc === "CLEAR_UNBLOCK";
    if (now.eoi !== eoi || !now.req.EVENT) return false;
    return vm.irqchip === "SPLIT"
      ? now.req.IOAPIC_EOI_EXIT && now.pc === "CLEAR_UNBLOCK"
      : now.pc === "EOI_IOAPIC";
  },
});

export const eoiExitTellsUserspace = step({
  id: "eoi-exit-tells-userspace",
  statement:
    "KVM_REQ_IOAPIC_EOI_EXIT is served by leaving for userspace with the vector, if it is still scanned for, and leaves no EOI pending",
  source: "irqchip 3.4",
  kernel: "vcpu_enter_guest(): KVM_REQ_IOAPIC_EOI_EXIT, KVM_EXIT_IOAPIC_EOI",
  args: { v: "vcpu" },
  antecedent: ({ vcpu: before }, { vcpu: after }, _, { v }) =>
    before[v].req.IOAPIC_EOI_EXIT && !after[v].req.IOAPIC_EOI_EXIT,
  holds: ({ vcpu: before }, { vcpu: after }, _, { v }) => {
    const { eoi, ioapicHandled } = before[v];
    const { pc, exit, eoi: left } = after[v];
    const told = pc === "TO_USER" && exit === "IOAPIC_EOI";
    return left === "none" && told === (eoi !== "none" && ioapicHandled[eoi]);
  },
});

export const eoiExitIsRequestedByAnEoi = step({
  id: "eoi-exit-is-requested-by-an-eoi",
  statement:
    "KVM_REQ_IOAPIC_EOI_EXIT is requested only by kvm_ioapic_send_eoi() of the vCPU itself, of a vector that is scanned for",
  source: "irqchip 3.4",
  kernel: "kvm_ioapic_send_eoi(): pending_ioapic_eoi, KVM_REQ_IOAPIC_EOI_EXIT",
  args: { v: "vcpu" },
  antecedent: ({ vcpu: before }, { vcpu: after }, _, { v }) =>
    !before[v].req.IOAPIC_EOI_EXIT && after[v].req.IOAPIC_EOI_EXIT,
  holds: ({ vcpu }, _, __, { v }) => {
    const { pc, eoi, ioapicHandled } = vcpu[v];
    return pc === "EOI_SEND" && eoi !== "none" && ioapicHandled[eoi];
  },
});
