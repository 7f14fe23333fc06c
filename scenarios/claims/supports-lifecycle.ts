import { forTd, nowhere, under, whereActive, type Supports } from "./supports-columns.ts";

/** What supports the claims about APICv, the creation of a TD, ioctls, messages and ExtINT. */
export const supports: Supports = {
  Q1: { "refresh-never-warns-for-td": under("holds", "v1-inhibit") },
  Q2: { "entry-agrees-with-inhibits": "holds" },
  Q3: { "td-bugged-only-without-memory": "holds" },
  Q4: { "x2apic-ids-never-alias": "holds" },
  Q5: {
    "allocation-failure-bugs-the-vm": whereActive("witnessed"),
    "allocation-failure-forgiven": whereActive("violated"),
  },
  Q6: {
    // As posted nothing refuses KVM_SET_SREGS; the others have has_protected_state.
    "td-runs-with-its-apic-enabled": { ...under("violated", "v1-inhibit"), ...whereActive("holds") },
    "td-runs-with-its-apic-enabled setSregs=allow": "violated",
    "td-runs-with-its-apic-enabled setSregs=reject-either": nowhere,
    "td-runs-with-its-apic-enabled setSregs=check-guest-state": nowhere,
    "td-runs-with-its-apic-enabled setSregs=has-protected-state": "holds",
  },
  Q7: {
    "set-lapic-keeps-apic-enabled": "violated",
    "td-apic-id-never-modified": nowhere,
    "td-bugged-only-without-memory": nowhere,
  },
  Q8: { "bugged-vm-runs-no-guest": "holds" },
  Q9: { "td-vcpu-implies-split-irqchip": "holds", "td-vcpu-needs-lapic": "holds" },
  Q13: { "pit-reinject-never-inhibits-on-vmx": "holds" },
  Q14: { "logical-id-aliased-never-inhibits-on-vmx": "holds" },
  "m3-bringup": { "td-vcpu-starts-with-apicv-active": whereActive("holds") },
  C9: { "running-td-has-no-in-kernel-ioapic-pic-or-pit": under("holds", "active-split", "upstream") },
  C10: {
    "create-irqchip-never-succeeds-for-td": "holds",
    "split-irqchip-possible-before-vcpus": forTd("holds"),
    "refused-vcpu-leaves-a-way-out": "holds",
  },
  C11: { "td-vcpu-needs-lapic": "holds" },
  C31: { "irqchip-frozen-once-vcpus-are-created": "holds" },
  C22: { "ioctl-keeps-td-apic-base": "holds" },
  C23: { "ioctl-loses-no-posted-interrupt": "holds" },
  C24: { "ioctl-keeps-td-apic-enabled": "holds" },
  C25: { "td-never-inhibited-by-ioctl": "holds" },
  C26: { "td-physical-id-never-aliased": "holds" },
  C27: { "td-bugged-only-without-memory": whereActive("holds"), "ioctls-never-bug-td": whereActive("holds") },
  "m3-queued": {
    // As posted none of the three ways is there.
    "ioctl-queues-nothing-for-td": whereActive("holds"),
    "ioctl-queues-nothing-for-td setSregs=check-guest-state": "holds",
    "ioctl-queues-nothing-for-td setSregs=reject-either": "holds",
    "ioctl-queues-nothing-for-td setSregs=has-protected-state": "holds",
  },
  "m3-bugged": { "bugged-vm-answers-eio": "holds" },
  C18: {
    "only-level-triggered-messages-arrive": "holds",
    "asserted-edge-message-is-delivered": "violated",
    "deasserted-message-is-ignored": nowhere,
  },
  C32: { "nothing-received-before-spiv": "holds", "sender-sees-0-before-spiv": "holds" },
  "m14-ipi": {
    "physical-ipi-exits": under("violated", "vmx", "avic"),
    "logical-ipi-exits": { ...under("holds", "vmx"), ...under("violated", "avic") },
  },
  Q16: {
    "set-lapic-leaves-apicv-alone": "holds",
    "set-lapic-keeps-what-was-posted setLapic=allow": "holds",
    // Where KVM_SET_LAPIC is refused kvm_apic_set_state() is not reached.
    "set-lapic-keeps-what-was-posted": under("holds", "v1-inhibit"),
  },
  Q12: { "extint-reaches-guest": forTd("violated") },
  C19: {
    "extint-reaches-guest": forTd("violated"),
    "acknowledged-extint-reaches-guest": forTd("violated"),
    "pic-in-service-has-its-handler": forTd("violated"),
    "pic-asks-again-after-irq0": forTd("violated"),
  },
  "m3-post": {
    "extint-reaches-guest": "witnessed",
    "acknowledged-extint-reaches-guest": "holds",
    "posted-extint-leaves-lapic-alone": "holds",
    "pic-in-service-has-its-handler": "holds",
  },
  C20: {
    "acknowledged-extint-reaches-guest": forTd("holds"),
    // Not what the claim rests on: it is about the split irqchip by itself.
    "acknowledged-extint-reaches-guest extInt=post": nowhere,
    "acknowledged-extint-reaches-guest extInt=refused": nowhere,
    "userspace-pic-may-inject-again": forTd("holds"),
  },
  C21: {
    "nmi-handed-over-before-entry": forTd("holds"),
    "nmi-injected-in-the-end": forTd("holds"),
    "posted-interrupt-works-after-lost-extint": "witnessed",
  },
  F1: { "td-bugged-only-without-memory": "violated" },
  F2: {
    "nmi-handed-over-before-entry": "violated",
    "interrupt-injected-ends-with-entry": forTd("violated"),
    "td-never-asked-for-immediate-exit": "violated",
    // Where KVM_INTERRUPT is refused there is none.
    "nmi-handed-over-before-entry extInt=refused": nowhere,
  },
  F6: { "halted-vcpu-sleeps-through-bug": "witnessed", "halted-vcpu-learns-of-bug": "violated" },
};
