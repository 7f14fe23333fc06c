import { option } from "../option.ts";

export const tdhVpEnter = option({
  name: "tdhVpEnter",
  about:
    "UNSURE: whether TDH.VP.ENTER can come back without having run the guest, leaving PIR and ON untouched",
  source: "timer 4.7 E4, E5, UNSURE list 1",
  guests: ["td"],
  values: { "may-be-busy": {}, "always-enters": { drop: ["tdh_vp_enter_busy"] } },
});

/** What is left open of vcpu_run() and vcpu_enter_guest(). */
export default [tdhVpEnter] as const;
