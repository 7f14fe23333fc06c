import { amend, type Action, type Draft } from "#check";
import { tdOps, type VendorOps } from "../../ops.ts";
import { vcpuIoctlAllowed } from "../../predicates.ts";
import type { State } from "../../state.ts";
import { dirtyApicMap } from "../apicv/apic-map.ts";
import { changeInhibit } from "../apicv/apicv.ts";
import { ioctl, type Answer } from "../../ioctl.ts";
import { changesInhibit } from "../../prints/inhibit.ts";
import type { OfVcpu } from "../../citation.ts";

/** One of the ways in which KVM_SET_SREGS and KVM_SET_SREGS2 may treat a vCPU. */
interface Way {
  readonly kernel: string;
  readonly source: string;
  readonly refuses: () => Answer | undefined;
  /** Whether it gets to kvm_apic_set_base(). */
  readonly setsBase: boolean;
}

const common = { actor: "userspace", atomic: "vcpu->mutex (irqchip 7.5)" } as const;
const mayIoctl = (s: State, v: number): boolean => vcpuIoctlAllowed(s, v) && s.vcpu[v].initialized;

/** kvm_apic_set_base() off, and on again in the mode in which the guest had it; either way the apic map is out of date. */
export const switchApic = (d: Draft<State>, v: number, apic: "off" | "on"): void => {
  d.vcpu[v].apicMode = apic === "off" ? "DISABLED" : d.vm.type === "KVM_X86_TDX_VM" ? "X2APIC" : "XAPIC";
  d.vcpu[v].req.APICV_UPDATE = true;
  dirtyApicMap(d, v);
};

const withoutMap = new WeakMap<Action<State>, Action<State>>();

/** Of some actions those that switch an APIC, where nothing follows the apic map: it is not marked dirty. */
export const leavingMapOut = (actions: readonly Action<State>[]): readonly Action<State>[] =>
  actions
    .filter(({ name }) => name === "KVM_SET_SREGS" || name === "KVM_SET_SREGS2")
    .map((one) => {
      const made =
        withoutMap.get(one) ??
        amend(one, {
          after: (d) => {
            d.vm.apicMap.dirty = "CLEAN";
            for (let v = 0; v < d.vcpu.length; v++) d.vcpu[v].inIoctl = false;
          },
        });
      withoutMap.set(one, made);
      return made;
    });

/** The APIC switched off and on again by its base. */
const switches = (name: string, { setsBase, ...way }: Way): Action<State> =>
  ioctl(name, {
    ...common,
    ...way,
    args: { v: "vcpu", apic: setsBase ? ["off", "on"] : ["off"] },
    guard: (s, { v, apic }) =>
      mayIoctl(s, v) && (!setsBase || (s.vcpu[v].apicMode === "DISABLED") === (apic === "on")),
    effect: (d, { v, apic }) => {
      if (setsBase) switchApic(d, v, apic as "off" | "on");
    },
  });

/** The APIC's base moved away from where it is by default. */
const movesBase = (ops: VendorOps, { setsBase, ...way }: Way): Action<State> =>
  ioctl("KVM_SET_SREGS_apic_base", {
    ...common,
    ...way,
    prints: (s, { v }: OfVcpu, after) =>
      after.vcpu[v].baseMoved ? changesInhibit(ops, s, "APIC_BASE_MODIFIED", true) : [],
    source: `${way.source}; irqchip 6.2: APIC_BASE_MODIFIED, which nothing clears again`,
    atomic: `${common.atomic}, then apicv_update_lock for writing`,
    args: { v: "vcpu" },
    guard: (s, { v }) =>
      mayIoctl(s, v) &&
      s.inhibitor.pc === "IDLE" &&
      s.vcpu[v].apicMode !== "DISABLED" &&
      !s.vcpu[v].baseMoved,
    effect: (d, { v }) => {
      if (!setsBase) return;
      d.vcpu[v].baseMoved = true;
      changeInhibit(ops, d, "APIC_BASE_MODIFIED", true, v);
    },
  });

/** What KVM_SET_SREGS2 does not have: a vector that was injected and not taken yet. */
const queues = ({ kernel, source, refuses }: Way): Action<State> =>
  ioctl("KVM_SET_SREGS_interrupt_bitmap", {
    ...common,
    kernel: `${kernel}; __set_sregs(): kvm_queue_interrupt() of the lowest bit, KVM_REQ_EVENT`,
    source: `${source}; irqchip 6.2, 5.4 L2`,
    args: { v: "vcpu" },
    guard: (s, { v }) => mayIoctl(s, v) && !s.vcpu[v].events.interruptInjected,
    refuses,
    effect: (d, { v }) => {
      d.vcpu[v].events.interruptInjected = true;
      d.vcpu[v].req.EVENT = true;
    },
  });

const setSregs = (ops: VendorOps, way: Way): readonly Action<State>[] => [
  switches("KVM_SET_SREGS", way),
  switches("KVM_SET_SREGS2", way),
  movesBase(ops, way),
  queues(way),
];

/** An ordinary guest's. */
export const setSregsOrdinary = (ops: VendorOps): readonly Action<State>[] =>
  setSregs(ops, {
    kernel: "__set_sregs_common(): kvm_apic_set_base()",
    source: "irqchip 6.2",
    refuses: () => undefined,
    setsBase: true,
  });

/** Where the kernel lets userspace change a TD's APIC base. */
export const setSregsAllowed = setSregs(tdOps, {
  kernel: "__set_sregs_common(): kvm_apic_set_base() comes before the guest_state_protected return",
  source: "m3; timer 3.8; irqchip 6.2",
  refuses: () => undefined,
  setsBase: true,
});

/** Where `has_protected_state` refuses it: -EINVAL, and nothing changes. */
export const setSregsRefused = setSregs(tdOps, {
  kernel: "kvm_arch_vcpu_ioctl_set_sregs(): has_protected_state && guest_state_protected, -EINVAL",
  source: "m3 option 3; timer 3.8; irqchip 6.2",
  refuses: () => "-EINVAL",
  setsBase: false,
});

/** Refused where either flag is set: m3's first option. */
export const setSregsRejectsEither = setSregs(tdOps, {
  kernel: "kvm_arch_vcpu_ioctl_set_sregs(): guest_state_protected || has_protected_state, -EINVAL",
  source: "m3 option 1; timer 3.8",
  refuses: () => "-EINVAL",
  setsBase: false,
});

/** Answers 0 and leaves the base alone, though not the queue of interrupts: m3's second option. */
export const setSregsChecksGuestState = setSregs(tdOps, {
  kernel: "__set_sregs_common(): guest_state_protected, return 0 before kvm_apic_set_base()",
  source: "m3 option 2; timer 3.8",
  refuses: () => undefined,
  setsBase: false,
});
