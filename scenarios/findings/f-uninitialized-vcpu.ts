import type { Finding, Fix } from "#check";

/** What keeps the ids 0 and 256 from being one. */
export const tdsUse32BitIds: Fix = {
  about:
    "x2apic_format is set for every TD, as KVM_CAP_X2APIC_API sets it, so that xAPIC ids are not looked at",
  flags: ["--set", "x2apicApi=on"],
  where: { guest: ["td"] },
  gives: {
    "logical-id-aliased-never-inhibits-on-vmx":
      "ids that are 32 bits wide have no aliases: nothing is left to be tolerated",
  },
};

const finding: Finding = {
  id: "finding-f",
  claims: ["F1"],
  statement:
    "Userspace bugs its TD, with a WARN, by creating a vCPU with id 256 that it never initializes: until " +
    "KVM_TDX_INIT_VCPU that one has the xAPIC id 0, as vCPU 0 has",
  rating: "open",
  because:
    "KVM_TDX_FINALIZE_VM looks at no vCPU, and the TDX module never hears of one that was not initialized",
  affects: "6.16 to 7.3, each version with TDs",
  source: "timer 4.1, 9.4 F1",
  asks: ["kvm/f1-uninitialized-vcpu", "--property", "td-bugged-only-without-memory"],
  property: "td-bugged-only-without-memory",
  steps: 17,
  fixes: [
    tdsUse32BitIds,
    {
      about: "KVM_TDX_FINALIZE_VM refuses a TD that has a vCPU which is not initialized",
      flags: ["--set", "tdFinalize=all-initialized"],
    },
  ],
  doubt:
    "It is the VM's own userspace that does it to itself: a WARN, and a VM that is dead. It needs a host that offers the id " +
    "256 (KVM_CAP_MAX_VCPU_ID), not 257 CPUs. That the module takes such a TD is read from KVM, which never tells it.",
  mail: {
    subject: "KVM: TDX: KVM_BUG_ON() by a vCPU that is never initialized",
    text: [
      "A TD with vCPU ids 0 and 256, of which only 0 is initialized, trips KVM_BUG_ON(!kvm_vcpu_apicv_active()) in " +
        "vt_refresh_apicv_exec_ctrl().",
      "Up to KVM_TDX_INIT_VCPU vCPU 256 is in xAPIC mode with the id 0, so that the map of vCPU ids is given up and " +
        "APICV_INHIBIT_REASON_PHYSICAL_ID_ALIASED set.",
      "Setting x2apic_format for TDs, or refusing KVM_TDX_FINALIZE_VM while a vCPU is not initialized, mends it.",
    ],
  },
  reproducer:
    "A TDX selftest of twenty lines: KVM_CREATE_VCPU 0 and 256, KVM_TDX_INIT_VCPU of 0, finalize, KVM_RUN, and dmesg has the " +
    "WARN. No race is needed: user space orders all of it.",
};

export default finding;
