import { initAllowed, initOrSipiPending, isStarted } from "../../models/kvm/accept-events.ts";
import { asleep } from "../../models/kvm/blocking.ts";
import { invariant, leadsTo, step, strong, type State } from "../../models/kvm/state.ts";
import { kickToCome, nobodyHasToSend } from "./sender.ts";

type Vcpu = State["vcpu"][number];

/** An NMI or an SMI is queued or pending, and the guest is not in SMM, where both are blocked. */
const interrupting = ({ events }: Vcpu): boolean =>
  !events.inSmm && (events.nmiQueued || events.nmiPending || events.smiQueued || events.smiPending);

/** There is something that a vCPU has to wake up for. */
const deliverable = (s: State, v: number): boolean =>
  interrupting(s.vcpu[v]) ||
  s.vcpu[v].events.pvUnhalted ||
  (s.vcpu[v].initSipi.init && initAllowed(s, s.vcpu[v]));

export const haltedVcpuWakesForEvent = invariant({
  id: "halted-vcpu-wakes-for-event",
  statement:
    "No halted vCPU sleeps with an NMI, an SMI, an INIT or a paravirtual kick that is not blocked, whatever IF is, unless " +
    "whoever sent it is about to kick",
  source: "irqchip 7.6 WAKE, 7.6 PV",
  kernel: "kvm_arch_vcpu_runnable(), kvm_vcpu_has_events()",
  args: { v: "vcpu" },
  antecedent: (s, { v }) => asleep(s.vcpu[v]) && s.vcpu[v].mp === "HALTED",
  holds: (s, { v }) => !deliverable(s, v) || kickToCome(s, v),
});

/** A halt ends, or is none: HALTED becomes RUNNABLE, or HLT returns at once. */
const ends = (was: Vcpu, is: Vcpu): boolean =>
  is.mp === "RUNNABLE" && (was.mp === "HALTED" || (was.pc === "HALT" && is.pc !== "HALT"));

export const haltEndsForWhatIsNotBlocked = step({
  id: "halt-ends-for-what-is-not-blocked",
  statement:
    "A halt ends for an NMI or an SMI only if it is not blocked: in SMM both are, and the guest halts on",
  source: "irqchip 7.6 WAKE, 7.6 SMM",
  kernel: "kvm_vcpu_has_events(): KVM_REQ_NMI, KVM_REQ_SMI; nmi_allowed(), smi_allowed()",
  args: { v: "vcpu" },
  antecedent: (before, after, _, { v }) =>
    ends(before.vcpu[v], after.vcpu[v]) && !initOrSipiPending(before.vcpu[v]),
  holds: (before, _, __, { v }) => deliverable(before, v),
});

export const blockedInitEndsNoHalt = step({
  id: "blocked-init-ends-no-halt",
  statement: "An INIT that is blocked ends no halt: it stays pending, and the guest halts on",
  source: "irqchip 7.6 WAKE",
  kernel: "kvm_vcpu_has_events(): kvm_apic_init_sipi_allowed()",
  args: { v: "vcpu" },
  antecedent: (before, after, _, { v }) => {
    const { pc, mp, initSipi } = before.vcpu[v];
    return (
      initSipi.init &&
      !initAllowed(before, before.vcpu[v]) &&
      pc !== after.vcpu[v].pc &&
      (pc === "HALT" || (mp === "HALTED" && ["BLOCK_RUNNABLE", "BLOCK_AGAIN", "ACCEPT_INIT"].includes(pc)))
    );
  },
  holds: (before, after, _, { v }) => {
    const { nmiQueued, nmiRequestLeft, smiQueued } = before.vcpu[v].events;
    return nmiQueued || nmiRequestLeft || smiQueued || after.vcpu[v].mp === "HALTED";
  },
});

export const droppedSipiEndsNoHalt = step({
  id: "dropped-sipi-ends-no-halt",
  statement: "A SIPI to a vCPU that does not wait for one is dropped, and ends no halt",
  source: "irqchip 7.6 WAKE, 7.6 EVENTS",
  kernel: "kvm_vcpu_has_events(): kvm_apic_has_pending_init_or_sipi(); kvm_apic_accept_events()",
  args: { v: "vcpu" },
  antecedent: (before, after, _, { v }) =>
    ["ACCEPT_INIT", "ACCEPT_SIPI"].includes(before.vcpu[v].pc) &&
    before.vcpu[v].mp === "HALTED" &&
    before.vcpu[v].initSipi.sipi &&
    !after.vcpu[v].initSipi.sipi,
  holds: (_, { vcpu }, __, { v }) => vcpu[v].mp === "HALTED",
});

export const kickEndsOneHalt = step({
  id: "kick-ends-one-halt",
  statement:
    "A paravirtual kick ends one halt: pv_unhalted is clear once it has made HLT return, or the vCPU RUNNABLE",
  source: "irqchip 7.6 PV",
  kernel: "kvm_set_mp_state(): pv_unhalted; kvm_emulate_halt_noskip(), vcpu_block()",
  args: { v: "vcpu" },
  antecedent: (before, after, _, { v }) =>
    before.vcpu[v].events.pvUnhalted && ends(before.vcpu[v], after.vcpu[v]),
  holds: (_, { vcpu }, __, { v }) => !vcpu[v].events.pvUnhalted,
});

export const latchedInitIsRequested = invariant({
  id: "latched-init-is-requested",
  statement:
    "No vCPU runs its guest with an INIT pending that is not blocked, as one is that was latched in SMM, unless KVM_REQ_EVENT " +
    "makes it exit, or whoever sent it is about to kick",
  source: "irqchip 7.6 SMM, 7.6 EVENTS",
  kernel: "kvm_smm_changed(): KVM_REQ_EVENT; kvm_apic_accept_events()",
  args: { v: "vcpu" },
  antecedent: ({ vcpu }, { v }) => vcpu[v].pc === "NONROOT" && vcpu[v].initSipi.init,
  holds: (s, { v }) => !initAllowed(s, s.vcpu[v]) || s.vcpu[v].req.EVENT || kickToCome(s, v),
});

/** Besides, a guest in SMM leaves it. */
const goesOn = [nobodyHasToSend, strong({ action: ["guest_rsm"], each: "action" })];

export const startedVcpuRuns = leadsTo({
  id: "startup-starts-the-vcpu",
  statement:
    "A vCPU to which INIT and two SIPIs were sent is RUNNABLE in the end, wherever it was as they came",
  source: "irqchip 7.6 EVENTS: a SIPI is dropped while INIT is blocked",
  kernel: "kvm_apic_accept_events()",
  args: { v: "vcpu" },
  fairness: goesOn,
  from: ({ sender }) => sender.sent === "SECOND_SIPI" && sender.pc === "IDLE",
  to: ({ vcpu, sender }, { v }) => sender.sent !== "SECOND_SIPI" || isStarted(vcpu[v]),
});
