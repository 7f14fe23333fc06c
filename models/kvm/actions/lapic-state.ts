import type { Action, Draft } from "#check";
import { mutexFree } from "../predicates.ts";
import { vectorNames } from "../state-vectors.ts";
import type { State } from "../state.ts";
import { dirtyApicMap } from "./apic-map.ts";
import { ioctl } from "./ioctl.ts";
import { restoreTracking } from "./rtc-restore.ts";

const mayIoctl = (s: State, { v }: { readonly v: number }): boolean => mutexFree(s.vcpu[v]);

/** It ends under ioapic->lock, where there is one. */
const maySet = (s: State, args: { readonly v: number }): boolean => mayIoctl(s, args) && !s.ioapic.locked;

type Lapic = { readonly id: string; readonly spiv: string };

/**
 * kvm_apic_set_state() of a TD's vCPU: what was posted is cleared, SPIV and pending are set, its RTC's EOI is forgotten, the
 * map is rebuilt.
 */
const setState = (d: Draft<State>, v: number, { spiv }: Lapic): void => {
  const vcpu = d.vcpu[v];
  vcpu.on = false;
  for (const vector of vectorNames) vcpu.pir[vector] = false;
  vcpu.swEnabled = spiv === "on";
  d.timer[v].pending = 0;
  vcpu.req.EVENT = true;
  if (d.vm.irqchip === "KERNEL") restoreTracking(d, v, false);
  dirtyApicMap(d, v);
};

const common = {
  actor: "userspace",
  args: { v: "vcpu", id: ["own", "other"], spiv: ["on", "off"] },
  atomic:
    "vcpu->mutex, and ioapic->lock for kvm_rtc_eoi_tracking_restore_one(); the map is rebuilt step by step before the " +
    "mutex is released (irqchip 7.5)",
  guard: maySet,
} as const;

/** KVM_SET_LAPIC where nothing refuses it: an xAPIC id is taken as given, an x2APIC id stays the vCPU's. */
export const setLapicAllowed: Action<State> = ioctl("KVM_SET_LAPIC", {
  ...common,
  kernel: "kvm_apic_set_state(): apic_base is not touched; kvm_apic_state_fixup() of the id",
  source: "m3; timer 3.8, 5; irqchip 2.6, 6.1",
  refuses: () => undefined,
  effect: (d, { v, id, spiv }) => {
    setState(d, v, { id, spiv });
    d.vcpu[v].idModified = d.vcpu[v].apicMode === "XAPIC" && id === "other";
  },
});

/** KVM_SET_LAPIC that forces x2APIC mode and the default base: m3's first option. */
export const setLapicForcesX2apic: Action<State> = ioctl("KVM_SET_LAPIC", {
  ...common,
  kernel: "kvm_apic_set_state(), guest_apic_protected: x2APIC mode and the default base",
  source: "m3; timer 3.8; irqchip 6.1",
  refuses: () => undefined,
  effect: (d, { v, id, spiv }) => {
    setState(d, v, { id, spiv });
    d.vcpu[v].apicMode = "X2APIC";
    d.vcpu[v].idModified = false;
    d.vcpu[v].req.APICV_UPDATE = true;
  },
});

/** KVM_SET_LAPIC as merged: -EINVAL for guest_apic_protected. */
export const setLapicRefused: Action<State> = ioctl("KVM_SET_LAPIC", {
  ...common,
  kernel: "kvm_arch_vcpu_ioctl(KVM_SET_LAPIC): guest_apic_protected, -EINVAL",
  source: "m3 option 2; timer 3.8; irqchip 6.1",
  atomic: "vcpu->mutex (irqchip 7.5)",
  guard: mayIoctl,
  refuses: () => "-EINVAL",
  effect: () => {},
});
