import { apicvNeverTogglesForTd } from "../../properties/apicv/apicv-never-toggles-for-td.ts";
import { entryAgreesWithInhibits, refreshNeverWarns } from "../../properties/apicv/apicv-state.ts";
import { apicMapAlloc } from "../../models/kvm/options/apicv.ts";
import { apicvLaws, runLoopLaws } from "../laws.ts";
import { inhibits, runLoop, userspaceExits } from "../parts.ts";
import { world } from "../world.ts";

/** Two vCPUs, and everything that can ask for a change of APICv while they run. */
export const apicv = world({
  name: "kvm/apicv",
  about: "two vCPUs from their first KVM_RUN on, while ioctls change inhibits and the apic map is rebuilt",
  options: [apicMapAlloc],
  scope: { vcpu: 2 },
  start: "created",
  actions: [...runLoop, ...userspaceExits, ...inhibits, "KVM_SET_SREGS"],
  properties: [
    apicvNeverTogglesForTd,
    refreshNeverWarns,
    entryAgreesWithInhibits,
    ...runLoopLaws,
    ...apicvLaws,
  ],
  expected: [
    { property: "apicv-never-toggles-for-td", where: { guest: "vmx" }, verdict: "vacuous", because: "no TD" },
    { property: "apicv-never-toggles-for-td", where: { design: "v1-inhibit" }, verdict: "holds" },
    {
      property: "apicv-never-toggles-for-td",
      where: { apicMapAlloc: "may-fail" },
      verdict: "violated",
      because: "m3's corner case: no memory for the apic map; the VM is bugged",
    },
    { property: "apicv-never-toggles-for-td", verdict: "holds" },
    { property: "refresh-never-warns-for-td", where: { guest: "vmx" }, verdict: "vacuous", because: "no TD" },
    { property: "refresh-never-warns-for-td", verdict: "holds" },
    { property: "entry-agrees-with-inhibits", verdict: "holds" },
  ],
});

export default apicv;
