import { gaLogIsReadAgain } from "../../models/kvm/blocking.ts";
import { kickInFlight } from "../../models/kvm/predicates.ts";
import { invariant, type State } from "../../models/kvm/state.ts";

/** The IOMMU posts to this vCPU, by an IRTE in guest mode. */
const postsTo = ({ device }: State, v: number): boolean => device.attach === "DONE" && device.target === v;

export const iommuPostReachesRunningGuest = invariant({
  id: "iommu-post-reaches-running-guest",
  statement:
    "While a vCPU with AVIC runs its guest with the device's interrupt in IRR that its CPU has not looked at, the IOMMU has yet to " +
    "read the IRTE, or the doorbell of its pCPU is on its way",
  source: "irqchip 7.8",
  kernel: "amd_iommu_update_ga()",
  args: { v: "vcpu" },
  antecedent: (s, { v }) => s.vcpu[v].pc === "NONROOT" && s.vcpu[v].irrUnseen && s.vcpu[v].irr.device,
  holds: (s, { v }) =>
    s.irte.pc === "READ" ||
    (s.irte.pc === "DOORBELL" && s.irte.aim === s.vcpu[v].cpu) ||
    kickInFlight(s.vcpu[v]),
});

export const gaLogEntryIsRead = invariant({
  id: "ga-log-entry-is-read",
  statement:
    "An entry of the GA log is read: the IOMMU's interrupt is pending, or its thread has yet to read the log, or to find GALogInt set",
  source: "irqchip 7.8",
  kernel: "amd_iommu_handle_irq(), iommu_poll_ga_log()",
  antecedent: ({ gaLog }) => gaLog.entry,
  holds: gaLogIsReadAgain,
});

export const irteFollowsTheEntry = invariant({
  id: "irte-follows-the-entry",
  statement:
    "The IRTE of a device that is posted to a vCPU with AVIC has IsRun and the destination as the vCPU's entry has IsRunning and the pCPU",
  source: "irqchip 7.8",
  kernel: "avic_update_iommu_vcpu_affinity(), avic_pi_update_irte()",
  args: { v: "vcpu" },
  antecedent: (s, { v }) => postsTo(s, v),
  holds: ({ irte, vcpu }, { v }) => {
    const { isRunning, host } = vcpu[v].physicalId;
    return irte.isRun === isRunning && (!isRunning || irte.host === host);
  },
});

export const blockedVcpuIsLogged = invariant({
  id: "post-to-a-blocked-vcpu-is-logged",
  statement:
    "While a vCPU with AVIC blocks, the IRTE of its device has GALogIntr: what is posted meanwhile is logged",
  source: "irqchip 7.8",
  kernel: "avic_vcpu_blocking(), avic_pi_update_irte(): AVIC_PHYSICAL_ID_ENTRY_GA_LOG_INTR",
  args: { v: "vcpu" },
  antecedent: (s, { v }) => postsTo(s, v) && s.vcpu[v].waiter,
  holds: ({ irte }) => irte.gaLogIntr && !irte.isRun,
});
