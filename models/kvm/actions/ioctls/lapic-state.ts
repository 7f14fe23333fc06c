import type { Action, Draft, Event } from "#check";
import type { OfVcpu } from "../../citation.ts";
import type { VendorOps } from "../../ops.ts";
import { vcpuIoctlAllowed } from "../../predicates.ts";
import { vectorNames } from "../../state-vectors.ts";
import type { State } from "../../state.ts";
import { cancels, startsInIoctl } from "../../prints/timers.ts";
import type { GuestKind } from "../../text.ts";
import { dirtyApicMap } from "../apicv/apic-map.ts";
import { ioctl, type Answer } from "../../ioctl.ts";
import { restoreTracking } from "../rtc/rtc-restore.ts";
import { cancelInIoctl, startInIoctl, type InIoctl } from "../timer/ioctl-start.ts";

type Lapic = { readonly id: string; readonly spiv: string; readonly expiry?: InIoctl };

const noLapic = (s: State): Answer | undefined => (s.vm.irqchip === "NONE" ? "-EINVAL" : undefined);

/**
 * kvm_apic_set_state() of any vCPU: what was posted is cleared, SPIV is set, a TSC-deadline timer started again, the map is
 * rebuilt.
 */
const setState = (ops: VendorOps, d: Draft<State>, v: number, { spiv, expiry = "counted" }: Lapic): void => {
  const vcpu = d.vcpu[v];
  const timer = d.timer[v];
  vcpu.on = false;
  for (const vector of vectorNames) vcpu.pir[vector] = false;
  vcpu.swEnabled = spiv === "on";
  timer.pending = 0;
  if (timer.tscMode) {
    cancelInIoctl(d, v);
    if (timer.deadline) startInIoctl(ops, d, v, expiry);
  }
  vcpu.req.EVENT = true;
  if (d.vm.irqchip === "KERNEL") restoreTracking(d, v, ops.pendingEoi(vcpu, "rtc"));
  dirtyApicMap(d, v);
};

/** What kvm_apic_set_state() does to a TSC-deadline timer. */
const setPrints = (s: State, { v }: OfVcpu, after: State, kind: GuestKind): readonly Event[] => {
  const { tscMode, deadline } = s.timer[v];
  if (s.vm.dead || s.vm.irqchip === "NONE" || !tscMode) return [];
  return [...cancels(s, v), ...(deadline ? startsInIoctl(s, v, after, kind) : [])];
};

const common = {
  actor: "userspace",
  args: { v: "vcpu", id: ["own", "other"], spiv: ["on", "off"] },
  atomic:
    "vcpu->mutex; the map is rebuilt step by step before it is released; the hrtimer's callback is waited for; " +
    "ioapic->lock for the RTC's tracking (irqchip 7.5)",
  guard: (s: State, { v }: { readonly v: number }) =>
    vcpuIoctlAllowed(s, v) && !s.ioapic.locked && s.timer[v].hr !== "CALLBACK",
} as const;

/** KVM_SET_LAPIC where nothing refuses it: an xAPIC id is taken as given, an x2APIC id stays the vCPU's. */
export const setLapicAllowed = (ops: VendorOps, expiry: InIoctl = "counted"): Action<State> =>
  ioctl("KVM_SET_LAPIC", {
    ...common,
    kernel: "kvm_apic_set_state(): apic_base is not touched; kvm_apic_state_fixup() of the id",
    prints: setPrints,
    source: "m3; timer 3.8, 5; irqchip 6.1",
    refuses: noLapic,
    effect: (d, { v, id, spiv }) => {
      setState(ops, d, v, { id, spiv, expiry });
      d.vcpu[v].idModified = d.vcpu[v].apicMode === "XAPIC" && id === "other";
    },
  });

/** KVM_SET_LAPIC that forces x2APIC mode and the default base: m3's first option. */
export const setLapicForcesX2apic = (ops: VendorOps): Action<State> =>
  ioctl("KVM_SET_LAPIC", {
    ...common,
    kernel: "kvm_apic_set_state(), guest_apic_protected: x2APIC mode and the default base",
    prints: setPrints,
    source: "m3; timer 3.8; irqchip 6.1",
    refuses: noLapic,
    effect: (d, { v, id, spiv }) => {
      setState(ops, d, v, { id, spiv });
      d.vcpu[v].apicMode = "X2APIC";
      d.vcpu[v].idModified = false;
      d.vcpu[v].req.APICV_UPDATE = true;
    },
  });

const refused = {
  kernel: "kvm_arch_vcpu_ioctl(): guest_apic_protected, -EINVAL",
  source: "m3 option 2; timer 3.8; irqchip 6.1",
  atomic: "vcpu->mutex (irqchip 7.5)",
  refuses: (): Answer => "-EINVAL",
  effect: (): void => {},
} as const;

/** KVM_SET_LAPIC as merged: -EINVAL for guest_apic_protected. */
export const setLapicRefused: Action<State> = ioctl("KVM_SET_LAPIC", { ...common, ...refused });

const get = {
  actor: "userspace",
  args: { v: "vcpu" },
  atomic: "vcpu->mutex (irqchip 7.5)",
  guard: (s: State, { v }: { readonly v: number }) => vcpuIoctlAllowed(s, v),
} as const;

/** KVM_GET_LAPIC: the registers, after what was posted is in them; of a TD they are zeros. */
export const getLapic = (ops: VendorOps): Action<State> =>
  ioctl("KVM_GET_LAPIC", {
    ...get,
    kernel: "kvm_vcpu_ioctl_get_lapic(): sync_pir_to_irr(), kvm_apic_get_state()",
    source: "m3: it returns 0; irqchip 6",
    refuses: noLapic,
    effect: (d, { v }) => void ops.syncPirToIrr(d, v),
  });

/** KVM_GET_LAPIC as merged. */
export const getLapicRefused: Action<State> = ioctl("KVM_GET_LAPIC", { ...get, ...refused });
