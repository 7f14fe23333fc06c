import type { Action, Draft } from "#check";
import type { VendorOps } from "../ops.ts";
import { guestRuns, mutexFree } from "../predicates.ts";
import { action, cpu, type State } from "../state.ts";
import { dirtyApicMap } from "./apic-map.ts";
import { changeInhibit } from "./apicv.ts";
import { scanIoapic } from "./scan-ioapic.ts";

const userspace = "userspace";
const noVcpus = (s: State): boolean => s.vcpu.every(({ pc }) => pc === "ABSENT");

/** The host boots: whether CPUs are isolated, and so whether timers may be posted from housekeeping CPUs. */
export const bootHost = action("boot_host", {
  actor: userspace,
  args: { nohzFull: ["off", "on"] },
  kernel: "kvm_lapic_init(): pi_inject_timer = housekeeping_enabled(HK_TYPE_TIMER)",
  source: "m18; timer 1.11, 1.12",
  atomic: "before any VM exists",
  guard: (s) => !s.host.booted,
  effect: (d, { nohzFull }) => {
    d.host.booted = true;
    d.host.nohzFull = nohzFull === "on";
    d.host.piInjectTimer = nohzFull === "on";
  },
});

export const createIrqchip = action("KVM_CREATE_IRQCHIP", {
  actor: userspace,
  kernel: "kvm_arch_vm_ioctl(KVM_CREATE_IRQCHIP)",
  source: "irqchip 1.1",
  atomic: "kvm->lock",
  guard: (s) => s.host.booted && s.vm.irqchip === "NONE" && noVcpus(s),
  effect: (d) => {
    d.vm.irqchip = "KERNEL";
    d.vm.inhibit.ABSENT = false;
  },
});

export const splitIrqchip = action("KVM_CAP_SPLIT_IRQCHIP", {
  actor: userspace,
  kernel: "kvm_vm_ioctl_enable_cap(KVM_CAP_SPLIT_IRQCHIP)",
  source: "irqchip 1.2",
  atomic: "kvm->lock",
  guard: (s) => s.host.booted && s.vm.irqchip === "NONE" && noVcpus(s),
  effect: (d) => {
    d.vm.irqchip = "SPLIT";
    d.vm.inhibit.ABSENT = false;
  },
});

export const disableExits = action("KVM_CAP_X86_DISABLE_EXITS", {
  actor: userspace,
  kernel: "kvm_vm_ioctl_enable_cap(KVM_CAP_X86_DISABLE_EXITS): HLT, MWAIT",
  source: "m3, m20; timer 1.11; irqchip 6.7: not refused for a TD",
  atomic: "kvm->lock",
  guard: (s) => s.host.booted && noVcpus(s) && !s.vm.hltMwaitInGuest,
  effect: (d) => {
    d.vm.hltMwaitInGuest = true;
  },
});

/** kvm_create_lapic(): xAPIC mode, APICv active wherever the module allows it, LVT0 of the boot vCPU as after reset. */
const createLapic = (d: Draft<State>, v: number): void => {
  const vcpu = d.vcpu[v];
  vcpu.apicMode = "XAPIC";
  vcpu.apicvActive = d.host.enableApicv;
  vcpu.req.APICV_UPDATE = d.host.enableApicv;
  vcpu.events.lvt0ExtInt = v === 0;
};

/** KVM_CREATE_VCPU of an ordinary guest: with an in-kernel or split irqchip the vCPU gets a LAPIC. */
export const createVcpu = action("KVM_CREATE_VCPU", {
  actor: userspace,
  args: { v: "vcpu" },
  kernel: "kvm_vm_ioctl_create_vcpu(), kvm_create_lapic()",
  source: "timer 3.5; irqchip 1.4",
  atomic: "kvm->lock; nothing else of the vCPU runs before it is inserted",
  guard: (s, { v }) => s.vm.irqchip !== "NONE" && s.vcpu[v].pc === "ABSENT",
  effect: (d, { v }) => {
    const vcpu = d.vcpu[v];
    vcpu.pc = "USER";
    vcpu.initialized = true;
    createLapic(d, v);
  },
});

