import type { Message } from "#check";

const binbin = "Binbin Wu";
const kai = "Kai Huang";
const sean = "Sean Christopherson";
const vishal = "Vishal Annapurve";

const subject = "[PATCH 12/16] KVM: TDX: Inhibit APICv for TDX guest";

const sent: readonly Message[] = [
  {
    id: "m1",
    author: binbin,
    date: "9 Dec 2024, 8 Dec where m15 quotes it",
    about: "the patch: APICv inhibited for a TD, apicv_active cleared at vCPU init",
  },
  {
    id: "m2",
    author: binbin,
    date: "13 Jan 2025, as m3 quotes it",
    about: "the analysis of m3, its formatting mangled",
    nothing: "it was sent again as m3, and what it says is checked there",
  },
  {
    id: "m3",
    author: binbin,
    date: "13 Jan 2025, as m4 quotes it",
    about: "the long analysis, and the proposal to make APICv active for TDs",
  },
  {
    id: "m4",
    author: kai,
    date: "16 Jan 2025, as m5 quotes it",
    about: "the real problem is level-triggered interrupts; reject them",
  },
  {
    id: "m5",
    author: sean,
    date: "16 Jan 2025, as m7 quotes it",
    about: "split irqchip is right; EOIs are all accelerated; do not police level",
  },
  {
    id: "m6",
    author: binbin,
    date: "16 Jan 2025 or later, as the answer to m5",
    about: "QEMU marks level-triggered interrupts unsupported for TDs",
    nothing: "it reports what QEMU does, and KVM's behaviour does not depend on it",
  },
  {
    id: "m7",
    author: kai,
    date: "16 Jan 2025, as m8 quotes it",
    about: "accept both no irqchip and split, refuse the in-kernel one, with a message",
  },
  {
    id: "m8",
    author: sean,
    date: "16 Jan 2025, as m9 quotes it",
    about: "a userspace I/O APIC is told of EOIs by its routes; no irqchip cannot work",
  },
  {
    id: "m9",
    author: kai,
    date: "17 Jan 2025, as m10 quotes it",
    about: "split alone does not make level-triggered interrupts work",
  },
  {
    id: "m10",
    author: kai,
    date: "17 Jan 2025, as m11 quotes it",
    about: "takes back a remark of m9 on the `level` argument",
  },
  {
    id: "m11",
    author: sean,
    date: "17 Jan 2025 or later, as the answer to m10",
    about: "agrees with m10",
  },
  {
    id: "m12",
    author: sean,
    date: "13 Jan 2025, 14 Jan where m13 quotes it",
    about: "a TD cannot be inhibited, so KVM_BUG_ON is fine; require KVM_CAP_X2APIC_API",
  },
  {
    id: "m13",
    author: binbin,
    date: "14 Jan 2025, as m14 quotes it",
    about: "in x2APIC mode nothing aliases, whether X2APIC_API is enabled or not",
  },
  { id: "m14", author: sean, date: "14 Jan 2025 or later, as the answer to m13", about: "agrees with m13" },
  {
    id: "m15",
    author: vishal,
    date: "3 Jan 2025, 4 Jan where m16 quotes it",
    about: "with apicv_active false the timer's interrupt may be delayed without bound",
  },
  {
    id: "m16",
    author: binbin,
    date: "5 Jan 2025, as m17 quotes it",
    about: "no: it is counted, UNBLOCK is requested and the vCPU kicked",
  },
  {
    id: "m17",
    author: vishal,
    date: "6 Jan 2025, as m18 quotes it",
    about: "posting would be faster; an hrtimer firing during an exit is delayed",
  },
  {
    id: "m18",
    author: sean,
    date: "6 Jan 2025 or later, as the answer to m17",
    about: "posting helps with housekeeping CPUs only; nothing is delayed; relax the test",
  },
  {
    id: "m19",
    author: "Chao Gao",
    date: "7 Jan 2025, as m20 quotes it",
    about: "why the test exists: posting costs the VMX preemption timer",
  },
  {
    id: "m20",
    author: binbin,
    date: "7 Jan 2025, as m21 quotes it",
    about: "kvm_{mwait,hlt}_in_guest() do not describe a TD",
  },
  {
    id: "m21",
    author: sean,
    date: "between m20 (7 Jan 2025) and m3 (13 Jan 2025), which links to it",
    about: "drop lapic_timer.pending altogether",
    link: "https://lore.kernel.org/kvm/Z32ZjGH72WPKBMam@google.com/",
  },
];

/**
 * The messages of the thread, in its order. Days are those that the replies quote; m3 links to m21, and no other address is
 * given in the thread.
 */
export const messages: readonly Message[] = sent.map((message, place) => ({
  ...message,
  subject: place === 0 ? subject : `Re: ${subject}`,
}));
