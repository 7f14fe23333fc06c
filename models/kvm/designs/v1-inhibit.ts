import { refreshWarns, updateApicv } from "../actions/apicv.ts";
import { tdxCreateWithLapic } from "../actions/create-vcpu.ts";
import { createIrqchip } from "../actions/irqchip.ts";
import { tdOps } from "../ops.ts";
import { getLapic, setLapicAllowed } from "../actions/lapic-state.ts";
import { setSregsAllowed } from "../actions/sregs.ts";
import { tdInitVcpuClearsActive, tdInitVmInhibits } from "../actions/tdx-init.ts";
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
