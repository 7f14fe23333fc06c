import { runWaits } from "../actions/run-loop/sept-zap.ts";
import { option } from "../option.ts";

export const tdhVpEnter = option({
  name: "tdhVpEnter",
  about:
    "UNSURE: whether TDH.VP.ENTER can come back without having run the guest, leaving PIR and ON untouched",
  source: "timer 4.7 E4, E5, UNSURE list 1",
  guests: ["td"],
  values: { "may-be-busy": {}, "always-enters": { drop: ["tdh_vp_enter_busy"] } },
});

export const septZapExit = option({
  name: "septZapExit",
  about:
    "the exit reason where tdx_vcpu_run() waits for a zap of the SEPT and does not enter: up to 7.3 that of the exit before " +
    "(stale); since e5f1d62c59ae, in linux-next of September 2026, undefined",
  source: "timer 4.7 E2",
  guests: ["td"],
  values: { stale: {}, undefined: () => ({ replace: [runWaits("undefined")] }) },
});

/** What is left open of vcpu_run() and vcpu_enter_guest(). */
export default [tdhVpEnter, septZapExit] as const;
