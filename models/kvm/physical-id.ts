import type { Draft } from "#check";
import type { State } from "./state.ts";

type Vcpu = State["vcpu"][number];

/** Of which vCPU that does not run the IOMMU logs what is posted to it: of one that blocks, of each, or of none. */
export type GaLogged = "blocking" | "always" | "never";

/** __avic_vcpu_load(): IsRunning and the pCPU, in one store; then the IRTE, if a device posts to the vCPU. */
export const avicVcpuLoad = (d: Draft<State>, v: number, logged: GaLogged): void => {
  const { apicvActive, physicalId, cpu } = d.vcpu[v];
  if (!apicvActive) return;
  physicalId.isRunning = true;
  physicalId.host = cpu;
  physicalId.gaLogIntr = false;
  updateIrte(d, v, logged);
};

/** __avic_vcpu_put() of a vCPU that blocks, or that is scheduled out: the IRTE, then the entry, which keeps the pCPU. */
export const avicVcpuPut = (d: Draft<State>, v: number, blocks: boolean, logged: GaLogged): void => {
  const { physicalId } = d.vcpu[v];
  physicalId.isRunning = false;
  physicalId.gaLogIntr = blocks;
  updateIrte(d, v, logged);
};

/** What amd_iommu_update_ga(), or avic_pi_update_irte(), makes of the entry. */
export const entryToIrte = (d: Draft<State>, v: number, logged: GaLogged): void => {
  const { isRunning, host, gaLogIntr } = d.vcpu[v].physicalId;
  d.irte.isRun = isRunning;
  if (isRunning) d.irte.host = host;
  d.irte.gaLogIntr = logged === "always" || (logged === "blocking" && gaLogIntr);
};

const updateIrte = (d: Draft<State>, v: number, logged: GaLogged): void => {
  if (d.device.attach === "DONE") entryToIrte(d, v, logged);
};

/** Why a load or a put of AVIC is one step. */
export const irListLock =
  "svm->ir_list_lock, with host IRQs off: the entry is one word, and only the thread that is loaded writes it. Of the IRTE, which " +
  "is written beside it, senders see nothing, and of the entry the IOMMU sees nothing";

/** The vCPU's guest runs on the pCPU at which a doorbell arrives; at any other it is ignored. */
export const hearsDoorbell = ({ pc, cpu }: Pick<Vcpu, "pc" | "cpu">, at: Vcpu["cpu"]): boolean =>
  pc === "NONROOT" && cpu === at;
