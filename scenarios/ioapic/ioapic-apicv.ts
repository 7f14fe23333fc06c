import { guestEoiEndsItsInterrupt, sviIsHighestInService } from "../../properties/apicv/svi.ts";
import { remoteIrrNotStuck } from "../../properties/ioapic/level.ts";
import { vectorInIrrIsInRvi } from "../../properties/posting/rvi.ts";
import { inhibitSteps } from "../../models/kvm/actions/apicv/apicv.ts";
import { asProgrammed } from "../../models/kvm/actions/ioapic/pin.ts";
import { reroute } from "../../models/kvm/actions/ioapic/reroute.ts";
import { eoiExitmap, svi } from "../../models/kvm/options/apicv.ts";
import { eoiLaws } from "../irqchip-laws.ts";
import { apicvLaws, postingLaws, runLoopLaws } from "../laws.ts";
import { names } from "../parts.ts";
import { world } from "../world.ts";
import { sentElsewhere } from "./ioapic-scan.ts";

/** A vCPU whose APICv is inhibited and activated again while a level-triggered pin is sent to it. */
export default world({
  name: "kvm/ioapic-apicv",
  about:
    "one vCPU whose APICv is inhibited and activated again, and somebody who sends a level-triggered pin to it",
  guests: ["vmx"],
  options: [eoiExitmap, svi],
  scope: { vcpu: 1 },
  start: "running",
  actions: [...sentElsewhere, "guest_io", "KVM_SET_GUEST_DEBUG", ...names(inhibitSteps)],
  adds: (ops) => reroute(asProgrammed(ops)),
  properties: [
    remoteIrrNotStuck,
    guestEoiEndsItsInterrupt,
    sviIsHighestInService,
    vectorInIrrIsInRvi,
    ...runLoopLaws,
    ...postingLaws,
    ...apicvLaws,
    ...eoiLaws,
  ],
  expected: [
    {
      property: "remote-irr-not-stuck",
      where: { eoiExitmap: "not-reloaded" },
      verdict: "violated",
      because:
        "the pin was scanned while APICv was inhibited, and nothing loads the EOI exit bitmap as it is activated again",
    },
    { property: "remote-irr-not-stuck", verdict: "holds" },
    // Under BLOCKIRQ nothing is injected: what is in service as APICv is activated was so before, and SVI has it still.
    { property: "guest-eoi-ends-its-interrupt", verdict: "holds" },
    {
      property: "svi-is-highest-in-service",
      where: { svi: "6.16" },
      verdict: "violated",
      because:
        "nothing loads SVI as APICv is activated: it is still what was in service as APICv was inhibited",
    },
    { property: "svi-is-highest-in-service", verdict: "holds" },
    { property: "vector-in-irr-is-in-rvi", verdict: "holds" },
  ],
});
