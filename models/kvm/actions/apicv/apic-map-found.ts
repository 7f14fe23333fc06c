import type { Draft } from "#check";
import type { State } from "../../state.ts";

/** What kvm_recalculate_apic_map() finds as it looks at every vCPU. */

type Vcpu = Draft<State>["vcpu"][number];

/** An xAPIC id that no vCPU has by itself. */
const FOREIGN = 7;

/** The id under which a vCPU stands in the map: 32 bits in x2APIC mode, else the xAPIC's eight. */
const physicalId = ({ apicMode, idModified }: Vcpu, id: number): number =>
  apicMode === "X2APIC" ? id : idModified ? FOREIGN : id & 0xff;

/** Two of the ids are the same, so that there is no map. */
export const aliases = (d: Draft<State>): boolean => {
  if (d.vm.apicMap.x2apicFormat) return false;
  const step = d.vm.apicMap.ids === "CONSECUTIVE" ? 1 : 256;
  const ids = new Set<number>();
  let count = 0;
  for (let i = 0; i < d.vcpu.length; i++) {
    if (d.vcpu[i].pc === "ABSENT" || d.vcpu[i].apicMode === "DISABLED") continue;
    ids.add(physicalId(d.vcpu[i], i * step));
    count++;
  }
  return ids.size < count;
};

/** The vCPUs by physical id, those whose APIC is enabled by its base, and by logical id, those enabled by SPIV as well. */
export const mapped = (d: Draft<State>, kind: "physical" | "logical"): number => {
  let set = 0;
  for (let i = 0; i < d.vcpu.length; i++) {
    const { pc, apicMode, swEnabled } = d.vcpu[i];
    if (pc === "ABSENT" || apicMode === "DISABLED") continue;
    if (kind === "physical" || swEnabled) set |= 1 << i;
  }
  return set;
};

/** A map is built and published in one step, where nothing can be delivered meanwhile. */
export const publishApicMap = (d: Draft<State>): void => {
  const { map } = d.vm.apicMap;
  map.present = true;
  map.physical = mapped(d, "physical");
  map.logical = mapped(d, "logical");
};

/** An xAPIC id is not the one that its vCPU was given. */
export const mismatch = (d: Draft<State>): boolean => {
  for (let i = 0; i < d.vcpu.length; i++) {
    const { pc, apicMode, idModified } = d.vcpu[i];
    if (pc !== "ABSENT" && apicMode === "XAPIC" && idModified) return true;
  }
  return false;
};
