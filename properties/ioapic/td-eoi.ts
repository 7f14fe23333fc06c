import { anyVector } from "../../models/kvm/predicates.ts";
import { invariant, step, type State } from "../../models/kvm/state.ts";

const isTd = (s: State): boolean => s.vm.type === "KVM_X86_TDX_VM";
const eoiPcs: readonly State["vcpu"][number]["pc"][] = [
  "EOI_SOFTWARE",
  "EOI_SEND",
  "EOI_IOAPIC",
  "EOI_NOTIFY",
  "EOI_REMOTE_IRR",
];
const source = "m5; irqchip 3.3, (c) C12, 3.5";

export const tdEoiNeverSeen = invariant({
  id: "td-eoi-never-seen",
  role: "observation",
  statement:
    "No EOI of a TD reaches KVM, after however many: apic_set_eoi(), kvm_ioapic_send_eoi() and kvm_ioapic_update_eoi() never " +
    "run, and KVM_EXIT_IOAPIC_EOI is never asked for",
  source: `${source} N1`,
  claim: "C12",
  kernel: "tdx_handle_exit(): no EOI-induced exit; tdx_has_emulated_msr(): not the EOI MSR",
  args: { v: "vcpu" },
  antecedent: (s) => isTd(s) && s.pin.ghostServed > 0,
  holds: ({ vcpu }, { v }) =>
    !eoiPcs.includes(vcpu[v].pc) && vcpu[v].eoi === "none" && !vcpu[v].req.IOAPIC_EOI_EXIT,
});

export const tdEoiExitBitmapEmpty = invariant({
  id: "td-eoi-exit-bitmap-empty",
  role: "observation",
  statement: "The EOI exit bitmap that KVM computes for a TD never reaches the hardware",
  source: `${source} N2`,
  claim: "C12",
  kernel: "vt_load_eoi_exitmap()",
  args: { v: "vcpu" },
  antecedent: (s, { v }) => isTd(s) && anyVector(s.vcpu[v].ioapicHandled),
  holds: ({ vcpu }, { v }) => !anyVector(vcpu[v].eoiExitBitmap),
});

export const tdPendingEoiNeverSeen = step({
  id: "td-pending-eoi-never-seen",
  role: "observation",
  statement:
    "A scan of a TD's routes or entries never finds an interrupt in flight from an old one, although there is one",
  source: `${source} N3`,
  claim: "C12",
  kernel: "kvm_apic_pending_eoi(): the register page of a TD stays 0; sync_pir_to_irr() is a stub",
  args: { v: "vcpu" },
  antecedent: (before, _, { action, args }, { v }) =>
    action === "req_scan_ioapic" &&
    args["v"] === v &&
    isTd(before) &&
    (before.vcpu[v].pir.device || before.vcpu[v].irr.device || before.vcpu[v].isr.device) &&
    (before.pin.dest & (1 << v)) === 0,
  holds: (_, { vcpu }, __, { v }) => vcpu[v].staleEoi === "none",
});

export const tdShadowTmrUnused = invariant({
  id: "td-shadow-tmr-unused",
  role: "observation",
  statement: "KVM's TMR bit of a TD's level-triggered vector is set, and nothing ever reads it",
  source: `${source} N4`,
  claim: "C12",
  kernel: "__apic_accept_irq(), kvm_ioapic_send_eoi()",
  args: { v: "vcpu" },
  antecedent: (s, { v }) => isTd(s) && s.vcpu[v].tmr.device,
  holds: ({ vcpu }, { v }) => vcpu[v].pc !== "EOI_REMOTE_IRR" && vcpu[v].pc !== "EOI_SOFTWARE",
});
