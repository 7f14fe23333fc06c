import { apicvActivated } from "../../models/kvm/predicates.ts";
import { step } from "../../models/kvm/state.ts";

export const unblockIsClearedBeforePendingIsRead = step({
  id: "unblock-is-cleared-before-pending-is-read",
  statement:
    "vcpu_run() clears KVM_REQ_UNBLOCK before it looks for a pending timer: whoever counts an expiry afterwards requests it " +
    "again, and what is left of an earlier one does not make every entry be given up",
  source: "m18; timer 2.4 steps 3 and 4",
  kernel: "vcpu_run(): kvm_clear_request(KVM_REQ_UNBLOCK), kvm_cpu_has_pending_timer()",
  args: { v: "vcpu" },
  antecedent: (before, after, _, { v }) =>
    before.vcpu[v].pc === "CLEAR_UNBLOCK" && after.vcpu[v].pc !== "CLEAR_UNBLOCK",
  holds: (_, { vcpu }, __, { v }) => vcpu[v].pc === "INJECT_TIMER" && !vcpu[v].req.UNBLOCK,
});

export const abortedEntryHandlesNoExit = step({
  id: "aborted-entry-handles-no-exit",
  statement:
    "An entry that kvm_vcpu_exit_request() gives up is as an exit of which nothing is to be done: no handler runs again",
  source: "timer 2.5 S9: r = 1, and handle_exit() is not called",
  kernel: "vcpu_enter_guest(): kvm_vcpu_exit_request(), cancel_injection",
  args: { v: "vcpu" },
  antecedent: (before, after, _, { v }) =>
    before.vcpu[v].pc === "EXIT_REQUEST" && after.vcpu[v].mode === "OUTSIDE",
  holds: (_, { vcpu }, __, { v }) => vcpu[v].pc === "ENTRY_CANCELLED" || vcpu[v].exit === "OTHER",
});

export const apicvUpdateAppliesTheInhibits = step({
  id: "apicv-update-applies-the-inhibits",
  statement:
    "Once KVM_REQ_APICV_UPDATE is served, apicv_active is what the inhibits say, and nobody is about to change them",
  source: "timer 3.3, 3.4",
  kernel: "kvm_vcpu_update_apicv(): down_read(&apicv_update_lock)",
  args: { v: "vcpu" },
  antecedent: (before, after, _, { v }) => before.vcpu[v].req.APICV_UPDATE && !after.vcpu[v].req.APICV_UPDATE,
  holds: (before, { vm, vcpu }, _, { v }) =>
    !before.vm.apicvLock && vcpu[v].apicvActive === (apicvActivated(vm) && vcpu[v].apicMode !== "DISABLED"),
});
