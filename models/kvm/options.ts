import type { Option, Patch } from "#check";
import { buildApicMap } from "./actions/apic-map.ts";
import { recalculateMap } from "./actions/apicv.ts";
import { disableExitsDescribesTd, finalizeWithoutAsking } from "./actions/disabled-exits.ts";
import { directExpired } from "./actions/expired.ts";
import { pollC } from "./actions/rtc-handler.ts";
import { hvTimerFixed } from "./actions/hv-timer.ts";
import { tdcrCancel } from "./actions/tdcr.ts";
import { expireDirect, expirePending, inGuestMode, timerFnLocal } from "./actions/timer-fn-local.ts";
import { callbackCanPost, callbackDirect } from "./actions/timer-fn-remote.ts";
import { enqueue, restartFixed } from "./actions/timer-restart.ts";
import { startHrtimer } from "./actions/tmict.ts";
import { fastpathAlways, fastpathIfHvTimer, guestWritesDeadline } from "./actions/tsc-deadline.ts";
import { blockingOptions } from "./blocking-options.ts";
import { directWait as callbackMayWait } from "./actions/wait-expire.ts";
import type { VendorOps } from "./ops.ts";
import { levelOptions } from "./level-options.ts";
import { delivery } from "./delivery-options.ts";
import { extIntOptions } from "./extint-options.ts";
import { lifecycle } from "./lifecycle-options.ts";
import { pitOptions } from "./pit-options.ts";
import { rtcOptions } from "./rtc-options.ts";
import type { State } from "./state.ts";

/** What the patch of an option may depend on. */
export interface Patched {
  readonly ops: VendorOps;
  readonly guest: string;
  /** The values of the options that it reads. */
  readonly set: Readonly<Record<string, string | undefined>>;
}

/** A decision that the thread leaves open; a value may patch the model or be read by the boot sequence. */
export interface KvmOption extends Option {
  readonly patches: Readonly<Record<string, (world: Patched) => Patch<State>>>;
  /** Other options that its patches depend on, where several decide about the same steps. */
  readonly reads?: readonly string[];
}

const direct = ({ ops }: Patched): Patch<State> => ({
  replace: [timerFnLocal(expireDirect(ops)), callbackDirect(ops), directExpired(ops)],
});

const directFixed = (world: Patched): Patch<State> => ({
  replace: [...(direct(world).replace ?? []), restartFixed, ...hvTimerFixed],
});

export const nohzFull: KvmOption = {
  name: "nohzFull",
  about:
    "the vCPUs' pCPUs are isolated, so hrtimers may be queued on a housekeeping pCPU and pi_inject_timer is on",
  source: "m18; timer 1.11, 1.12",
  values: ["off", "on"],
  patches: {},
};

export const hltMwaitInGuest: KvmOption = {
  name: "hltMwaitInGuest",
  about: "userspace disabled HLT or MWAIT exits, which kvm_can_post_timer_interrupt() takes as a sign",
  source: "m3, m20; timer 1.11",
  values: ["off", "on"],
  patches: {},
};

export const disabledExits: KvmOption = {
  name: "disabledExits",
  about:
    "m3's options for what can_post asks of a TD: what userspace set, what is true of a TD (its HLT always exits), or " +
    "nothing",
  source: "m3, m20; timer 1.11",
  values: ["as-set", "describe-td", "not-asked"],
  patches: {
    "describe-td": ({ guest }) => (guest === "td" ? { replace: [disableExitsDescribesTd] } : {}),
    "not-asked": ({ guest }) => (guest === "td" ? { replace: [finalizeWithoutAsking] } : {}),
  },
};

export const irqchip: KvmOption = {
  name: "irqchip",
  about: "the irqchip that userspace creates",
  source: "m3, m5, m7, m8; irqchip 1",
  values: ["split", "kernel"],
  patches: {},
};

export const timerMode: KvmOption = {
  name: "timerMode",
  about: "the LVTT mode the guest programs before it uses its timer",
  source: "timer 1.2",
  values: ["oneshot", "periodic"],
  patches: {},
};

export const timerModes: KvmOption = { ...timerMode, values: ["oneshot", "periodic", "tsc-deadline"] };

export const timerAdvance: KvmOption = {
  name: "timerAdvance",
  about:
    "whether a timer fires before its deadline, so that whoever delivers the interrupt waits (timer_advance_ns)",
  source: "m21; timer 1.13",
  values: ["off", "on"],
  patches: {},
};

export const timerClocks: KvmOption = {
  name: "timerClocks",
  about:
    "UNSURE: whether an hrtimer can fire while the preemption timer, set for the same deadline, has still to count down",
  source: "timer 1.9, 1.10",
  values: ["together", "apart"],
  patches: {},
};

