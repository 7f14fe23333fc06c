import { directExpired } from "../actions/timer/expired.ts";
import { setLapicAllowed } from "../actions/ioctls/lapic-state.ts";
import { hvTimerFixed } from "../actions/timer/hv-timer.ts";
import { setMsrsDeadline } from "../actions/timer/ioctl-start.ts";
import { restoreDeadline, restoreLapic } from "../actions/save-restore/restore.ts";
import { tdcrCancel } from "../actions/timer/tdcr.ts";
import { expireDirect, timerFnLocal } from "../actions/timer/timer-fn-local.ts";
import { callbackDirect } from "../actions/timer/timer-fn-remote.ts";
import { enqueue, restartFixed } from "../actions/timer/timer-restart.ts";
import { startHrtimer } from "../actions/timer/tmict.ts";
import { fastpathIfHvTimer, guestWritesDeadline, noFastpath } from "../actions/timer/tsc-deadline.ts";
import { directWait as callbackMayWait } from "../actions/timer/wait-expire.ts";
import { resumeGuest, type BootStep } from "../boot-steps.ts";
import { joint, only, option } from "../option.ts";
import type { VendorOps } from "../ops.ts";

export const nohzFull = option({
  name: "nohzFull",
  about:
    "the vCPUs' pCPUs are isolated, so hrtimers may be queued on a housekeeping pCPU and pi_inject_timer is on",
  source: "m18; timer 1.11, 1.12",
  values: {
    off: {},
    on: {
      boot: {
        host: () => [["boot_host", { nohzFull: "on" }]],
        "hrtimer-start": ({ v }) => [["hrtimer_start", { v, on: "HOUSEKEEPING" }]],
      },
    },
  },
});

/** The guest writes LVTT for TSC-deadline mode. */
const tscMode = (v: number): readonly BootStep[] => [
  ["guest_write_lvtt_mode", { v, mode: "LVTT_TSCDEADLINE" }],
  ["mode_outside", { v }],
  ["irqs_on", { v }],
  ["store_lvtt", { v }],
  ["lvtt_hrtimer_cancel", { v }],
  ["lvtt_clear_pending", { v }],
  ["lvtt_set_mode", { v }],
  ...resumeGuest(v),
];

export const timerModes = option({
  name: "timerMode",
  about: "the LVTT mode the guest programs before it uses its timer",
  source: "timer 1.2",
  values: {
    oneshot: {},
    periodic: { boot: { "timer-mode": ({ v }) => [["guest_write_lvtt_periodic", { v }]] } },
    "tsc-deadline": { boot: { "timer-mode": ({ v }) => tscMode(v) } },
  },
});

/** The modes that TMICT starts the timer in. */
export const timerMode = only(timerModes, "oneshot", "periodic");

export const timerAdvance = option({
  name: "timerAdvance",
  about:
    "whether a timer fires before its deadline, so that whoever delivers the interrupt waits (timer_advance_ns)",
  source: "m21; timer 1.13",
  values: { off: {}, on: { boot: { "before-run": ({ v }) => [["lapic_timer_advance", { v }]] } } },
});

export const timerClocks = option({
  name: "timerClocks",
  about:
    "UNSURE: whether an hrtimer can fire while the preemption timer, set for the same deadline, has still to count down",
  source: "timer 1.9, 1.10",
  values: { together: {}, apart: { boot: { "before-run": ({ v }) => [["host_clocks_apart", { v }]] } } },
});

export const directWait = option({
  name: "directWait",
  about:
    "UNSURE: when a callback that delivers at once (timerDelivery=direct) waits for the guest's deadline first",
  source: "m21; timer 9.1 P9",
  values: {
    "in-guest": {},
    always: ({ ops }) => ({ replace: [callbackMayWait(ops, "always")] }),
    no: ({ ops }) => ({ replace: [callbackMayWait(ops, "no")] }),
  },
});

