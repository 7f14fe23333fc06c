import type { Message } from "#check";

const binbin = "Binbin Wu";
const kai = "Kai Huang";
const sean = "Sean Christopherson";
const vishal = "Vishal Annapurve";

/** The messages of the thread, in its order. */
export const messages: readonly Message[] = [
  {
    id: "m1",
    author: binbin,
    about: "the patch: APICv inhibited for a TD, apicv_active cleared at vCPU init",
  },
  {
    id: "m2",
    author: binbin,
    about: "the analysis of m3, its formatting mangled",
    nothing: "it was sent again as m3, and what it says is checked there",
  },
  { id: "m3", author: binbin, about: "the long analysis, and the proposal to make APICv active for TDs" },
  {
    id: "m4",
    author: kai,
    about: "the real problem is level-triggered interrupts; reject them",
  },
  { id: "m5", author: sean, about: "split irqchip is right; EOIs are all accelerated; do not police level" },
  {
    id: "m6",
    author: binbin,
    about: "QEMU marks level-triggered interrupts unsupported for TDs",
    nothing: "it reports what QEMU does, and KVM's behaviour does not depend on it",
  },
  {
    id: "m7",
    author: kai,
    about: "accept both no irqchip and split, refuse the in-kernel one, with a message",
  },
  {
    id: "m8",
    author: sean,
    about: "a userspace I/O APIC is told of EOIs by its routes; no irqchip cannot work",
  },
  {
    id: "m9",
    author: kai,
    about: "split alone does not make level-triggered interrupts work",
  },
  {
    id: "m10",
    author: kai,
    about: "takes back a remark of m9 on the `level` argument",
  },
  {
    id: "m11",
    author: sean,
    about: "agrees with m10",
  },
  {
    id: "m12",
    author: sean,
    about: "a TD cannot be inhibited, so KVM_BUG_ON is fine; require KVM_CAP_X2APIC_API",
  },
  {
    id: "m13",
    author: binbin,
    about: "in x2APIC mode nothing aliases, whether X2APIC_API is enabled or not",
  },
  { id: "m14", author: sean, about: "agrees with m13" },
  {
    id: "m15",
    author: vishal,
    about: "with apicv_active false the timer's interrupt may be delayed without bound",
  },
  { id: "m16", author: binbin, about: "no: it is counted, UNBLOCK is requested and the vCPU kicked" },
  {
    id: "m17",
    author: vishal,
    about: "posting would be faster; an hrtimer firing during an exit is delayed",
  },
  {
    id: "m18",
    author: sean,
    about: "posting helps with housekeeping CPUs only; nothing is delayed; relax the test",
  },
  { id: "m19", author: "Chao Gao", about: "why the test exists: posting costs the VMX preemption timer" },
  { id: "m20", author: binbin, about: "kvm_{mwait,hlt}_in_guest() do not describe a TD" },
  { id: "m21", author: sean, about: "drop lapic_timer.pending altogether" },
];
