import { kickInFlight } from "../../models/kvm/predicates.ts";
import { invariant, step, type State } from "../../models/kvm/state.ts";

type Vcpu = State["vcpu"][number];

const kernel = "__avic_vcpu_load(), __avic_vcpu_put()";

/** An IPI of another CPU is under way to this vCPU, at one of these steps. */
const ipiAt = ({ avicIpi }: State, v: number, ...pcs: readonly State["avicIpi"]["pc"][]): boolean =>
  avicIpi.target === v && pcs.includes(avicIpi.pc);

/** The doorbell that is on its way goes to the pCPU of this vCPU. */
const doorbellComes = (s: State, v: number): boolean =>
  ipiAt(s, v, "ENTRY_DOORBELL", "DOORBELL") && s.avicIpi.aim === s.vcpu[v].cpu;

export const avicIpiReachesRunningGuest = invariant({
  id: "avic-ipi-reaches-running-guest",
  statement:
    "While a vCPU with AVIC runs its guest with an IPI in IRR that its CPU has not looked at, the doorbell of its pCPU is on its " +
    "way, or who sends has yet to find out that it has to be rung, or the vCPU is being kicked",
  source: "irqchip 7.7",
  kernel: "avic_incomplete_ipi_interception(), svm_complete_interrupt_delivery(), avic_ring_doorbell()",
  args: { v: "vcpu" },
  antecedent: (s, { v }) => s.vcpu[v].pc === "NONROOT" && s.vcpu[v].irrUnseen && s.vcpu[v].irr.ipi,
  holds: (s, { v }) =>
    ipiAt(s, v, "ENTRY", "INCOMPLETE", "SVM_MODE", "SVM_TEST_IN_GUEST") ||
    doorbellComes(s, v) ||
    kickInFlight(s.vcpu[v]),
});

/** The vCPU's thread is loaded, in KVM_RUN, and does not block. */
const mayRun = ({ sched, pc, waiter }: Vcpu): boolean =>
  sched === "ON_CPU" && pc !== "USER" && pc !== "ABSENT" && !waiter;

export const isRunningOfALoadedVcpu = invariant({
  id: "is-running-of-a-loaded-vcpu",
  statement:
    "IsRunning is set only of a vCPU with AVIC that is loaded and does not block: nobody rings for one that sleeps, is scheduled " +
    "out or is in userspace, but exits and lets KVM wake it",
  source: "irqchip 7.7",
  kernel,
  args: { v: "vcpu" },
  antecedent: ({ vcpu }, { v }) => vcpu[v].physicalId.isRunning,
  holds: ({ vcpu }, { v }) => mayRun(vcpu[v]) && vcpu[v].apicvActive,
});

export const runningGuestIsMarked = invariant({
  id: "running-guest-is-marked-running",
  statement: "While a guest with AVIC runs, its entry has IsRunning and names the pCPU that it runs on",
  source: "irqchip 7.7",
  kernel,
  args: { v: "vcpu" },
  antecedent: ({ vcpu }, { v }) => vcpu[v].mode !== "OUTSIDE" && vcpu[v].apicvActive,
  holds: ({ vcpu }, { v }) => vcpu[v].physicalId.isRunning && vcpu[v].physicalId.host === vcpu[v].cpu,
});

export const isRunningIsClearedBeforeTheLastLook = invariant({
  id: "is-running-is-clear-while-irr-is-looked-at",
  statement:
    "A vCPU with AVIC looks at IRR for the last time before it sleeps with IsRunning clear: what is set in IRR after that look " +
    "finds it so",
  source: "irqchip 7.7",
  kernel: "avic_vcpu_blocking(), kvm_vcpu_check_block()",
  args: { v: "vcpu" },
  antecedent: ({ vcpu }, { v }) => vcpu[v].pc === "BLOCK_CHECK_RUNNABLE" && vcpu[v].apicvActive,
  holds: ({ vcpu }, { v }) => !vcpu[v].physicalId.isRunning,
});

export const doorbellIsRungOfWhoRuns = step({
  id: "doorbell-is-rung-of-who-runs",
  statement:
    "The CPU that sends an IPI rings the doorbell only where IsRunning is set in its target's entry, that of the pCPU named there; " +
    "else it exits",
  source: "irqchip 7.7",
  kernel: "AVIC_IPI_FAILURE_TARGET_NOT_RUNNING",
  antecedent: ({ avicIpi: before }, { avicIpi: after }) => before.pc === "ENTRY" && after.pc !== "ENTRY",
  holds: ({ vcpu, avicIpi: before }, { avicIpi: after }) => {
    const { isRunning, host } = vcpu[before.target].physicalId;
    const rings = after.pc === "ENTRY_DOORBELL" && isRunning && after.aim === host;
    return (rings || after.pc === "INCOMPLETE") && after.target === before.target;
  },
});
