import type { Action } from "#check";
import type { OfVcpu } from "../../citation.ts";
import { wakeUp } from "../../ops.ts";
import { entryToIrte, hearsDoorbell, type GaLogged } from "../../physical-id.ts";
import { gsis, vectorNumber } from "../../prints/numbers.ts";
import { action, type State } from "../../state.ts";
import { kvmPiIrteUpdate } from "../../tracepoints/irqchip.ts";
import { kvmAvicGaLog } from "../../tracepoints/lapic.ts";

/** The thread of the IOMMU's interrupt. */
const actor = "AMD-Vi";
const args = { v: "vcpu" } as const;
const source = "irqchip 7.8";

type Handler = State["gaLog"]["pc"];
const handlerAt =
  (pc: Handler) =>
  ({ gaLog }: State): boolean =>
    gaLog.pc === pc;

/** The device is assigned: its IRTE posts to the vCPU, by what the vCPU's entry says. */
export const avicUpdateIrte = (logged: GaLogged): Action<State> =>
  action("avic_pi_update_irte", {
    actor: "userspace",
    args,
    kernel: "avic_pi_update_irte(): the vCPU's entry, irq_set_vcpu_affinity()",
    branch: ({ vcpu }, { v }: OfVcpu, { irte }) => {
      const { isRunning } = vcpu[v].physicalId;
      return `avic_pi_update_irte(): IsRunning is ${isRunning ? "set" : "clear"}, GALogIntr becomes ${irte.gaLogIntr ? "set" : "clear"}; irq_set_vcpu_affinity()`;
    },
    prints: () => [kvmPiIrteUpdate.event({ set: true, vcpu: 0, gsi: gsis.msi, gvec: vectorNumber.device })],
    source,
    atomic:
      "svm->ir_list_lock, with host IRQs off: a load or a put comes before, or updates the IRTE afterwards",
    guard: (s, { v }) => s.device.attach === "NONE" && s.vcpu[v].pc !== "ABSENT" && s.vcpu[v].apicvActive,
    effect: (d, { v }) => {
      d.device.attach = "DONE";
      d.device.target = v;
      entryToIrte(d, v, logged);
    },
  });

const post = action("iommu_set_irr", {
  actor: "device",
  args,
  kernel: "the IOMMU, by the IRTE: the bit in IRR of the vCPU's page",
  source,
  atomic: "one atomic write; the IOMMU posts one interrupt after the other",
  guard: (s, { v }) => s.device.attach === "DONE" && s.device.target === v && s.irte.pc === "IDLE",
  effect: (d, { v }) => {
    d.vcpu[v].irr.device = true;
    d.vcpu[v].irrUnseen = true;
    d.irte.pc = "READ";
  },
});

const read = action("iommu_read_irte", {
  actor: "device",
  kernel: "the IOMMU: IsRun and the destination, or GALogIntr",
  branch: ({ irte }) => {
    if (irte.isRun) return "the IOMMU: IsRun is set, the doorbell of the destination";
    return irte.gaLogIntr
      ? "the IOMMU: IsRun is clear and GALogIntr set, an entry in the GA log"
      : "the IOMMU: IsRun and GALogIntr are clear, nothing more";
  },
  source,
  atomic: "one read of the IRTE, which is not cached in these fields, after the write of IRR",
  guard: ({ irte }) => irte.pc === "READ",
  effect: (d) => {
    const { irte } = d;
    if (irte.isRun) {
      irte.pc = "DOORBELL";
      irte.aim = irte.host;
    } else irte.pc = irte.gaLogIntr ? "LOG" : "IDLE";
  },
});

const doorbell = action("iommu_doorbell", {
  actor: "device",
  args,
  kernel: "the IOMMU's doorbell arrives at the pCPU of the IRTE",
  branch: (s, { v }: OfVcpu) =>
    hearsDoorbell(s.vcpu[v], s.irte.aim)
      ? "the IOMMU's doorbell arrives, and the CPU looks at IRR"
      : "the IOMMU's doorbell arrives at a pCPU that does not run this guest, and nothing happens",
  source,
  atomic: "one event of the CPU; its delay is before it",
  guard: (s, { v }) => s.irte.pc === "DOORBELL" && s.device.target === v,
  effect: (d, { v }) => {
    const { irte } = d;
    if (hearsDoorbell(d.vcpu[v], irte.aim)) d.vcpu[v].irrUnseen = false;
    irte.pc = "IDLE";
    irte.aim = "P0";
  },
});

const log = action("iommu_write_ga_log", {
  actor: "device",
  kernel: "the IOMMU: an entry in the GA log, GALogInt, and the IOMMU's interrupt",
  branch: ({ gaLog }) => {
    if (!gaLog.runs) return "the IOMMU: GALogRun is clear, and the entry is lost";
    return `the IOMMU: an entry in the GA log; GALogInt is ${gaLog.interrupt ? "set already" : "set, and its interrupt raised"}`;
  },
  source,
  atomic:
    "the entry is written before GALogInt is set; a thread that reads the log in between finds the entry sooner",
  guard: ({ irte }) => irte.pc === "LOG",
  effect: (d) => {
    const { gaLog } = d;
    d.irte.pc = "IDLE";
    if (!gaLog.runs) return;
    gaLog.entry = true;
    if (!gaLog.interrupt) gaLog.pending = true;
    gaLog.interrupt = true;
  },
});

