import { actionNamed, amend, has } from "apicv-check";
import { apicEnabled, extendWorld, invariant, only, optionNamed } from "apicv-check/kvm";

const about = "apic_map_dirty as a bool loses a change made while the map is built";
const mapDirty = { name: "mapDirty", about, source: "44d52717053a", values: ["tri-state", "bool"] };

const cleanMapIsRight = invariant({
  id: "clean-map-is-right",
  statement: "A clean map finds by logical id exactly the vCPUs whose APIC is enabled",
  source: "bug RT-1",
  kernel: "kvm_recalculate_apic_map()",
  args: { v: "vcpu" },
  antecedent: ({ vm }) =>
    vm.apicMap.dirty === "CLEAN" && vm.apicMap.pc === "IDLE" && vm.apicMap.map.present,
  holds: ({ vm, vcpu }, { v }) =>
    has(vm.apicMap.map.logical, v) === (vcpu[v].pc !== "ABSENT" && apicEnabled(vcpu[v])),
});

export default extendWorld("kvm/apic-map", {
  name: "rt-1",
  about,
  designs: ["upstream"],
  options: [only(optionNamed("setLapic"), "allow"), mapDirty],
  change: ({ actions }, { options }) => {
    const clean = amend(actionNamed(actions, "apic_map_done"), {
      after: (d) => {
        d.vm.apicMap.dirty = "CLEAN"; // whatever has become dirty meanwhile
        for (let v = 0; v < d.vcpu.length; v++) d.vcpu[v].inIoctl = false;
      },
    });
    return options["mapDirty"] === "bool" ? { replace: [clean] } : {};
  },
  properties: [cleanMapIsRight],
  expected: [
    { property: "clean-map-is-right", where: { mapDirty: "bool" }, verdict: "violated" },
    { property: "clean-map-is-right", verdict: "holds" },
  ],
});
