import { initAllowed, initOrSipiPending, isStarted } from "../../models/kvm/accept-events.ts";
import { asleep } from "../../models/kvm/blocking.ts";
import { invariant, leadsTo, type State } from "../../models/kvm/state.ts";
import { kickToCome, nobodyHasToSend } from "./sender.ts";

type Mp = State["vcpu"][number]["mp"];

/** Before a SIPI the vCPU runs no guest. */
const waits = (mp: Mp): boolean => mp === "UNINITIALIZED" || mp === "INIT_RECEIVED";

export const initWakesVcpu = invariant({
  id: "init-or-sipi-wakes-the-vcpu",
  statement:
    "No vCPU sleeps with an INIT or a SIPI pending that it may accept, be it UNINITIALIZED, waiting for SIPI or halted, unless " +
    "whoever sent it is about to kick",
  source: "irqchip 7.6 WAKE, 7.6 ACCEPT",
  kernel: "kvm_vcpu_has_events(): kvm_apic_has_pending_init_or_sipi(); __apic_accept_irq(): kvm_vcpu_kick()",
  args: { v: "vcpu" },
  antecedent: (s, { v }) => asleep(s.vcpu[v]),
  holds: (s, { v }) => !initOrSipiPending(s.vcpu[v]) || !initAllowed(s, s.vcpu[v]) || kickToCome(s, v),
});

export const noGuestBetweenInitAndSipi = invariant({
  id: "no-guest-between-init-and-sipi",
  statement: "A vCPU that has accepted an INIT, and to which no SIPI was sent since, runs no guest",
  source: "irqchip 7.6 EVENTS, 7.6 CALLERS",
  kernel: "vcpu_enter_guest(): kvm_apic_accept_events(), INIT_RECEIVED",
  args: { v: "vcpu" },
  antecedent: ({ sender, vcpu }, { v }) => sender.sent === "INIT" && !vcpu[v].initSipi.init,
  holds: ({ vcpu }, { v }) => vcpu[v].mode === "OUTSIDE",
});

export const sipiStartsVcpu = leadsTo({
  id: "sipi-starts-the-vcpu",
  statement:
    "A SIPI that follows an INIT makes the vCPU RUNNABLE in the end, wherever its thread stands as they come, unless another INIT " +
    "is sent",
  source: "irqchip 7.6 EVENTS, 7.6 RUN",
  kernel: "kvm_apic_accept_events()",
  args: { v: "vcpu" },
  fairness: [nobodyHasToSend],
  from: (s, { v }) => {
    const { mp, initSipi } = s.vcpu[v];
    return initSipi.sipi && (initSipi.init || mp === "INIT_RECEIVED");
  },
  to: ({ vcpu, sender }, { v }) => sender.sent === "INIT" || isStarted(vcpu[v]),
});

export const waitingVcpuSleeps = leadsTo({
  id: "vcpu-that-waits-for-sipi-sleeps",
  statement:
    "A vCPU that waits for INIT or SIPI sleeps in the end: its thread does not go round and round until they come",
  source: "irqchip 7.6 WAKE: derived",
  kernel: "kvm_vcpu_has_events(): KVM_REQ_NMI; vcpu_block(): KVM_MP_STATE_INIT_RECEIVED",
  args: { v: "vcpu" },
  fairness: [nobodyHasToSend],
  from: ({ vcpu }, { v }) => waits(vcpu[v].mp) && !initOrSipiPending(vcpu[v]),
  to: ({ vcpu }, { v }) => asleep(vcpu[v]) || initOrSipiPending(vcpu[v]) || !waits(vcpu[v].mp),
});
