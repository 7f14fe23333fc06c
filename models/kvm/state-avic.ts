import { about, bool, index, oneOf, record, words } from "#check";
import { posterPcs, type PosterPc } from "./state-poster.ts";

/** What CPUs with AVIC read of a vCPU that they send an IPI to. */
export const physicalIdEntry = about(
  "AVIC: the vCPU's entry in the table of physical APIC ids, where a world has its loads and puts.",
  record({
    isRunning: about(
      "IsRunning: who sends rings the doorbell of the CPU that is named; else it exits.",
      bool,
    ),
    host: about("The host's physical APIC id: the pCPU whose doorbell that is.", oneOf("P0", "P1")),
    gaLogIntr: about(
      "AVIC_PHYSICAL_ID_ENTRY_GA_LOG_INTR, which KVM keeps for itself: the vCPU blocks, and IRTEs ask for entries in the GA log.",
      bool,
    ),
  }),
);

const posting = Object.fromEntries(
  posterPcs.map((pc) => [pc, "in svm_complete_interrupt_delivery(), as any thread that delivers"]),
) as Readonly<Record<PosterPc, string>>;

export const avicIpi = about(
  "An IPI that a CPU with AVIC sends by itself, and the thread of its vCPU where that exits.",
  record({
    pc: about(
      "How far it is: each word names the step that is next.",
      words({
        IDLE: "no IPI is being sent",
        ENTRY: "the bit in IRR is set; the CPU reads the target's entry",
        RUNNING_IRR:
          "IsRunning was read, and is set; the bit in IRR comes after it, against what is specified",
        STOPPED_IRR:
          "IsRunning was read, and is clear; the bit in IRR comes after it, against what is specified",
        ENTRY_DOORBELL: "the doorbell is on its way to the pCPU of the entry",
        INCOMPLETE: "the sender has exited with AVIC_IPI_FAILURE_TARGET_NOT_RUNNING",
        ...posting,
      }),
    ),
    target: about("The vCPU that it goes to.", index("vcpu")),
    aim: about("The pCPU that the doorbell goes to, as it was read.", oneOf("P0", "P1")),
  }),
);

export const irte = about(
  "The IRTE of an assigned device, by which AMD's IOMMU posts its interrupt to a vCPU with AVIC; and how far a post is.",
  record({
    isRun: about("IsRun: the vCPU runs on the pCPU of the destination, whose doorbell is rung.", bool),
    host: about("Destination: the pCPU.", oneOf("P0", "P1")),
    gaLogIntr: about("GALogIntr: where IsRun is clear, an entry is written to the GA log.", bool),
    pc: about(
      "How far the IOMMU is: each word names the step that is next.",
      words({
        IDLE: "nothing is posted",
        READ: "the bit in IRR is set; the IOMMU reads IsRun and GALogIntr",
        DOORBELL: "the doorbell is on its way to the destination",
        LOG: "an entry is about to be written to the GA log",
      }),
    ),
    aim: about("The pCPU that the doorbell goes to, as it was read.", oneOf("P0", "P1")),
  }),
);

export const gaLog = about(
  "The GA log of AMD's IOMMU: which vCPUs that do not run an interrupt was posted to. And the thread that reads it.",
  record({
    entry: about("There are entries that were not read yet, of the one vCPU.", bool),
    interrupt: about("MMIO_STATUS GALogInt: entries were written since it was cleared.", bool),
    overflow: about("MMIO_STATUS GALogOverflow: an entry found no room, and logging has stopped.", bool),
    runs: about("MMIO_STATUS GALogRun: entries are written.", bool),
    pending: about("The IOMMU's interrupt is pending: its thread is to run.", bool),
    pc: about(
      "Where the thread of amd_iommu_handle_irq() stands.",
      words({
        IDLE: "it waits for the interrupt",
        STATUS: "it reads MMIO_STATUS",
        ACK: "it clears what it has read there",
        POLL: "iommu_poll_ga_log()",
        NOTIFY: "avic_ga_log_notifier() of an entry",
        RESTART: "amd_iommu_restart_ga_log()",
      }),
    ),
    overflowed: about("What it has read of MMIO_STATUS has GALogOverflow.", bool),
  }),
);

/** These parts, before anything has booted. */
export const avicPowerOn = {
  physicalId: { isRunning: false, host: "P0", gaLogIntr: false },
  avicIpi: { pc: "IDLE", target: 0, aim: "P0" },
  irte: { isRun: false, host: "P0", gaLogIntr: false, pc: "IDLE", aim: "P0" },
  gaLog: {
    entry: false,
    interrupt: false,
    overflow: false,
    runs: true,
    pending: false,
    pc: "IDLE",
    overflowed: false,
  },
} as const;
