import { refreshWarns, updateApicv } from "../actions/apicv/apicv.ts";
import { tdxCreateWithLapic } from "../actions/creation/create-vcpu.ts";
import { createIrqchip } from "../actions/creation/irqchip.ts";
import { tdOps } from "../ops.ts";
import { getLapic, setLapicAllowed } from "../actions/ioctls/lapic-state.ts";
import { setSregsAllowed } from "../actions/ioctls/sregs.ts";
import { tdInitVcpuClearsActive, tdInitVmInhibits } from "../actions/creation/tdx-init.ts";
import type { Design } from "./design.ts";

/** The patch as posted: APICv inhibited for a TD. */
export const v1Inhibit: Design = {
  about: "the posted patch: APICv inhibited for a TD, apicv_active cleared as the vCPU is initialized",
  source: "m1; irqchip 0.3 D0; timer 9.0 V0",
  patch: {
    replace: [
      createIrqchip,
      tdxCreateWithLapic,
      tdInitVmInhibits,
      tdInitVcpuClearsActive,
      ...setSregsAllowed,
      setLapicAllowed(tdOps),
      getLapic(tdOps),
      updateApicv(refreshWarns),
    ],
  },
};