/** KVM_CREATE_VCPU of a TD, for the irqchips that a design accepts. */
export const createTdVcpu = (accepts: (irqchip: State["vm"]["irqchip"]) => boolean, source: string) =>
  action("KVM_CREATE_VCPU", {
    actor: userspace,
    args: { v: "vcpu" },
    kernel: "tdx_vcpu_create(), kvm_create_lapic()",
    source,
    atomic: "kvm->lock; nothing else of the vCPU runs before it is inserted",
    guard: (s, { v }) => s.vm.td === "INITIALIZED" && s.vcpu[v].pc === "ABSENT" && accepts(s.vm.irqchip),
    effect: (d, { v }) => {
      d.vcpu[v].pc = "USER";
      createLapic(d, v);
    },
  });

/** Any irqchip that gives the vCPU a LAPIC will do. */
export const createVcpuWithLapic = createTdVcpu(
  (irqchip) => irqchip !== "NONE",
  "irqchip 1.4 D0, D1: !lapic_in_kernel() is refused",
);

export const tdInitVm = action("KVM_TDX_INIT_VM", {
  actor: userspace,
  kernel: "tdx_bringup(): only with enable_apicv; tdx_td_init()",
  source: "m3; timer 4.1; irqchip 6.9",
  atomic: "kvm->lock",
  guard: (s) => s.host.booted && s.host.enableApicv && s.vm.td === "UNINITIALIZED" && noVcpus(s),
  effect: (d) => {
    d.vm.td = "INITIALIZED";
  },
});

export const tdInitVcpu = action("KVM_TDX_INIT_VCPU", {
  actor: userspace,
  args: { v: "vcpu" },
  kernel: "tdx_vcpu_init(): kvm_apic_set_base(x2APIC)",
  source: "timer 4.1; irqchip 6.10",
  atomic: "vcpu->mutex, which is held while the apic map is rebuilt; the vCPU cannot run before",
  guard: (s, { v }) => s.vm.td === "INITIALIZED" && mutexFree(s.vcpu[v]) && !s.vcpu[v].initialized,
  effect: (d, { v }) => {
    d.vcpu[v].initialized = true;
    d.vcpu[v].apicMode = "X2APIC";
    d.vcpu[v].idModified = false;
    d.vcpu[v].req.APICV_UPDATE = true;
    dirtyApicMap(d, v);
  },
});

export const tdFinalize = action("KVM_TDX_FINALIZE_VM", {
  actor: userspace,
  kernel: "tdx_td_finalize()",
  source: "timer 4.1; UNSURE list 3: KVM does not check that every vCPU is initialized",
  atomic: "kvm->lock; not in the middle of a KVM_TDX_INIT_VCPU, whose last SEAMCALLs it would make fail",
  guard: (s) =>
    s.vm.td === "INITIALIZED" &&
    s.vcpu.some(({ initialized }) => initialized) &&
    s.vcpu.every(({ inIoctl }) => !inIoctl),
  effect: (d) => {
    d.vm.td = "RUNNABLE";
  },
});

/** KVM_TDX_FINALIZE_VM if it, or the TDX module, refused a TD with uninitialized vCPUs. */
export const tdFinalizeAll = action("KVM_TDX_FINALIZE_VM", {
  actor: userspace,
  kernel: "tdx_td_finalize(); TDH.MR.FINALIZE, if that asks for every vCPU",
  source: "UNSURE list 3",
  atomic: "kvm->lock",
  guard: (s) =>
    s.vm.td === "INITIALIZED" &&
    !noVcpus(s) &&
    s.vcpu.every(({ pc, initialized, inIoctl }) => pc === "ABSENT" || (initialized && !inIoctl)),
  effect: (d) => {
    d.vm.td = "RUNNABLE";
  },
});

/** An in-kernel PIT in re-inject mode, as it is created; it needs the in-kernel PIC. */
export const createPit = (ops: VendorOps): Action<State> =>
  action("KVM_CREATE_PIT2", {
    actor: userspace,
    kernel: "kvm_create_pit(): kvm_pit_set_reinject(), kvm_set_apicv_inhibit(PIT_REINJ)",
    source: "m3; timer 3.1",
    atomic: "kvm->lock, then apicv_update_lock for writing; the reason is not recorded on VMX",
    guard: (s) => s.vm.irqchip === "KERNEL" && !s.vm.dead && s.inhibitor.pc === "IDLE",
    effect: (d) => changeInhibit(ops, d, "PIT_REINJ", true, 0),
  });

