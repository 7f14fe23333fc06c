import { createdVcpus, guestRuns } from "../predicates.ts";
import { action } from "../state.ts";
import { ioctl } from "./ioctl.ts";

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

export const disableExits = ioctl("KVM_CAP_X86_DISABLE_EXITS", {
  actor: userspace,
  kernel: "kvm_vm_ioctl_enable_cap(KVM_CAP_X86_DISABLE_EXITS): HLT, MWAIT",
  source: "m3, m20; timer 1.11; irqchip 6.7: not refused for a TD",
  atomic: "kvm->lock (irqchip 7.5)",
  guard: (s) => s.host.booted,
  refuses: (s) => (createdVcpus(s) > 0 ? "-EINVAL" : undefined),
  effect: (d) => {
    d.vm.hltMwaitInGuest = true;
  },
});

/** kvm_intel loaded with enable_apicv=0. */
export const moduleWithoutApicv = action("kvm_intel_enable_apicv_0", {
  actor: userspace,
  kernel: "hardware_setup(): enable_apicv = 0",
  source: "m3; timer 3.1, 4.1",
  atomic: "before any VM exists",
  guard: (s) => s.host.booted && s.host.enableApicv && s.vm.irqchip === "NONE" && s.vm.td === "UNINITIALIZED",
  effect: (d) => {
    d.host.enableApicv = false;
  },
});

/** The guest switches its APIC on: a write of SPIV, one exit and re-entry. */
export const guestWriteSpiv = action("guest_write_spiv", {
  actor: ({ v }) => `CPU${v}`,
  args: { v: "vcpu" },
  kernel: "kvm_lapic_reg_write(APIC_SPIV): apic_set_spiv()",
  source: "irqchip 7.1: a TD writes it by TDVMCALL<WRMSR>",
  atomic: "exit, write and re-entry are merged: before it nothing is delivered, so nothing can race with it",
  guard: (s, { v }) => guestRuns(s.vcpu[v]) && !s.vcpu[v].swEnabled,
  effect: (d, { v }) => {
    d.vcpu[v].swEnabled = true;
  },
});

/** LVTT is written periodic, before the timer is first used. */
export const guestSetPeriodic = action("guest_write_lvtt_periodic", {
  actor: ({ v }) => `CPU${v}`,
  args: { v: "vcpu" },
  kernel: "kvm_lapic_reg_write(APIC_LVTT): apic_update_lvtt()",
  source: "timer 1.2: ONESHOT to PERIODIC neither cancels nor touches pending",
  atomic: "exit, write and re-entry are merged: the timer was never started, so nothing can race with it",
  guard: (s, { v }) => guestRuns(s.vcpu[v]) && s.timer[v].hr === "INACTIVE" && !s.timer[v].periodic,
  effect: (d, { v }) => {
    d.timer[v].periodic = true;
  },
});
