import { setLapicAllowed, setLapicForcesX2apic, setLapicRefused } from "./actions/lapic-state.ts";
import {
  setSregsAllowed,
  setSregsChecksGuestState,
  setSregsRefused,
  setSregsRejectsEither,
} from "./actions/sregs.ts";
import { tdFinalizeAll, tdFinalizeLocked } from "./actions/tdx-init.ts";
import { setMpState619 } from "./actions/mp-state.ts";
import { noneAccepted, setMsrs, unfiltered } from "./actions/msrs.ts";
import { tdOps } from "./ops.ts";
import type { Action, Patch } from "#check";
import type { KvmOption } from "./options.ts";
import type { State } from "./state.ts";

/** The action as it is for a TD; an ordinary guest is not concerned. */
const ofTd =
  (...actions: readonly Action<State>[]) =>
  ({ guest }: { readonly guest: string }): Patch<State> =>
    guest === "td" ? { replace: actions } : {};

const setSregs: KvmOption = {
  name: "setSregs",
  about: "what KVM_SET_SREGS may do to a TD's APIC base: as the design has it, or one of m3's three ways",
  source: "m3; timer 3.8",
  values: ["as-designed", "allow", "reject-either", "check-guest-state", "has-protected-state"],
  patches: {
    allow: ofTd(...setSregsAllowed),
    "reject-either": ofTd(...setSregsRejectsEither),
    "check-guest-state": ofTd(...setSregsChecksGuestState),
    "has-protected-state": ofTd(...setSregsRefused),
  },
};

const setLapic: KvmOption = {
  name: "setLapic",
  about: "what KVM_SET_LAPIC may do to a TD: as the design has it, anything, force x2APIC mode, or nothing",
  source: "m3; timer 3.8",
  values: ["as-designed", "allow", "force-x2apic", "reject"],
  patches: {
    allow: ofTd(setLapicAllowed(tdOps)),
    "force-x2apic": ofTd(setLapicForcesX2apic(tdOps)),
    reject: ofTd(setLapicRefused),
  },
};

const x2apicApi: KvmOption = {
  name: "x2apicApi",
  about: "whether userspace enables KVM_CAP_X2APIC_API with 32-bit ids, as m12 wanted to require",
  source: "m12, m13, m14; timer 3.6",
  values: ["off", "on"],
  patches: {},
};

const vcpuIds: KvmOption = {
  name: "vcpuIds",
  about: "the ids of two vCPUs: 0 and 1, or 0 and 256, whose xAPIC ids are the same",
  source: "timer 9.4 F1",
  values: ["consecutive", "0-and-256"],
  patches: {},
};

const tdFinalize: KvmOption = {
  name: "tdFinalize",
  about: "UNSURE: whether a TD may be finalized while vCPUs of it are not initialized; KVM does not check",
  source: "timer 4.1, 9.4 F1, UNSURE list 3",
  values: ["any-vcpus", "all-initialized"],
  patches: { "all-initialized": ofTd(tdFinalizeAll) },
};

const tdLocks: KvmOption = {
  name: "tdLocks",
  about:
    "UNSURE: which locks KVM_TDX_FINALIZE_VM takes: kvm->lock (6.16), or every lock of the TD, and so -EBUSY while a vCPU " +
    "is being created (6.19)",
  source: "irqchip 6.9",
  values: ["6.16", "6.19"],
  patches: { "6.19": ofTd(tdFinalizeLocked) },
};

const setMsrsOption: KvmOption = {
  name: "setMsrs",
  about:
    "UNSURE of v1-inhibit and active: which of a TD's APIC registers KVM_SET_MSRS writes: those that the TDX module does " +
    "not virtualize (as merged), all of them, or none",
  source: "irqchip 6, UNSURE list 3",
  values: ["as-merged", "unfiltered", "refused"],
  patches: {
    unfiltered: ofTd(setMsrs(tdOps, unfiltered)),
    refused: ofTd(setMsrs(tdOps, noneAccepted)),
  },
};

const mpState: KvmOption = {
  name: "mpState",
  about:
    "whether a TD's KVM_SET_MP_STATE refuses to wait for INIT or SIPI (6.16), or KVM_RUN does afterwards (6.19)",
  source: "irqchip 6.4",
  values: ["6.16", "6.19"],
  patches: { "6.19": ofTd(setMpState619) },
};

/** What is left open of bring-up, APIC ids and the ioctls that could change APICv. */
export const lifecycle = {
  setSregs,
  setLapic,
  x2apicApi,
  vcpuIds,
  tdFinalize,
  tdLocks,
  setMsrs: setMsrsOption,
  mpState,
} as const;
