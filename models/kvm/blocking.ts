import { callbackInFlight, anyVector } from "./predicates.ts";
import type { State } from "./state.ts";

type Vcpu = State["vcpu"][number];

/** The thread sleeps in kvm_vcpu_block(): off its pCPU, and nobody has woken it. */
export const asleep = ({ sched, task }: Pick<Vcpu, "sched" | "task">): boolean =>
  sched === "BLOCKED" && task === "INTERRUPTIBLE";

/** The vCPU halted in a way that an interrupt ends. */
export const interruptible = ({ exit }: Pick<Vcpu, "exit">): boolean => exit === "HLT0";

/** Some vector is posted, or in the virtual IRR. */
export const hasVector = ({ pir, irr }: Pick<Vcpu, "pir" | "irr">): boolean =>
  anyVector(pir) || anyVector(irr);

/** A thread that posts to the vCPU stands at one of these steps. */
const posterAt = (s: State, v: number, pcs: readonly string[]): boolean =>
  pcs.includes(s.timer[v].pc) ||
  (pcs.includes(s.rtc.pc) && s.rtc.target === v) ||
  (pcs.includes(s.pin.pc) && s.pin.target === v) ||
  (pcs.includes(s.pit.worker) && v === 0) ||
  (pcs.includes(s.device.pc) && s.device.pcTarget === v) ||
  (pcs.includes(s.sender.pc) && s.sender.target === v) ||
  [s.msi.delivery, s.ipi, s.avicIpi].some(({ pc, target }) => pcs.includes(pc) && target === v);

/** A thread has set ON and has yet to read the mode, or to notify the pCPU that the vCPU is on. */
const posterNotifies = (s: State, v: number): boolean =>
  posterAt(s, v, ["NOTIFY_TEST"]) ||
  (posterAt(s, v, ["NOTIFY"]) && (s.device.pc !== "NOTIFY" || s.device.aim === s.vcpu[v].cpu));

/** A thread has set the bit in PIR and has yet to set ON, and then to wake or to notify. */
export const posterInFlight = (s: State, v: number): boolean =>
  posterAt(s, v, ["SET_ON"]) || posterNotifies(s, v);

/** A thread has set the bit in IRR, since it found APICv inactive, and has yet to request KVM_REQ_EVENT and to kick. */
export const eventKickToCome = (s: State, v: number): boolean =>
  posterAt(s, v, ["SOFT_EVENT", "SOFT_KICK", "SOFT_RESCHEDULE"]);

/** The IOMMU's notification is on its way to the pCPU where it is of use: with the wakeup vector, to that of the list. */
const notificationFor = (s: State, v: number, vector: "POSTED" | "WAKEUP", to: string): boolean =>
  s.device.notification === vector && s.device.target === v && s.device.to === to;

/** The notification vector is pending where the vCPU runs, or on its way there. */
export const notificationInFlight = (s: State, v: number): boolean =>
  s.vcpu[v].irq.POSTED_INTR || posterNotifies(s, v) || notificationFor(s, v, "POSTED", s.vcpu[v].cpu);

/** Of a sleeping vCPU with AVIC: who has set the bit in IRR will find that it does not run, and wake it. */
const senderWakes = (s: State, v: number): boolean =>
  posterAt(s, v, ["INCOMPLETE", "SVM_MODE", "SVM_TEST_OUTSIDE"]) ||
  (posterAt(s, v, ["ENTRY"]) && !s.vcpu[v].physicalId.isRunning);

/** An entry of the GA log will be read: the IOMMU's interrupt is pending, or its thread has yet to come to the log. */
export const gaLogIsReadAgain = ({ gaLog: { pending, interrupt, pc } }: State): boolean =>
  pending || pc === "ACK" || pc === "POLL" || (pc === "STATUS" && interrupt);

/** Of a sleeping vCPU with AVIC: the IOMMU is about to log what it has posted. */
const iommuLogs = ({ irte, gaLog }: State): boolean =>
  gaLog.runs && (irte.pc === "LOG" || (irte.pc === "READ" && !irte.isRun && irte.gaLogIntr));

/** Or the thread that reads the log is to wake it. */
const gaLogWakes = (s: State): boolean =>
  iommuLogs(s) || s.gaLog.pc === "NOTIFY" || (s.gaLog.entry && gaLogIsReadAgain(s));

/** Something is on its way that will wake the sleeping vCPU: without it nothing that KVM does ever will. */
export const wakeInFlight = (s: State, v: number): boolean => {
  const { irq, wakeupList, cpu, on } = s.vcpu[v];
  return (
    posterAt(s, v, ["SET_ON", "NOTIFY_TEST"]) ||
    senderWakes(s, v) ||
    (s.device.target === v && gaLogWakes(s)) ||
    callbackInFlight(s.timer[v]) ||
    s.device.attach === "KICK" ||
    (on && irq.PI_WAKEUP && wakeupList === cpu) ||
    (on && notificationFor(s, v, "WAKEUP", wakeupList))
  );
};
