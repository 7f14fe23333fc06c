import { apicvNeverTogglesForTd } from "../../properties/apicv/apicv-never-toggles-for-td.ts";
import { refreshNeverWarns } from "../../properties/apicv/apicv-state.ts";
import {
  buggedVmRunsNoGuest,
  pitReinjNeverInhibits,
  setLapicKeepsApicMode,
  sregsNeverBugsTd,
  tdStartsWithApicvActive,
  tdVcpuImpliesSplit,
  tdVcpuNeedsLapic,
} from "../../properties/creation/lifecycle.ts";
import { setLapic, setSregs } from "../../models/kvm/options/ioctls.ts";
import { apicMap, createVcpu, runLoop, userspaceExits } from "../parts.ts";
import type { Where } from "../expectation.ts";
import { world } from "../world.ts";

const posted: Where = { guest: "td", design: "v1-inhibit" };
const noTd = (property: string) =>
  ({ property, where: { guest: "vmx" }, verdict: "vacuous", because: "no TD" }) as const;
const disables = {
  verdict: "violated",
  because: "KVM_SET_SREGS may disable the APIC, which makes APICv inactive",
} as const;

/** One vCPU from bring-up on, and every ioctl that userspace may try on its way. */
export default world({
  name: "kvm/lifecycle",
  about: "a VM with one vCPU from the loaded module on: irqchips, PIT, initialization, and the APIC ioctls",
  options: [setSregs, setLapic],
  scope: { vcpu: 1 },
  start: "host-booted",
  actions: [
    ...runLoop,
    ...userspaceExits,
    ...apicMap,
    "kvm_intel_enable_apicv_0",
    "KVM_CREATE_IRQCHIP",
    "KVM_CAP_SPLIT_IRQCHIP",
    "KVM_CREATE_PIT2",
    "KVM_TDX_INIT_VM",
    ...createVcpu,
    "KVM_TDX_INIT_VCPU",
    "KVM_TDX_FINALIZE_VM",
    "KVM_SET_SREGS",
    "KVM_SET_LAPIC",
  ],
  properties: [
    apicvNeverTogglesForTd,
    refreshNeverWarns,
    tdStartsWithApicvActive,
    tdVcpuImpliesSplit,
    tdVcpuNeedsLapic,
    sregsNeverBugsTd,
    setLapicKeepsApicMode,
    pitReinjNeverInhibits,
    buggedVmRunsNoGuest,
  ],
  expected: [
    noTd("apicv-never-toggles-for-td"),
    noTd("refresh-never-warns-for-td"),
    noTd("td-vcpu-starts-with-apicv-active"),
    noTd("td-vcpu-implies-split-irqchip"),
    noTd("td-vcpu-needs-lapic"),
    noTd("td-runs-with-its-apic-enabled"),
    { ...noTd("bugged-vm-runs-no-guest"), because: "nothing bugs an ordinary VM" },

    {
      property: "td-vcpu-starts-with-apicv-active",
      where: posted,
      verdict: "violated",
      because: "enable_apicv=0",
    },
    { property: "td-vcpu-starts-with-apicv-active", verdict: "holds" },
    {
      property: "td-vcpu-implies-split-irqchip",
      where: { design: ["v1-inhibit", "active"] },
      verdict: "violated",
      because: "an in-kernel irqchip was allowed",
    },
    { property: "td-vcpu-implies-split-irqchip", verdict: "holds" },
    { property: "td-vcpu-needs-lapic", verdict: "holds" },
    { property: "refresh-never-warns-for-td", verdict: "holds" },
    { property: "apicv-never-toggles-for-td", where: posted, verdict: "holds" },
    { property: "apicv-never-toggles-for-td", where: { setSregs: "allow" }, ...disables },
    { property: "apicv-never-toggles-for-td", verdict: "holds" },
    {
      property: "td-runs-with-its-apic-enabled",
      where: { ...posted, setSregs: ["as-designed", "allow"] },
      ...disables,
    },
    { property: "td-runs-with-its-apic-enabled", where: { setSregs: "allow" }, ...disables },
    { property: "td-runs-with-its-apic-enabled", verdict: "holds" },
    { property: "set-lapic-keeps-apic-enabled", verdict: "holds" },
    {
      property: "pit-reinject-never-inhibits-on-vmx",
      where: { guest: "td", design: "upstream" },
      verdict: "vacuous",
      because: "no in-kernel PIC for a PIT",
    },
    { property: "pit-reinject-never-inhibits-on-vmx", verdict: "holds" },
    {
      property: "bugged-vm-runs-no-guest",
      where: { setSregs: "allow", design: ["active", "active-split", "upstream"] },
      verdict: "holds",
    },
    { property: "bugged-vm-runs-no-guest", verdict: "vacuous", because: "nothing bugs the VM" },
  ],
});
