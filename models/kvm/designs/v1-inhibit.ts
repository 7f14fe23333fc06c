import { refreshWarns, updateApicv } from "../actions/apicv.ts";
import {
  createIrqchip,
  createVcpuWithLapic,
  setSregsAllowed,
  tdInitVcpu,
  tdInitVm,
} from "../actions/lifecycle.ts";
import { setLapicAllowed } from "../actions/sregs.ts";
import { action } from "../state.ts";
import type { Design } from "./design.ts";

const initVmInhibits = action("KVM_TDX_INIT_VM", {
  actor: "userspace",
  kernel: "__tdx_td_init(): kvm_set_apicv_inhibit(TDX)",
  source: "m1; irqchip 6.9 D0",
  atomic: tdInitVm.atomic,
  // tdx_bringup() did not ask for enable_apicv yet.
  guard: (s) => s.host.booted && s.vm.td === "UNINITIALIZED" && s.vcpu.every(({ pc }) => pc === "ABSENT"),
  effect: (d, args) => {
    tdInitVm.effect(d, args);
    d.vm.inhibit.TDX = true;
  },
});

const initVcpuClearsActive = action("KVM_TDX_INIT_VCPU", {
  actor: "userspace",
  args: { v: "vcpu" },
  kernel: "tdx_td_vcpu_init(): apicv_active = false",
  source: "m1; irqchip 6.10 D0",
  atomic: tdInitVcpu.atomic,
  guard: tdInitVcpu.guard,
  effect: (d, args) => {
    tdInitVcpu.effect(d, args);
    d.vcpu[args.v].apicvActive = false;
  },
});

/** The patch as posted: APICv inhibited for a TD. */
export const v1Inhibit: Design = {
  about: "the posted patch: APICv inhibited for a TD, apicv_active cleared as the vCPU is initialized",
  source: "m1; irqchip 0.3 D0; timer 9.0 V0",
  patch: {
    add: [createIrqchip],
    replace: [
      createVcpuWithLapic,
      initVmInhibits,
      initVcpuClearsActive,
      setSregsAllowed,
      setLapicAllowed,
      updateApicv(refreshWarns),
    ],
  },
};
