import { anyVector } from "../../models/kvm/predicates.ts";
import { inhibitReasons } from "../../models/kvm/state-apicv.ts";
import { step, type State } from "../../models/kvm/state.ts";

type Vcpu = State["vcpu"][number];

const same = (a: Vcpu["irr"], b: Vcpu["irr"]): boolean =>
  a.timer === b.timer && a.rtc === b.rtc && a.device === b.device;

export const setLapicLeavesApicvAlone = step({
  id: "set-lapic-leaves-apicv-alone",
  statement:
    "KVM_SET_LAPIC of a running TD changes neither apicv_active nor the inhibits, and nothing of the guest's IRR and ISR",
  source: "m3; timer 5, 9.2 Q16",
  claim: "Q16",
  kernel: "kvm_apic_set_state(): kvm_apic_update_apicv() and apicv_post_state_restore() do nothing for a TD",
  args: { v: "vcpu" },
  antecedent: (_, __, { action, args }, { v }) => action === "KVM_SET_LAPIC" && args["v"] === v,
  holds: (before, after, _, { v }) =>
    before.vcpu[v].apicvActive === after.vcpu[v].apicvActive &&
    inhibitReasons.every((reason) => before.vm.inhibit[reason] === after.vm.inhibit[reason]) &&
    same(before.vcpu[v].irr, after.vcpu[v].irr) &&
    same(before.vcpu[v].isr, after.vcpu[v].isr),
});

export const setLapicKeepsPosted = step({
  id: "set-lapic-keeps-what-was-posted",
  statement: "KVM_SET_LAPIC of a running TD leaves in PIR what was posted",
  source: "timer 4.2, 5, 9.2 Q16",
  claim: "Q16",
  kernel: "kvm_apic_set_state(): apicv_pre_state_restore() is not ignored for a TD",
  args: { v: "vcpu" },
  antecedent: (before, _, { action, args }, { v }) =>
    action === "KVM_SET_LAPIC" && args["v"] === v && anyVector(before.vcpu[v].pir),
  holds: (before, after, _, { v }) => same(before.vcpu[v].pir, after.vcpu[v].pir),
});
