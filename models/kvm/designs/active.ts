import { tdxCreateWithLapic } from "../actions/creation/create-vcpu.ts";
import { createIrqchip } from "../actions/creation/irqchip.ts";
import type { Design } from "./design.ts";

/** The proposal at the end of m3: APICv active, and the VM bugged if that ever changes. */
export const active: Design = {
  about: "the proposal: APICv active for a TD, KVM_BUG_ON if it becomes inactive; any in-kernel irqchip",
  source: "m3; irqchip 0.3 D1; timer 9.0 V1",
  patch: { replace: [createIrqchip, tdxCreateWithLapic] },
};
