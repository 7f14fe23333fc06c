import { buildApicMap } from "../actions/apicv/apic-map.ts";
import {
  leavesSvi,
  recalculateMap,
  refreshControls,
  reloadsEoiExitmap,
  updateApicv,
} from "../actions/apicv/apicv.ts";
import { joint, option } from "../option.ts";

export const apicMapAlloc = option({
  name: "apicMapAlloc",
  about: "whether kvm_recalculate_apic_map() can fail to allocate its map",
  source: "m3; timer 3.6",
  guests: ["td"],
  values: {
    ok: {},
    "may-fail": ({ ops }) => ({
      replace: [recalculateMap(ops, ["ok", "enomem"]), buildApicMap(["ok", "enomem"])],
    }),
  },
});

export const vcpuIds = option({
  name: "vcpuIds",
  about: "the ids of two vCPUs: 0 and 1, or 0 and 256, whose xAPIC ids are the same",
  source: "timer 9.4 F1",
  values: { consecutive: {}, "0-and-256": { boot: { vm: () => [["choose_vcpu_ids_0_and_256"]] } } },
});

export const x2apicApi = option({
  name: "x2apicApi",
  about: "whether userspace enables KVM_CAP_X2APIC_API with 32-bit ids, as m12 wanted to require",
  source: "m12, m13, m14; timer 3.6",
  values: {
    off: {},
    on: { boot: { vm: () => [["KVM_CAP_X2APIC_API", { flag: "USE_32BIT_IDS" }]] } },
  },
});

export const apicvAbsent = option({
  name: "apicvAbsent",
  about:
    "whether APICv is inhibited while there is no in-kernel LAPIC, as it is in every version read, or the kernel is one from " +
    "before there was that reason",
  source: "timer 3.1",
  guests: ["vmx", "avic"],
  values: {
    inhibits: {},
    "no-such-reason": { boot: { vm: () => [["kvm_apicv_init_without_absent"]] } },
  },
});

export const eoiExitmap = option({
  name: "eoiExitmap",
  about:
    "whether kvm_vcpu_update_apicv() requests KVM_REQ_LOAD_EOI_EXITMAP as it activates APICv: it does not, up to 7.3, so " +
    "that what was scanned meanwhile does not reach the VMCS",
  source: "irqchip 3.2; timer 3.4",
  guests: ["vmx"],
  values: { "not-reloaded": {}, reloaded: {} },
});

export const svi = option({
  name: "svi",
  about:
    "whether SVI is loaded with the highest vector in service as APICv is activated: since 6.19 (b2849bec936b) it is, in 6.16 " +
    "it stays what it was as APICv was inhibited",
  source: "timer 3.4",
  guests: ["vmx"],
  since: { "6.14": "6.16", "6.19": "6.19" },
  values: { "6.19": {}, "6.16": {} },
});

const activation = joint({ eoiExitmap, svi }, (_, set) => {
  const follow = [
    ...(set.eoiExitmap === "reloaded" ? [reloadsEoiExitmap] : []),
    ...(set.svi === "6.16" ? [leavesSvi] : []),
  ];
  return follow.length === 0 ? {} : { replace: [updateApicv(refreshControls, ...follow)] };
});

/** What is left open of APICv and of the map of APIC ids, which may inhibit it. */
export default [apicMapAlloc, vcpuIds, x2apicApi, apicvAbsent, eoiExitmap, svi, activation] as const;