export const directWait: KvmOption = {
  name: "directWait",
  about:
    "UNSURE: when a callback that delivers at once (timerDelivery=direct) waits for the guest's deadline first",
  source: "m21; timer 9.1 P9",
  values: ["in-guest", "always", "no"],
  patches: {
    always: ({ ops }) => ({ replace: [callbackMayWait(ops, "always")] }),
    no: ({ ops }) => ({ replace: [callbackMayWait(ops, "no")] }),
  },
};

export const preemptionTimer: KvmOption = {
  name: "preemptionTimer",
  about: "whether VMX may use the preemption timer (kvm_intel.preemption_timer); a TD never does",
  source: "m19, m21; timer 1.9, 1.11",
  values: ["on", "off"],
  patches: {},
};

export const fastpath: KvmOption = {
  name: "fastpath",
  about:
    "which TSC-deadline writes VMX handles in the exit fastpath: those that can use the hv timer (6.16), or all (6.19)",
  source: "timer 1.3; UNSURE list 6",
  values: ["6.16", "6.19"],
  patches: {
    "6.16": ({ guest }) => (guest === "vmx" ? { replace: [guestWritesDeadline(fastpathIfHvTimer)] } : {}),
    "6.19": ({ guest }) => (guest === "vmx" ? { replace: [guestWritesDeadline(fastpathAlways)] } : {}),
  },
};

export const hrtimerPinned: KvmOption = {
  name: "hrtimerPinned",
  about: "whether the hrtimer is pinned to the pCPU that starts it, as m21 considers",
  source: "m21; timer 1.12, 9.5",
  values: ["off", "on"],
  patches: {
    on: () => ({
      replace: [{ ...startHrtimer, args: { ...startHrtimer.args, on: ["OWN"] } }, enqueue(["OWN"])],
    }),
  },
};

export const tdcrGuard: KvmOption = {
  name: "tdcrGuard",
  about:
    "UNSURE: whether some guard was missed that keeps a TDCR write from restarting a one-shot that was delivered",
  source: "timer 1.14, 9.4 F5, UNSURE list 5",
  values: ["none", "guarded"],
  patches: { guarded: () => ({ replace: [tdcrCancel(true)] }) },
};

export const postTimer: KvmOption = {
  name: "postTimer",
  about:
    "when an expiry on another CPU is posted: if the setup says so, or whenever the vCPU is in the guest",
  source: "m18; timer 9.0 V2",
  values: ["as-configured", "in-guest-mode"],
  patches: {
    "in-guest-mode": ({ ops }) => ({
      replace: [timerFnLocal(expirePending(ops, inGuestMode)), callbackCanPost(inGuestMode)],
    }),
  },
};

export const timerDelivery: KvmOption = {
  name: "timerDelivery",
  about:
    "lapic_timer.pending as in every tree read, or delivery at once; direct-fixed also cancels the hrtimer and looks at " +
    "the deadline before a timer is started again",
  source: "m21; timer 9.0 V3",
  values: ["pending", "direct", "direct-fixed"],
  patches: { direct, "direct-fixed": directFixed },
};

export const apicMapAlloc: KvmOption = {
  name: "apicMapAlloc",
  about: "whether kvm_recalculate_apic_map() can fail to allocate its map",
  source: "m3; timer 3.6",
  values: ["ok", "may-fail"],
  patches: {
    "may-fail": ({ ops, guest }) =>
      guest === "td"
        ? { replace: [recalculateMap(ops, ["ok", "enomem"]), buildApicMap(["ok", "enomem"])] }
        : {},
  },
};

export const rtcGuest: KvmOption = {
  name: "rtcGuest",
  about:
    "where the guest reads the RTC's register C, which lowers the line: in its handler only, or anywhere",
  source: "irqchip 2.9, (b) RtcHandler",
  values: ["handler", "polls"],
  patches: { polls: () => ({ replace: [pollC] }) },
};

export const tdhVpEnter: KvmOption = {
  name: "tdhVpEnter",
  about:
    "UNSURE: whether TDH.VP.ENTER can come back without having run the guest, leaving PIR and ON untouched",
  source: "timer 4.7 E4, E5, UNSURE list 1",
  values: ["may-be-busy", "always-enters"],
  patches: { "always-enters": ({ guest }) => (guest === "td" ? { drop: ["tdh_vp_enter_busy"] } : {}) },
};

/** Every option, in the order in which its patches are applied. */
export const options: readonly KvmOption[] = [
  nohzFull,
  hltMwaitInGuest,
  disabledExits,
  irqchip,
  timerMode,
  timerAdvance,
  timerClocks,
  directWait,
  preemptionTimer,
  fastpath,
  hrtimerPinned,
  tdcrGuard,
  postTimer,
  timerDelivery,
  apicMapAlloc,
  rtcGuest,
  ...Object.values(levelOptions),
  tdhVpEnter,
  ...blockingOptions,
  ...Object.values(lifecycle),
  ...Object.values(delivery),
  ...Object.values(rtcOptions),
  ...Object.values(extIntOptions),
  ...Object.values(pitOptions),
];
