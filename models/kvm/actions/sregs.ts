import type { Action, Draft } from "#check";
import { mutexFree } from "../predicates.ts";
import type { State } from "../state.ts";
import { ioctl, type Answer, type Ioctl } from "./ioctl.ts";

/** One of the ways in which KVM_SET_SREGS and KVM_SET_SREGS2 may treat a vCPU. */
interface Way {
  readonly kernel: string;
  readonly source: string;
  readonly refuses: () => Answer | undefined;
  /** Whether it gets to kvm_apic_set_base(). */
  readonly setsBase: boolean;
}

const common = { actor: "userspace", atomic: "vcpu->mutex (irqchip 7.5)" } as const;
const mayIoctl = (s: State, { v }: { readonly v: number }): boolean =>
  mutexFree(s.vcpu[v]) && s.vcpu[v].initialized;

const switchApic = (d: Draft<State>, v: number, apic: "off" | "on"): void => {
  d.vcpu[v].apicMode = apic === "off" ? "DISABLED" : d.vm.type === "KVM_X86_TDX_VM" ? "X2APIC" : "XAPIC";
  d.vcpu[v].req.APICV_UPDATE = true;
};

/** The APIC switched off and on again by its base. */
const switches = (name: string, { setsBase, ...way }: Way): Ioctl =>
  ioctl(name, {
    ...common,
    ...way,
    args: { v: "vcpu", apic: setsBase ? ["off", "on"] : ["off"] },
    guard: (s, { v, apic }) =>
      mayIoctl(s, { v }) && (!setsBase || (s.vcpu[v].apicMode === "DISABLED") === (apic === "on")),
    effect: (d, { v, apic }) => {
      if (setsBase) switchApic(d, v, apic as "off" | "on");
    },
  });

const setSregs = (way: Way): readonly Action<State>[] => [switches("KVM_SET_SREGS", way)];

/** Where the kernel lets userspace change a TD's APIC base. */
export const setSregsAllowed = setSregs({
  kernel: "__set_sregs_common(): kvm_apic_set_base() comes before the guest_state_protected return",
  source: "m3; timer 3.8; irqchip 6.2",
  refuses: () => undefined,
  setsBase: true,
});

/** Where `has_protected_state` refuses it: -EINVAL, and nothing changes. */
export const setSregsRefused = setSregs({
  kernel: "kvm_arch_vcpu_ioctl_set_sregs(): has_protected_state && guest_state_protected, -EINVAL",
  source: "m3 option 3; timer 3.8; irqchip 6.2",
  refuses: () => "-EINVAL",
  setsBase: false,
});

/** Refused where either flag is set: m3's first option. */
export const setSregsRejectsEither = setSregs({
  kernel: "kvm_arch_vcpu_ioctl_set_sregs(): guest_state_protected || has_protected_state, -EINVAL",
  source: "m3 option 1; timer 3.8",
  refuses: () => "-EINVAL",
  setsBase: false,
});

/** Answers 0 and leaves the base alone: m3's second option. */
export const setSregsChecksGuestState = setSregs({
  kernel: "__set_sregs_common(): guest_state_protected, return 0 before kvm_apic_set_base()",
  source: "m3 option 2; timer 3.8",
  refuses: () => undefined,
  setsBase: false,
});
