import { setLapicAllowed, setLapicForcesX2apic, setLapicRefused } from "../actions/ioctls/lapic-state.ts";
import { setMpState616 } from "../actions/ioctls/mp-state.ts";
import { noneAccepted, setMsrs as writeMsrs, unfiltered } from "../actions/ioctls/msrs.ts";
import {
  setSregsAllowed,
  setSregsChecksGuestState,
  setSregsRefused,
  setSregsRejectsEither,
} from "../actions/ioctls/sregs.ts";
import { option } from "../option.ts";

export const setSregs = option({
  name: "setSregs",
  about: "what KVM_SET_SREGS may do to a TD's APIC base: as the design has it, or one of m3's three ways",
  source: "m3; timer 3.8",
  guests: ["td"],
  values: {
    "as-designed": {},
    allow: { replace: setSregsAllowed },
    "reject-either": { replace: setSregsRejectsEither },
    "check-guest-state": { replace: setSregsChecksGuestState },
    "has-protected-state": { replace: setSregsRefused },
  },
});

export const setLapic = option({
  name: "setLapic",
  about: "what KVM_SET_LAPIC may do to a TD: as the design has it, anything, force x2APIC mode, or nothing",
  source: "m3; timer 3.8",
  guests: ["td"],
  values: {
    "as-designed": {},
    allow: ({ ops }) => ({ replace: [setLapicAllowed(ops)] }),
    "force-x2apic": ({ ops }) => ({ replace: [setLapicForcesX2apic(ops)] }),
    reject: { replace: [setLapicRefused] },
  },
});

export const setMsrs = option({
  name: "setMsrs",
  about:
    "UNSURE of v1-inhibit and active: which of a TD's APIC registers KVM_SET_MSRS writes: those that the TDX module does " +
    "not virtualize (as merged), all of them, or none",
  source: "irqchip 6, UNSURE list 3",
  guests: ["td"],
  values: {
    "as-merged": {},
    unfiltered: ({ ops }) => ({ replace: [writeMsrs(ops, unfiltered)] }),
    refused: ({ ops }) => ({ replace: [writeMsrs(ops, noneAccepted)] }),
  },
});

export const mpState = option({
  name: "mpState",
  about:
    "whether a TD's KVM_SET_MP_STATE refuses to wait for INIT or SIPI (6.16), or KVM_RUN does afterwards (6.19)",
  source: "irqchip 6.4",
  guests: ["td"],
  since: { "6.14": "6.16", "6.19": "6.19" },
  values: { "6.19": {}, "6.16": { replace: [setMpState616] } },
});

/** What is left open of the ioctls of a vCPU. */
export default [setSregs, setLapic, setMsrs, mpState] as const;
