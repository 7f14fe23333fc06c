import type { Action } from "#check";
import type { VendorOps } from "../../ops.ts";
import { createdVcpus, guestRuns } from "../../predicates.ts";
import { action, cpu, type State } from "../../state.ts";
import { publishApicMap } from "../apicv/apic-map-found.ts";
import { ioctl } from "../../ioctl.ts";
import { onePin, type AtPin } from "../ioapic/pin-place.ts";
import { scanIoapic } from "../ioapic/scan-ioapic.ts";
import { byGuest } from "../../text.ts";

const userspace = "userspace";

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

/** A kernel before 6.19: KVM_TDX_FINALIZE_VM takes kvm->lock only, and KVM_TDX_INIT_VCPU the vCPU's mutex. */
export const tdLocksBefore619 = action("td_locks_before_6_19", {
  actor: userspace,
  kernel: "a kernel without tdx_acquire_vm_state_locks()",
  source: "irqchip 6.9 6.16",
  atomic: "before any VM exists",
  guard: (s) => s.host.booted && s.host.tdVmStateLocks,
  effect: (d) => {
    d.host.tdVmStateLocks = false;
  },
});

/** Why KVM_CAP_X86_DISABLE_EXITS is one step. */
export const disableExitsLock = "kvm->lock (irqchip 7.5)";

export const disableExits = ioctl("KVM_CAP_X86_DISABLE_EXITS", {
  actor: userspace,
  args: { exits: ["HLT", "MWAIT"] },
  kernel: "kvm_vm_ioctl_enable_cap(KVM_CAP_X86_DISABLE_EXITS): HLT, MWAIT",
  branch: (_, { exits }: { readonly exits: string }) =>
    `kvm_vm_ioctl_enable_cap(KVM_CAP_X86_DISABLE_EXITS): ${exits}`,
  source: byGuest("m3, m20; timer 1.11; irqchip 6.7: not refused for a TD", {
    ordinary: "m3, m20; timer 1.11; irqchip 6.7",
  }),
  atomic: disableExitsLock,
  guard: (s) => s.host.booted,
  refuses: (s) => (createdVcpus(s) > 0 ? "-EINVAL" : undefined),
  effect: (d, { exits }) => {
    if (exits === "HLT") d.vm.hltInGuest = true;
    else d.vm.mwaitInGuest = true;
  },
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
      createdVcpus(s) === 0,
    effect: (d) => {
      d.host.enableApicv = false;
      d.vm.inhibit.DISABLED = true;
      d.vm.inhibit.ABSENT = false;
    },
  });

/** A kernel that has no such reason: a VM without an irqchip is created with nothing that inhibits APICv. */
export const initWithoutAbsent = action("kvm_apicv_init_without_absent", {
  actor: userspace,
  kernel: "kvm_apicv_init() of a kernel before there was APICV_INHIBIT_REASON_ABSENT",
  source: "timer 3.1",
  atomic: "before any vCPU exists",
  guard: (s) => s.host.booted && s.vm.inhibit.ABSENT && createdVcpus(s) === 0,
  effect: (d) => {
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
export const guestWriteSpiv = (ops: VendorOps, at: AtPin = onePin): Action<State> =>
  action("guest_write_spiv", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: "kvm_lapic_reg_write(APIC_SPIV): apic_set_spiv(), the apic map; KVM_REQ_SCAN_IOAPIC",
    source: byGuest("irqchip 7.1, 3.1, 7.2: a TD writes it by TDVMCALL<WRMSR>", {
      ordinary: "irqchip 7.1, 3.1, 7.2",
    }),
    atomic:
      "exit, write and re-entry are merged: before it nothing is delivered, so nothing can race with it",
    guard: (s, { v }) => guestRuns(s.vcpu[v]) && !s.vcpu[v].swEnabled,
    effect: (d, { v }) => {
      d.vcpu[v].swEnabled = true;
      publishApicMap(d);
      scanIoapic(ops, d, v, at);
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