/** The vendor module is loaded without APICv: a VM that is then created has DISABLED where it would have ABSENT. */
const withoutApicv = (name: string, kernel: string): Action<State> =>
  action(name, {
    actor: userspace,
    kernel: `${kernel}; kvm_apicv_init(): DISABLED`,
    source: "m3; timer 3.1, 3.5, 4.1; irqchip 6.12",
    atomic: "before any VM exists",
    guard: (s) =>
      s.host.booted &&
      s.host.enableApicv &&
      s.vm.irqchip === "NONE" &&
      s.vm.td !== "INITIALIZED" &&
      noVcpus(s),
    effect: (d) => {
      d.host.enableApicv = false;
      d.vm.inhibit.DISABLED = true;
      d.vm.inhibit.ABSENT = false;
    },
  });

/** kvm_intel loaded with enable_apicv=0. */
export const moduleWithoutApicv = withoutApicv(
  "kvm_intel_enable_apicv_0",
  "vmx_hardware_setup(): enable_apicv = 0",
);

/** kvm_amd loaded with avic=0. */
export const moduleWithoutAvic = withoutApicv(
  "kvm_amd_avic_0",
  "svm_hardware_setup(): enable_apicv = avic = 0",
);

/** The guest switches its APIC on: a write of SPIV, one exit and re-entry. */
export const guestWriteSpiv = (ops: VendorOps): Action<State> =>
  action("guest_write_spiv", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: "kvm_lapic_reg_write(APIC_SPIV): apic_set_spiv(), the apic map; KVM_REQ_SCAN_IOAPIC",
    source: "irqchip 7.1: a TD writes it by TDVMCALL<WRMSR>; 3.1, 7.2",
    atomic:
      "exit, write and re-entry are merged: before it nothing is delivered, so nothing can race with it",
    guard: (s, { v }) => guestRuns(s.vcpu[v]) && !s.vcpu[v].swEnabled,
    effect: (d, { v }) => {
      d.vcpu[v].swEnabled = true;
      scanIoapic(ops, d, v);
      ops.loadEoiExitmap(d, v);
    },
  });

/** LVTT is written periodic, before the timer is first used. */
export const guestSetPeriodic = action("guest_write_lvtt_periodic", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "kvm_lapic_reg_write(APIC_LVTT): apic_update_lvtt()",
  source: "timer 1.2: ONESHOT to PERIODIC neither cancels nor touches pending",
  atomic: "exit, write and re-entry are merged: the timer was never started, so nothing can race with it",
  guard: (s, { v }) => guestRuns(s.vcpu[v]) && s.timer[v].hr === "INACTIVE" && !s.timer[v].periodic,
  effect: (d, { v }) => {
    d.timer[v].periodic = true;
  },
});

/** KVM_SET_SREGS where the kernel lets userspace change a TD's APIC base. */
export const setSregsAllowed = action("KVM_SET_SREGS", {
  actor: userspace,
  args: { v: "vcpu", apic: ["off", "on"] },
  kernel: "__set_sregs_common(): kvm_apic_set_base() comes before the guest_state_protected return",
  source: "m3; timer 3.8; irqchip 6.2",
  atomic: "vcpu->mutex",
  guard: (s, { v, apic }) =>
    mutexFree(s.vcpu[v]) &&
    s.vcpu[v].initialized &&
    !s.vm.dead &&
    (s.vcpu[v].apicMode === "DISABLED") === (apic === "on"),
  effect: (d, { v, apic }) => {
    d.vcpu[v].apicMode = apic === "on" ? "X2APIC" : "DISABLED";
    d.vcpu[v].req.APICV_UPDATE = true;
  },
});

/** KVM_SET_SREGS where `has_protected_state` refuses it: -EINVAL, and nothing changes. */
export const setSregsRefused = action("KVM_SET_SREGS", {
  actor: userspace,
  args: { v: "vcpu", apic: ["off"] },
  kernel: "kvm_arch_vcpu_ioctl_set_sregs(): has_protected_state && guest_state_protected, -EINVAL",
  source: "m3 option 3; timer 3.8; irqchip 6.2",
  atomic: "vcpu->mutex",
  guard: (s, { v }) => mutexFree(s.vcpu[v]) && s.vcpu[v].initialized && !s.vm.dead,
  effect: () => {},
});
