import { invariant, step } from "../../models/kvm/state.ts";

export const noHandlerOfEarlierExit = step({
  id: "no-handler-of-earlier-exit",
  statement:
    "Where a TD's vCPU was not entered, KVM does not run the host's handler of the interrupt that ended the guest before",
  source: "timer 4.7 E2, 2.5 S13",
  kernel: "tdx_vcpu_run(): wait_for_sept_zap; vt_handle_exit_irqoff()",
  args: { v: "vcpu" },
  antecedent: (_, __, { action, args }, { v }) => action === "tdx_vcpu_run_waits" && args["v"] === v,
  holds: (_, after, __, { v }) => after.vcpu[v].exit !== "EXTINT",
});

export const noGuestWhileZapped = invariant({
  id: "no-guest-while-sept-is-zapped",
  statement: "No guest runs while the SEAMCALL that zaps a page is made again",
  source: "timer 4.7 E2",
  kernel: "tdx_no_vcpus_enter_start(), tdx_vcpu_run()",
  antecedent: (s) => s.vm.septZap === "ZAP",
  holds: (s) => s.vcpu.every(({ pc }) => pc !== "NONROOT" && pc !== "ENTER"),
});
