import type { Action } from "#check";
import { ioctl } from "../../ioctl.ts";
import { guestRuns, mutexFree } from "../../predicates.ts";
import { action, cpu, type State } from "../../state.ts";

type Read = Pick<State, "vm" | "vcpu">;

/** kvm_lapic_advertise_suppress_eoi_broadcast(): the guest may set the bit of SPIV. */
const advertised = ({ vm }: Pick<State, "vm">): boolean =>
  vm.eoiBroadcast === "QUIRKED" ? vm.irqchip === "SPLIT" : vm.eoiBroadcast === "ENABLED";

/** kvm_lapic_suppress_eoi_broadcast(): the I/O APIC is not told of an EOI, though the guest may have set the bit in vain. */
export const suppressesBroadcast = ({ vm, vcpu }: Read, v: number): boolean =>
  vcpu[v].directedEoi &&
  (vm.eoiBroadcast === "ENABLED" || (vm.eoiBroadcast === "QUIRKED" && vm.irqchip === "KERNEL"));

/** KVM_CAP_X2APIC_API with one of its two flags about Suppress EOI Broadcast. */
const enableCap = ioctl("KVM_CAP_X2APIC_API_eoi_broadcast", {
  actor: "userspace",
  args: { flag: ["ENABLE", "DISABLE"] },
  kernel: "kvm_vm_ioctl_enable_cap(KVM_CAP_X2APIC_API): suppress_eoi_broadcast_mode",
  source: "irqchip 6.8, 3.9: ENABLE is -EINVAL unless irqchip_split()",
  atomic: "one store, under no lock (irqchip 6.8)",
  guard: (s) => s.host.booted,
  refuses: (s, { flag }) => (flag === "ENABLE" && s.vm.irqchip !== "SPLIT" ? "-EINVAL" : undefined),
  effect: (d, { flag }) => {
    d.vm.eoiBroadcast = flag === "ENABLE" ? "ENABLED" : "DISABLED";
  },
});

/** The guest turns its EOI broadcasts off, where the version register of its LAPIC says that it can. */
const writeSpiv = action("guest_write_spiv_directed_eoi", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "kvm_lapic_reg_write(APIC_SPIV): APIC_SPIV_DIRECTED_EOI, where APIC_LVR has APIC_LVR_DIRECTED_EOI",
  source: "irqchip 3.9",
  atomic: "exit, write and re-entry are merged: it is written before any pin is in use",
  guard: (s, { v }) => guestRuns(s.vcpu[v]) && advertised(s) && !s.vcpu[v].directedEoi,
  effect: (d, { v }) => {
    d.vcpu[v].directedEoi = true;
  },
});

/** Userspace restores SPIV from where the bit could be set; KVM_SET_LAPIC does not compare it with APIC_LVR. */
const setLapic = ioctl("KVM_SET_LAPIC_directed_eoi", {
  actor: "userspace",
  args: { v: "vcpu" },
  kernel: "kvm_apic_set_state(): APIC_SPIV with APIC_SPIV_DIRECTED_EOI, advertised or not",
  source: "irqchip 3.9, 6.1",
  atomic: "vcpu->mutex (irqchip 7.5)",
  guard: (s, { v }) => mutexFree(s.vcpu[v]) && !s.vcpu[v].directedEoi,
  refuses: (s) => (s.vm.irqchip === "NONE" ? "-EINVAL" : undefined),
  effect: (d, { v }) => {
    d.vcpu[v].directedEoi = true;
  },
});

/** Suppress EOI Broadcast: who allows it, and who sets it. */
const directedEoi: readonly Action<State>[] = [enableCap, writeSpiv, setLapic];

export default directedEoi;
