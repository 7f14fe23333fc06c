import { disableExitsDescribesTd, finalizeWithoutAsking } from "../actions/creation/disabled-exits.ts";
import { expirePending, inGuestMode, timerFnLocal } from "../actions/timer/timer-fn-local.ts";
import { callbackCanPost } from "../actions/timer/timer-fn-remote.ts";
import { syncPir } from "../actions/run-loop/entry.ts";
import { scanRequests } from "../actions/ioapic/scan-ioapic.ts";
import { block } from "../actions/scheduling/block.ts";
import { halt } from "../actions/scheduling/halt.ts";
import { option, type Change } from "../option.ts";
import { vmxWith } from "../ops.ts";
import { syncPirToIrr616, type SyncPirToIrr } from "../pir-sync.ts";

export const hltInGuest = option({
  name: "hltInGuest",
  about:
    "userspace disabled HLT exits, which kvm_can_post_timer_interrupt() takes as a sign; HLT of a TD exits all the same",
  source: "m3, m20; timer 1.11",
  values: {
    off: {},
    on: { boot: { capabilities: () => [["KVM_CAP_X86_DISABLE_EXITS", { exits: "HLT" }]] } },
  },
});

export const mwaitInGuest = option({
  name: "mwaitInGuest",
  about:
    "userspace disabled MWAIT exits, which kvm_can_post_timer_interrupt() takes as a sign too, and which rules out the " +
    "preemption timer; HLT exits as before",
  source: "m3, m20; timer 1.11",
  values: {
    off: {},
    on: { boot: { capabilities: () => [["KVM_CAP_X86_DISABLE_EXITS", { exits: "MWAIT" }]] } },
  },
});

export const disabledExits = option({
  name: "disabledExits",
  about:
    "m3's options for what can_post asks of a TD: what userspace set, what is true of a TD (its HLT always exits), or " +
    "nothing",
  source: "m3, m20; timer 1.11",
  guests: ["td"],
  values: {
    "as-set": {},
    "describe-td": { replace: [disableExitsDescribesTd] },
    "not-asked": { replace: [finalizeWithoutAsking] },
  },
});

export const postTimer = option({
  name: "postTimer",
  about:
    "when an expiry on another CPU is posted: if the setup says so, or whenever the vCPU is in the guest",
  source: "m18; timer 9.0 V2",
  values: {
    "as-configured": {},
    "in-guest-mode": ({ ops }) => ({
      replace: [timerFnLocal(expirePending(ops, inGuestMode)), callbackCanPost(inGuestMode)],
    }),
  },
});

export const deviceAssigned = option({
  name: "deviceAssigned",
  about: "when the assigned device may post through VT-d: once it is attached, or from the start",
  source: "timer 2.11",
  values: {
    later: {},
    "at-boot": {
      boot: {
        devices: () => [["irq_bypass_start"], ["irq_bypass_request_unblock"], ["irq_bypass_kick"]],
      },
    },
  },
});

/** What reads and clears PIR, as another vmx_sync_pir_to_irr() has it. */
const withSync = (sync: SyncPirToIrr): Change => {
  const other = vmxWith(sync);
  const scan = scanRequests(other).filter(({ name }) => name === "req_scan_ioapic");
  return { replace: [syncPir(other), ...scan, ...halt(other), ...block(other)] };
};

export const pirSync = option({
  name: "pirSync",
  about:
    "what vmx_sync_pir_to_irr() takes for the highest vector where ON is set and PIR is empty: the highest of IRR, as " +
    "since 7.1 (33fd0ccd2590) and before 6.16, or none, as from 6.16 to 7.0",
  source: "timer 2.8",
  guests: ["vmx", "vmx-sw"],
  since: { "6.14": "7.1", "6.16": "6.16", "7.1": "7.1" },
  values: { "7.1": {}, "6.16": withSync(syncPirToIrr616) },
});

/** What is left open of who may post an interrupt, and when. */
export default [hltInGuest, mwaitInGuest, disabledExits, postTimer, deviceAssigned, pirSync] as const;
