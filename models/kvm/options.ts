import type { Option, Patch } from "#check";
import { recalculateMap } from "./actions/apicv.ts";
import { directExpired } from "./actions/expired.ts";
import { pollC } from "./actions/rtc-handler.ts";
import { expireDirect, expirePending, inGuestMode, timerFnLocal } from "./actions/timer-fn-local.ts";
import { callbackCanPost, callbackDirect } from "./actions/timer-fn-remote.ts";
import type { VendorOps } from "./ops.ts";
import type { State } from "./state.ts";

/** A decision that the thread leaves open; a value may patch the model or be read by the boot sequence. */
export interface KvmOption extends Option {
  readonly patches: Readonly<
    Record<string, (world: { readonly ops: VendorOps; readonly guest: string }) => Patch<State>>
  >;
}

const direct = ({ ops }: { readonly ops: VendorOps }): Patch<State> => ({
  replace: [timerFnLocal(expireDirect(ops)), callbackDirect(ops), directExpired(ops)],
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
    "lapic_timer.pending as in every tree read, or delivery at once; direct-fixed differs from direct only in the VMX " +
    "preemption timer, which these worlds do not have",
  source: "m21; timer 9.0 V3",
  values: ["pending", "direct", "direct-fixed"],
  patches: { direct, "direct-fixed": direct },
};

export const apicMapAlloc: KvmOption = {
  name: "apicMapAlloc",
  about: "whether kvm_recalculate_apic_map() can fail to allocate its map",
  source: "m3; timer 3.6",
  values: ["ok", "may-fail"],
  patches: {
    "may-fail": ({ guest }) => (guest === "td" ? { replace: [recalculateMap(["ok", "enomem"])] } : {}),
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
  irqchip,
  timerMode,
  postTimer,
  timerDelivery,
  apicMapAlloc,
  rtcGuest,
  tdhVpEnter,
];
