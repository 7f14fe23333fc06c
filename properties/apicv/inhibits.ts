import { apicvActivated } from "../../models/kvm/predicates.ts";
import { invariant, leadsTo, step, strong, weak, type State } from "../../models/kvm/state.ts";

type Vcpu = State["vcpu"][number];

/** From kvm_vcpu_exit_request() on, which is past, until the exit. */
const pastItsRequests: readonly Vcpu["pc"][] = [
  "VENDOR_RUN",
  "WAIT_READ",
  "WAIT_CLEAR",
  "WAIT_SPIN",
  "ENTER",
  "NONROOT",
];

export const inhibitsAreStoredWithNobodyInTheGuest = step({
  id: "inhibits-are-stored-with-nobody-in-the-guest",
  statement:
    "The inhibits become empty, or are so no more, only under apicv_update_lock, with KVM_REQ_APICV_UPDATE set of every vCPU, " +
    "and none in its guest or past kvm_vcpu_exit_request(): nobody runs with apicv_active as it was",
  source: "timer 3.3",
  kernel: "__kvm_set_or_clear_apicv_inhibit(): kvm_make_all_cpus_request(KVM_REQ_APICV_UPDATE), the mask",
  antecedent: (before, after) =>
    before.vcpu.some(({ pc }) => pc !== "ABSENT") && apicvActivated(before.vm) !== apicvActivated(after.vm),
  holds: ({ vm, vcpu }) =>
    vm.apicvLock &&
    vcpu.every(({ pc, req }) => pc === "ABSENT" || (req.APICV_UPDATE && !pastItsRequests.includes(pc))),
});

export const inhibitsChangeUnderTheLock = invariant({
  id: "inhibits-change-under-the-lock",
  statement:
    "apicv_update_lock is held for writing from the first request to the store of the inhibits, and at no other time",
  source: "timer 3.3",
  kernel: "kvm_set_or_clear_apicv_inhibit(): down_write(&apicv_update_lock)",
  antecedent: ({ vm, inhibitor }) => vm.apicvLock || inhibitor.pc !== "IDLE",
  holds: ({ vm, inhibitor }) => vm.apicvLock && inhibitor.pc !== "IDLE",
});

export const deactivationRequestsEvent = step({
  id: "deactivation-requests-event",
  statement:
    "Where KVM_REQ_APICV_UPDATE makes apicv_active false, KVM_REQ_EVENT is requested: KVM has to inject what is in IRR now",
  source: "timer 3.4",
  kernel: "__kvm_vcpu_update_apicv(): kvm_make_request(KVM_REQ_EVENT)",
  args: { v: "vcpu" },
  antecedent: ({ vcpu: before }, { vcpu: after }, _, { v }) =>
    before[v].req.APICV_UPDATE &&
    !after[v].req.APICV_UPDATE &&
    before[v].apicvActive &&
    !after[v].apicvActive,
  holds: (_, { vcpu }, __, { v }) => vcpu[v].req.EVENT,
});

export const blockirqInhibitsApicv = invariant({
  id: "blockirq-inhibits-apicv",
  statement:
    "Unless the inhibits are being changed, BLOCKIRQ is among them exactly while some vCPU has KVM_GUESTDBG_BLOCKIRQ",
  source: "timer 3.1; irqchip 6.3",
  kernel: "kvm_arch_vcpu_guestdbg_update_apicv_inhibit()",
  antecedent: ({ host, inhibitor, vcpu, vm }) =>
    host.enableApicv &&
    inhibitor.pc === "IDLE" &&
    (vm.inhibit.BLOCKIRQ || vcpu.some(({ blockIrq }) => blockIrq)),
  holds: ({ vm, vcpu }) => vm.inhibit.BLOCKIRQ && vcpu.some(({ blockIrq }) => blockIrq),
});

export const disabledApicRunsWithoutApicv = step({
  id: "disabled-apic-runs-without-apicv",
  statement: "A vCPU whose APIC is disabled by its base enters its guest with APICv inactive",
  source: "timer 3.4: kvm_get_apic_mode()",
  kernel: "__kvm_vcpu_update_apicv(), kvm_apic_set_base(): KVM_REQ_APICV_UPDATE",
  args: { v: "vcpu" },
  antecedent: ({ vcpu: before }, { vcpu: after }, _, { v }) =>
    before[v].pc !== "NONROOT" && after[v].pc === "NONROOT" && before[v].apicMode === "DISABLED",
  holds: (_, { vcpu }, __, { v }) => !vcpu[v].apicvActive,
});

export const changeOfInhibitsEnds = leadsTo({
  id: "change-of-inhibits-ends",
  statement: "Whoever changes the inhibits gets every vCPU's acknowledgement in the end, and stores them",
  source: "timer 3.3, 2.2",
  kernel: "kvm_make_all_cpus_request(): KVM_REQUEST_WAIT",
  fairness: [weak({ each: "step" }), strong({ action: ["vm_enter"], each: "step" })],
  from: ({ inhibitor }) => inhibitor.pc !== "IDLE",
  to: ({ inhibitor }) => inhibitor.pc === "IDLE",
});