/** The log is full, of entries of other vCPUs. */
export const gaLogOverflows: Action<State> = action("iommu_ga_log_overflow", {
  actor: "device",
  kernel: "the IOMMU: the GA log is full; GALogOverflow, GALogRun is clear, and the IOMMU's interrupt",
  source,
  atomic: "one event of the IOMMU",
  guard: ({ irte, gaLog }) => irte.pc === "LOG" && gaLog.runs,
  effect: (d) => {
    const { gaLog } = d;
    d.irte.pc = "IDLE";
    gaLog.overflow = true;
    gaLog.runs = false;
    gaLog.pending = true;
  },
});

const interrupt = action("amd_iommu_int_thread", {
  actor,
  kernel: "amd_iommu_int_handler(): IRQ_WAKE_THREAD; amd_iommu_int_thread_galog()",
  source,
  atomic: "the thread of one interrupt; another one that comes meanwhile lets it run again",
  guard: ({ gaLog }) => gaLog.pc === "IDLE" && gaLog.pending,
  effect: (d) => {
    d.gaLog.pending = false;
    d.gaLog.pc = "STATUS";
  },
});

const status = (acksFirst: boolean): Action<State> =>
  action("amd_iommu_read_status", {
    actor,
    kernel: "amd_iommu_handle_irq(): MMIO_STATUS",
    branch: ({ gaLog }) =>
      `amd_iommu_handle_irq(): MMIO_STATUS has ${gaLog.interrupt || gaLog.overflow ? "something to be done" : "nothing more"}`,
    source,
    atomic: "one read of the register",
    guard: handlerAt("STATUS"),
    effect: (d) => {
      const { gaLog } = d;
      const any = gaLog.interrupt || gaLog.overflow;
      gaLog.overflowed = gaLog.overflow;
      if (!any) gaLog.pc = "IDLE";
      else gaLog.pc = acksFirst ? "ACK" : "POLL";
    },
  });

const ack = (acksFirst: boolean): Action<State> =>
  action("amd_iommu_ack_status", {
    actor,
    kernel: "amd_iommu_handle_irq(): GALogInt and GALogOverflow are cleared",
    source,
    atomic: "one write of the register",
    guard: handlerAt("ACK"),
    effect: (d) => {
      const { gaLog } = d;
      gaLog.interrupt = false;
      gaLog.overflow = false;
      if (acksFirst) gaLog.pc = "POLL";
      else gaLog.pc = gaLog.overflowed ? "RESTART" : "STATUS";
    },
  });

const afterPoll = ({ overflowed }: Pick<State["gaLog"], "overflowed">, acksFirst: boolean): Handler => {
  if (!acksFirst) return "ACK";
  return overflowed ? "RESTART" : "STATUS";
};

const poll = (acksFirst: boolean): Action<State> =>
  action("iommu_poll_ga_log", {
    actor,
    kernel: "iommu_poll_ga_log(): head and tail",
    branch: ({ gaLog }) => `iommu_poll_ga_log(): ${gaLog.entry ? "there are entries" : "the log is empty"}`,
    source,
    atomic:
      "the tail is read once: what is written later waits for the next round; one entry or several wake the one vCPU",
    guard: handlerAt("POLL"),
    effect: (d) => {
      const { gaLog } = d;
      gaLog.pc = gaLog.entry ? "NOTIFY" : afterPoll(gaLog, acksFirst);
      gaLog.entry = false;
    },
  });

const notify = (acksFirst: boolean): Action<State> =>
  action("avic_ga_log_notifier", {
    actor,
    args,
    kernel: "avic_ga_log_notifier(): kvm_vcpu_wake_up()",
    prints: (_, { v }: OfVcpu) => [kvmAvicGaLog.event({ vmid: 1, vcpu: v })],
    source,
    atomic: "rcuwait_wake_up(): a vCPU that publishes itself as a waiter meanwhile sees IRR before it sleeps",
    guard: (s, { v }) => s.gaLog.pc === "NOTIFY" && s.device.target === v,
    effect: (d, { v }) => {
      wakeUp(d, v);
      d.gaLog.pc = afterPoll(d.gaLog, acksFirst);
    },
  });

const restart = action("amd_iommu_restart_ga_log", {
  actor,
  kernel: "amd_iommu_restart_ga_log(): the log is disabled, and enabled again",
  source,
  atomic: "the log does not run, so that nothing is written meanwhile",
  guard: handlerAt("RESTART"),
  effect: (d) => {
    const { gaLog } = d;
    gaLog.runs = true;
    gaLog.overflow = false;
    gaLog.overflowed = false;
    gaLog.pc = "STATUS";
  },
});

/** amd_iommu_handle_irq(): what is cleared in MMIO_STATUS before, or after, the log is read. */
export const gaLogThread = (acksFirst: boolean): readonly Action<State>[] => [
  status(acksFirst),
  ack(acksFirst),
  poll(acksFirst),
  notify(acksFirst),
];

/** A device whose interrupts AMD's IOMMU posts, and the GA log. */
export const gaLog: readonly Action<State>[] = [
  avicUpdateIrte("blocking"),
  post,
  read,
  doorbell,
  log,
  interrupt,
  ...gaLogThread(true),
  restart,
];
