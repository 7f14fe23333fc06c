import type { Action, Draft } from "#check";
import { mutexFree } from "../predicates.ts";
import { vectorNames } from "../state-vectors.ts";
import { action, type State } from "../state.ts";
import { dirtyApicMap } from "./apic-map.ts";
import { setSregsRefused } from "./lifecycle.ts";

const userspace = "userspace";
const mayIoctl = (s: State, { v }: { readonly v: number }): boolean => mutexFree(s.vcpu[v]) && !s.vm.dead;

/** KVM_SET_SREGS refused where either flag is set: m3's first option. */
export const setSregsRejectsEither: Action<State> = {
  ...setSregsRefused,
  kernel: "kvm_arch_vcpu_ioctl_set_sregs(): guest_state_protected || has_protected_state, -EINVAL",
  source: "m3 option 1; timer 3.8",
};

/** KVM_SET_SREGS that answers 0 and does nothing: m3's second option. */
export const setSregsChecksGuestState: Action<State> = {
  ...setSregsRefused,
  kernel: "__set_sregs_common(): guest_state_protected, return 0 before kvm_apic_set_base()",
  source: "m3 option 2; timer 3.8",
};

type Lapic = { readonly id: "own" | "other"; readonly spiv: "on" | "off" };

/** kvm_apic_set_state() of any vCPU: what was posted is cleared, SPIV and pending are set, the map is rebuilt. */
const setState = (d: Draft<State>, v: number, { spiv }: Lapic): void => {
  const vcpu = d.vcpu[v];
  vcpu.on = false;
  for (const vector of vectorNames) vcpu.pir[vector] = false;
  vcpu.swEnabled = spiv === "on";
  d.timer[v].pending = 0;
  vcpu.req.EVENT = true;
  dirtyApicMap(d, v);
};

const common = {
  actor: userspace,
  args: { v: "vcpu", id: ["own", "other"], spiv: ["on", "off"] },
  atomic: "vcpu->mutex; the map is rebuilt step by step before it is released",
} as const;

/** KVM_SET_LAPIC where nothing refuses it: an xAPIC id is taken as given, an x2APIC id stays the vCPU's. */
export const setLapicAllowed = action("KVM_SET_LAPIC", {
  ...common,
  kernel: "kvm_apic_set_state(): apic_base is not touched; kvm_apic_state_fixup() of the id",
  source: "m3; timer 3.8, 5",
  guard: mayIoctl,
  effect: (d, { v, id, spiv }) => {
    setState(d, v, { id, spiv });
    d.vcpu[v].idModified = d.vcpu[v].apicMode === "XAPIC" && id === "other";
  },
});

/** KVM_SET_LAPIC that forces x2APIC mode and the default base: m3's first option. */
export const setLapicForcesX2apic = action("KVM_SET_LAPIC", {
  ...common,
  kernel: "kvm_apic_set_state(), guest_apic_protected: x2APIC mode and the default base",
  source: "m3; timer 3.8",
  guard: mayIoctl,
  effect: (d, { v, id, spiv }) => {
    setState(d, v, { id, spiv });
    d.vcpu[v].apicMode = "X2APIC";
    d.vcpu[v].idModified = false;
    d.vcpu[v].req.APICV_UPDATE = true;
  },
});

/** KVM_SET_LAPIC as merged: -EINVAL for guest_apic_protected. */
export const setLapicRefused = action("KVM_SET_LAPIC", {
  ...common,
  kernel: "kvm_arch_vcpu_ioctl(KVM_SET_LAPIC): guest_apic_protected, -EINVAL",
  source: "m3 option 2; timer 3.8",
  atomic: "vcpu->mutex",
  guard: mayIoctl,
  effect: () => {},
});