export const preemptionTimer = option({
  name: "preemptionTimer",
  about: "whether VMX may use the preemption timer (kvm_intel.preemption_timer); a TD never does",
  source: "m19, m21; timer 1.9, 1.11",
  values: { on: {}, off: { boot: { "module-parameters": () => [["preemption_timer_off"]] } } },
});

export const fastpath = option({
  name: "fastpath",
  about:
    "which TSC-deadline writes VMX handles in the exit fastpath: those that can use the hv timer (6.16), or all (6.19); " +
    "since 7.0 none while the guest's mediated PMU counts instructions (pmu-counts)",
  source: "timer 1.3, UNSURE list 6",
  guests: ["vmx"],
  since: { "6.14": "6.16", "6.19": "6.19" },
  values: {
    "6.19": {},
    "6.16": () => ({ replace: [guestWritesDeadline(fastpathIfHvTimer)] }),
    "pmu-counts": () => ({ replace: [guestWritesDeadline(noFastpath)] }),
  },
});

export const hrtimerPinned = option({
  name: "hrtimerPinned",
  about: "whether the hrtimer is pinned to the pCPU that starts it, as m21 considers",
  source: "m21; timer 1.12, 9.5",
  values: {
    off: {},
    on: () => ({
      replace: [{ ...startHrtimer, args: { ...startHrtimer.args, on: ["OWN"] } }, enqueue(["OWN"])],
    }),
  },
});

export const wantsToRun = option({
  name: "wantsToRun",
  about:
    "whether apic_timer_expired() asks vcpu->wants_to_run before it injects at once: since 7.x, so that an expiry that an " +
    "ioctl finds is counted in pending; up to 6.19 it did not",
  source: "timer 1.5 step 3",
  guests: ["vmx"],
  since: { "6.14": "not-asked", "7.1": "asked" },
  values: {
    asked: {},
    "not-asked": ({ ops }) => ({
      replace: [setMsrsDeadline(ops, "injected"), setLapicAllowed(ops, "injected")],
    }),
  },
});

export const tdcrGuard = option({
  name: "tdcrGuard",
  about:
    "UNSURE: whether some guard was missed that keeps a TDCR write from restarting a one-shot that was delivered",
  source: "timer 1.14, 9.4 F5, UNSURE list 5",
  values: { none: {}, guarded: () => ({ replace: [tdcrCancel(true)] }) },
});

const direct = (ops: VendorOps) => [timerFnLocal(expireDirect(ops)), callbackDirect(ops), directExpired(ops)];

export const timerDelivery = option({
  name: "timerDelivery",
  about:
    "lapic_timer.pending as in every tree read, or delivery at once; direct-fixed also cancels the hrtimer and looks at " +
    "the deadline before a timer is started again",
  source: "m21; timer 9.0 V3",
  values: {
    pending: {},
    direct: ({ ops }) => ({ replace: direct(ops) }),
    "direct-fixed": ({ ops }) => ({ replace: [...direct(ops), restartFixed, ...hvTimerFixed] }),
  },
});

/** What becomes of an expiry that the ioctls find which restore a timer; a TD has none of them. */
const restoredExpiry = joint({ timerDelivery, wantsToRun }, ({ name, ops }, set) => {
  const asked = name !== "vmx" || set.wantsToRun === "asked";
  const expiry = set.timerDelivery !== "pending" ? "delivered" : asked ? "counted" : "injected";
  if (name === "td" || expiry === "counted") return {};
  return { replace: [restoreLapic(ops, expiry), restoreDeadline(ops, expiry)] };
});

/** What is left open of the LAPIC timer. */
export default [
  nohzFull,
  timerModes,
  timerAdvance,
  timerClocks,
  directWait,
  preemptionTimer,
  fastpath,
  hrtimerPinned,
  wantsToRun,
  tdcrGuard,
  timerDelivery,
  restoredExpiry,
] as const;
