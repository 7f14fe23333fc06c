import type { Finding } from "#check";

const finding: Finding = {
  id: "finding-m",
  statement:
    "The EOI exit bitmap is stale when APICv comes back: a level-triggered route that appeared meanwhile is not intercepted, " +
    "its first EOI makes no exit, and the line is dead",
  rating: "open",
  because:
    "vmx_load_eoi_exitmap() returns at once while APICv is inactive, the request is used up, and nothing asks again",
  affects: "every version read, 6.14 to 7.3; VMX",
  source: "irqchip 3.2; timer 3.4",
  asks: ["kvm/ioapic-apicv", "--property", "remote-irr-not-stuck"],
  property: "remote-irr-not-stuck",
  steps: 57,
  fixes: [
    {
      about: "__kvm_vcpu_update_apicv() requests KVM_REQ_LOAD_EOI_EXITMAP as it activates APICv",
      flags: ["--set", "eoiExitmap=reloaded"],
    },
  ],
  doubt:
    "APICv has to be inhibited and activated again in the life of a VM, and the route to change in between or with it. Any " +
    "later scan heals it. The model toggles APICv by KVM_GUESTDBG_BLOCKIRQ only; that Hyper-V's AutoEOI and aliased ids do " +
    "the same is read, not explored.",
  mail: {
    subject: "KVM: VMX: EOI_EXIT_BITMAP is not reloaded when APICv is activated again",
    text: [
      "vmx_load_eoi_exitmap() drops the update while APICv is inhibited, and vcpu_enter_guest() serves " +
        "KVM_REQ_LOAD_EOI_EXITMAP before KVM_REQ_APICV_UPDATE, so that one which is pending together with it is dropped too.",
      "Level-triggered interrupts that were routed meanwhile then lose their EOI, and the line is dead until the next scan.",
      "Request KVM_REQ_LOAD_EOI_EXITMAP in __kvm_vcpu_update_apicv() when activating, as b2849bec936b does for SVI.",
    ],
  },
  reproducer:
    "A selftest with a split irqchip and a resampling irqfd: KVM_SET_GUEST_DEBUG with KVM_GUESTDBG_BLOCKIRQ and one KVM_RUN, " +
    "KVM_SET_GSI_ROUTING to the vCPU and a KVM_RUN, debugging off and KVM_RUN, then raise the line: the second interrupt never " +
    "comes. User space orders all of it.",
};

export default finding;
