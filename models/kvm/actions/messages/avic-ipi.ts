import type { Action, Draft } from "#check";
import type { OfVcpu } from "../../citation.ts";
import { hearsDoorbell } from "../../physical-id.ts";
import { action, type State } from "../../state.ts";
import { kvmAvicIncompleteIpi } from "../../tracepoints/lapic.ts";
import { completeInterruptDelivery, requestEventAndKick } from "../posting/poster.ts";
import { TARGET_NOT_RUNNING } from "./ipi.ts";

/** Who sends: a vCPU that is not in the world, which does nothing else. */
const ANOTHER = 9;
const actor = "another vCPU";
const args = { v: "vcpu" } as const;
const source = "irqchip 7.7";

type Pc = State["avicIpi"]["pc"];

const at =
  (pc: Pc) =>
  (s: State, { v }: OfVcpu): boolean =>
    s.avicIpi.pc === pc && s.avicIpi.target === v;

const setsIrr = (d: Draft<State>, v: number): void => {
  const { apicvActive, irr } = d.vcpu[v];
  irr.ipi = true;
  if (apicvActive) d.vcpu[v].irrUnseen = true;
};

const done = (d: Draft<State>): void => {
  d.avicIpi.pc = "IDLE";
  d.avicIpi.aim = "P0";
  d.avicIpi.target = 0;
};

/** The CPU of who sends sets the bit in the target's page. */
const setIrr: Action<State> = action("avic_ipi_set_irr", {
  actor,
  args,
  kernel: "AVIC: the CPU of a vCPU that writes ICR sets the bit in IRR of the target",
  source,
  atomic: "one atomic write of the CPU",
  guard: (s, { v }) => s.avicIpi.pc === "IDLE" && s.vcpu[v].pc !== "ABSENT",
  effect: (d, { v }) => {
    setsIrr(d, v);
    d.avicIpi.target = v;
    d.avicIpi.pc = "ENTRY";
  },
});

/** It reads the target's entry in the table of physical ids. */
const readEntry: Action<State> = action("avic_ipi_read_entry", {
  actor,
  args,
  kernel: "AVIC: the CPU of the sender reads the target's entry: IsRunning, and the pCPU",
  branch: (s, { v }: OfVcpu) =>
    s.vcpu[v].physicalId.isRunning
      ? "AVIC: IsRunning is set in the target's entry, the doorbell of its pCPU"
      : "AVIC: IsRunning is clear in the target's entry, an exit with AVIC_IPI_FAILURE_TARGET_NOT_RUNNING",
  source,
  atomic: "one read of one word, after the write of IRR",
  guard: at("ENTRY"),
  effect: (d, { v }) => {
    const { isRunning, host } = d.vcpu[v].physicalId;
    d.avicIpi.pc = isRunning ? "ENTRY_DOORBELL" : "INCOMPLETE";
    if (isRunning) d.avicIpi.aim = host;
  },
});

/** The doorbell arrives: a CPU that is not in a guest ignores it. */
const doorbell: Action<State> = action("avic_ipi_doorbell", {
  actor,
  args,
  kernel: "AVIC: the doorbell arrives at the pCPU of the entry",
  branch: (s, { v }: OfVcpu) =>
    hearsDoorbell(s.vcpu[v], s.avicIpi.aim)
      ? "AVIC: the doorbell arrives, and the CPU looks at IRR"
      : "AVIC: the doorbell arrives at a pCPU that does not run this guest, and nothing happens",
  source,
  atomic: "one event of the CPU; its delay is before it",
  guard: at("ENTRY_DOORBELL"),
  effect: (d, { v }) => {
    if (hearsDoorbell(d.vcpu[v], d.avicIpi.aim)) d.vcpu[v].irrUnseen = false;
    done(d);
  },
});

/** The sender has exited, and KVM does what remains to be done. */
const incomplete: Action<State> = action("avic_ipi_incomplete", {
  actor,
  args,
  kernel: "avic_incomplete_ipi_interception(): avic_kick_target_vcpus_fast(), avic_kick_vcpu()",
  prints: () => [kvmAvicIncompleteIpi.event({ vcpu: ANOTHER, id: TARGET_NOT_RUNNING })],
  source,
  atomic: "reads what the exit says; the vCPU is found by an id that does not change while AVIC is active",
  guard: at("INCOMPLETE"),
  effect: (d) => {
    d.avicIpi.pc = "SVM_MODE";
  },
});

/** avic_kick_vcpu() of the target. */
const kick = {
  name: "avic_kick",
  actor,
  vector: "ipi",
  caller: source,
  at: (s: State, v: number, pc: Pc) => at(pc)(s, { v }),
  go: (d, _, pc) => {
    d.avicIpi.pc = pc;
  },
  done,
  aim: (d, v) => {
    d.avicIpi.aim = d.vcpu[v].cpu;
  },
  reaches: (d, v) => d.vcpu[v].cpu === d.avicIpi.aim,
} satisfies Parameters<typeof completeInterruptDelivery>[0];

/** An IPI to a vCPU by the CPU of another one, in the steps of that CPU, and of KVM where the target does not run. */
export const avicIpi: readonly Action<State>[] = [
  setIrr,
  readEntry,
  doorbell,
  incomplete,
  ...completeInterruptDelivery(kick),
  ...requestEventAndKick(kick),
];

/** Erratum 1235: IsRunning is read before the bit in IRR is set where others see it. */
export const avicIpiReadsFirst: readonly Action<State>[] = [
  {
    ...readEntry,
    guard: (s, { v }) => s.avicIpi.pc === "IDLE" && s.vcpu[Number(v)].pc !== "ABSENT",
    effect: (d, { v }) => {
      const { isRunning, host } = d.vcpu[Number(v)].physicalId;
      d.avicIpi.pc = isRunning ? "RUNNING_IRR" : "STOPPED_IRR";
      if (isRunning) d.avicIpi.aim = host;
      d.avicIpi.target = Number(v);
    },
  },
  {
    ...setIrr,
    guard: (s, { v }) => at("RUNNING_IRR")(s, { v: Number(v) }) || at("STOPPED_IRR")(s, { v: Number(v) }),
    effect: (d, { v }) => {
      setsIrr(d, Number(v));
      d.avicIpi.pc = d.avicIpi.pc === "RUNNING_IRR" ? "ENTRY_DOORBELL" : "INCOMPLETE";
    },
  },
];

/** kvm_amd.enable_ipiv=0: what is in the table never says that a vCPU runs, and every IPI exits. */
export const avicIpiExits: Action<State> = {
  ...readEntry,
  effect: (d) => {
    d.avicIpi.pc = "INCOMPLETE";
  },
};
