import type { Claim } from "#check";
import { tdDesigns } from "./columns.ts";
import { asks } from "./make.ts";

const world = "kvm/set-lapic";
const allow = ["setLapic=allow"];

/** What the thread says about the functions that ask for APICv and yet do nothing to a TD. */
const setLapicClaims: readonly Claim[] = [
  {
    id: "Q16",
    statement:
      "APICv being active makes no difference to update_cr8_intercept(), kvm_lapic_reset() and kvm_apic_set_state() for a " +
      "TD, whose callbacks do nothing",
    messages: ["m3"],
    source: "timer 9.2 Q16, 4.2, 5",
    word: "holds under: every callback but apicv_pre_state_restore()",
    said: "m3 says that these functions are not affected, since what they call does nothing for a TD.",
    shown:
      "KVM_SET_LAPIC, where it is allowed, leaves the same states under the posted patch and with APICv active; but it " +
      "clears PIR and ON of a TD too, so what was posted is lost under either. The other two rest on the source: the " +
      "first has no state that a TD could see, the second runs at creation only, before anything is posted.",
    checks: [
      asks(world, "set-lapic-leaves-apicv-alone", tdDesigns, allow),
      asks(world, "set-lapic-keeps-what-was-posted", tdDesigns, allow),
      asks(world, "set-lapic-keeps-what-was-posted", tdDesigns),
    ],
  },
];

export default setLapicClaims;
