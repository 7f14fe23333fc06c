import type { Draft } from "#check";
import { createdVcpus, mutexFree } from "../../predicates.ts";
import type { State } from "../../state.ts";
import { dirtyApicMap } from "../apicv/apic-map.ts";
import { ioctl, type Answer } from "../../ioctl.ts";

const actor = "userspace";

/** A vCPU is counted in created_vcpus and not in online_vcpus. */
const creationInFlight = (s: State): boolean => s.vcpu.some(({ creating }) => creating.pc !== "IDLE");

/** tdx_acquire_vm_state_locks() waits for every vCPU's mutex: none is in an ioctl or in KVM_RUN. */
const vcpusFree = (s: State): boolean =>
  !s.host.tdVmStateLocks || s.vcpu.every((vcpu) => vcpu.pc === "ABSENT" || mutexFree(vcpu));

/** tdx_acquire_vm_state_locks(): created_vcpus != online_vcpus. */
const locksRefuse = (s: State): Answer | undefined =>
  s.host.tdVmStateLocks && creationInFlight(s) ? "-EBUSY" : undefined;

const initVmRefuses = (s: State): Answer | undefined => {
  const refused = locksRefuse(s);
  if (refused !== undefined) return refused;
  if (s.vm.td !== "UNINITIALIZED") return "-EINVAL";
  return createdVcpus(s) > 0 ? "-EBUSY" : undefined;
};

/** Why KVM_TDX_INIT_VM is one step. */
const initVmLocks = "kvm->lock; from 6.19 on also every vCPU's mutex and slots_lock (irqchip 6.9)";

export const tdInitVm = ioctl("KVM_TDX_INIT_VM", {
  actor,
  kernel: "tdx_bringup(): only with enable_apicv; tdx_td_init()",
  source: "m3; timer 4.1; irqchip 6.9: it does not look at the irqchip",
  atomic: initVmLocks,
  guard: (s) => s.host.booted && s.host.enableApicv,
  refuses: initVmRefuses,
  effect: (d) => {
    d.vm.td = "INITIALIZED";
  },
});

/** As posted, the inhibit is set here; tdx_bringup() did not ask for enable_apicv yet. */
export const tdInitVmInhibits = ioctl("KVM_TDX_INIT_VM", {
  actor,
  kernel: "__tdx_td_init(): kvm_set_apicv_inhibit(TDX)",
  source: "m1; irqchip 6.9 D0",
  atomic: initVmLocks,
  guard: (s) => s.host.booted,
  refuses: initVmRefuses,
  effect: (d) => {
    d.vm.td = "INITIALIZED";
    d.vm.inhibit.TDX = true;
  },
});

const initVcpu = (kernel: string, source: string, then: (d: Draft<State>, v: number) => void) =>
  ioctl("KVM_TDX_INIT_VCPU", {
    actor,
    args: { v: "vcpu" },
    kernel,
    source,
    atomic:
      "vcpu->mutex, which is held while the apic map is rebuilt; the vCPU cannot run before (irqchip 7.5); from 6.19 on " +
      "also kvm->lock and the other vCPUs' mutexes",
    guard: (s, { v }) => mutexFree(s.vcpu[v]) && vcpusFree(s),
    refuses: (s, { v }) =>
      locksRefuse(s) ?? (s.vm.td !== "INITIALIZED" || s.vcpu[v].initialized ? "-EINVAL" : undefined),
    effect: (d, { v }) => {
      d.vcpu[v].initialized = true;
      d.vcpu[v].apicMode = "X2APIC";
      d.vcpu[v].idModified = false;
      d.vcpu[v].req.APICV_UPDATE = true;
      dirtyApicMap(d, v);
      then(d, v);
    },
  });

export const tdInitVcpu = initVcpu(
  "tdx_vcpu_init(): kvm_apic_set_base(x2APIC)",
  "timer 4.1; irqchip 6.10",
  () => {},
);

export const tdInitVcpuClearsActive = initVcpu(
  "tdx_td_vcpu_init(): apicv_active = false",
  "m1; irqchip 6.10 D0",
  (d, v) => {
    d.vcpu[v].apicvActive = false;
  },
);

/** -EBUSY while a vCPU is being created, from 6.19 on; -EINVAL unless KVM_TDX_INIT_VM is done and KVM_TDX_FINALIZE_VM is not. */
export const finalizeRefuses = (s: State): Answer | undefined =>
  locksRefuse(s) ?? (s.vm.td !== "INITIALIZED" ? "-EINVAL" : undefined);
const finalize = (d: Draft<State>): void => {
  d.vm.td = "RUNNABLE";
};

/** Userspace asks once some vCPU is initialized, and not in the middle of an initialization. */
const readyToFinalize = (s: State): boolean =>
  s.vcpu.some(({ initialized, pc }) => initialized && pc !== "ABSENT") &&
  s.vcpu.every(({ inIoctl }) => !inIoctl) &&
  vcpusFree(s);

/** Why KVM_TDX_FINALIZE_VM is one step. */
export const finalizeLocks =
  "kvm->lock, from 6.19 on also every vCPU's mutex and slots_lock; not in the middle of a KVM_TDX_INIT_VCPU, whose last " +
  "SEAMCALLs it would make fail";

export const tdFinalize = ioctl("KVM_TDX_FINALIZE_VM", {
  actor,
  kernel: "tdx_td_finalize()",
  source: "timer 4.1, UNSURE list 3; irqchip 6.9: KVM does not check that every vCPU is initialized",
  atomic: finalizeLocks,
  guard: readyToFinalize,
  refuses: finalizeRefuses,
  effect: finalize,
});

/** KVM_TDX_FINALIZE_VM if it, or the TDX module, refused a TD with uninitialized vCPUs. */
export const tdFinalizeAll = ioctl("KVM_TDX_FINALIZE_VM", {
  actor,
  kernel: "tdx_td_finalize(); TDH.MR.FINALIZE, if that asks for every vCPU",
  source: "timer UNSURE list 3",
  atomic: "kvm->lock",
  guard: (s) => s.vcpu.some(({ pc }) => pc !== "ABSENT") && vcpusFree(s),
  refuses: (s) => {
    const refused = finalizeRefuses(s);
    if (refused !== undefined) return refused;
    const all = s.vcpu.every(({ pc, initialized, inIoctl }) => pc === "ABSENT" || (initialized && !inIoctl));
    return all ? undefined : "-EIO";
  },
  effect: finalize,
});
