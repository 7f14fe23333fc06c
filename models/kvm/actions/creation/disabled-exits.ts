import { ioctl } from "../../ioctl.ts";
import { disableExits, disableExitsLock } from "./lifecycle.ts";
import { finalizeLocks, finalizeRefuses, tdFinalize } from "./tdx-init.ts";

/** m3's first option: kvm_hlt_in_guest() and kvm_mwait_in_guest() say of a TD what is true, that its HLT always exits. */
export const disableExitsDescribesTd = ioctl("KVM_CAP_X86_DISABLE_EXITS", {
  actor: "userspace",
  args: { exits: ["HLT", "MWAIT"] },
  kernel: "kvm_hlt_in_guest(), kvm_mwait_in_guest() as m3 would fix them: false for a TD",
  source: "m3, m20; timer 1.11",
  atomic: disableExitsLock,
  guard: disableExits.guard,
  refuses: () => undefined,
  effect: () => {},
});

/** m3's third option: kvm_can_post_timer_interrupt() does not ask, as a TD has no preemption timer to lose. */
export const finalizeWithoutAsking = ioctl("KVM_TDX_FINALIZE_VM", {
  actor: "userspace",
  kernel:
    "tdx_td_finalize(); kvm_can_post_timer_interrupt() as m3 would have it: no exits asked about for a TD",
  source: "m3; timer 1.11: the test has no other effect on a TD, so it counts as passed from here on",
  atomic: finalizeLocks,
  guard: tdFinalize.guard,
  refuses: finalizeRefuses,
  effect: (d) => {
    d.vm.td = "RUNNABLE";
    d.vm.hltInGuest = true;
  },
});
