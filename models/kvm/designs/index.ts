import { createIrqchip } from "../actions/creation/irqchip.ts";
import { active } from "./active.ts";
import type { Design } from "./design.ts";
import { v1Inhibit } from "./v1-inhibit.ts";

/** The designs by name, the default first. */
export const designs = {
  upstream: {
    about: "as merged later: APICv active, KVM_BUG_ON, split enforced and KVM_CREATE_IRQCHIP refused (6.18)",
    source: "irqchip 0.3 D3; timer 9.0 V1",
    patch: {},
  },
  "active-split": {
    about: "as merged in 6.16: APICv active, KVM_BUG_ON, split enforced at vCPU creation",
    source: "m5, m8; irqchip 0.3 D2; timer 9.0 V1",
    patch: { replace: [createIrqchip] },
  },
  active,
  "v1-inhibit": v1Inhibit,
} satisfies Record<string, Design>;
export type DesignName = keyof typeof designs;
