import type { Event } from "#check";
import type { State } from "../state.ts";
import type { GuestKind } from "../text.ts";
import { kvmApic, kvmMsr } from "../tracepoints/lapic.ts";
import { kvmExit, kvmUserspaceExit } from "../tracepoints/run-loop.ts";
import { vectorNumber } from "./numbers.ts";
import { tscDeadlineWritten } from "./timers.ts";

type Vcpu = State["vcpu"][number];
type Exit = Vcpu["exit"];

/** A register of the LAPIC that an exit is a write of: its name, its MSR in x2APIC mode, and a value that does what the exit says. */
interface RegisterWrite {
  readonly reg: string;
  readonly msr: number;
  readonly val: bigint;
}

const lvtt = (bits: bigint): RegisterWrite => ({
  reg: "APIC_LVTT",
  msr: 0x832,
  val: BigInt(vectorNumber.timer) | bits,
});

const registerWrites: Partial<Readonly<Record<Exit, RegisterWrite>>> = {
  EOI: { reg: "APIC_EOI", msr: 0x80b, val: 0n },
  TMICT_0: { reg: "APIC_TMICT", msr: 0x838, val: 0n },
  TMICT_N: { reg: "APIC_TMICT", msr: 0x838, val: 1n },
  LVTT_ONESHOT: lvtt(0n),
  LVTT_PERIODIC: lvtt(1n << 17n),
  LVTT_TSCDEADLINE: lvtt(1n << 18n),
  LVTT_MASK: lvtt(1n << 16n),
  LVTT_UNMASK: lvtt(0n),
  TDCR: { reg: "APIC_TDCR", msr: 0x83e, val: 1n },
  SPIV_ON: { reg: "APIC_SPIV", msr: 0x80f, val: 0x1ffn },
  SPIV_OFF: { reg: "APIC_SPIV", msr: 0x80f, val: 0xffn },
  ICR: { reg: "APIC_ICR", msr: 0x830, val: BigInt(vectorNumber.ipi) },
};

/** How a guest writes a register of its APIC: as an MSR, or in the page, trapped as the CPU has it. */
const apicWrite = ({ apicMode, apicvActive }: Vcpu, kind: GuestKind): readonly [vmx: string, svm: string] => {
  if (kind === "td" || apicMode === "X2APIC") return ["MSR_WRITE", "msr"];
  return apicvActive ? ["APIC_WRITE", "avic_unaccelerated_access"] : ["APIC_ACCESS", "npf"];
};

const io: readonly Exit[] = [
  "IO",
  "RTC_C",
  "LINE_0",
  "LINE_1",
  "PIT_LOAD",
  "PIC_EOI",
  "PIC_MASK",
  "PIC_UNMASK",
];

/** The names that VMX and SVM have for exits that are neither a register's nor a port's. */
const reasons: Partial<Readonly<Record<Exit, readonly [vmx: string, svm: string]>>> = {
  TSCD_0: ["MSR_WRITE", "msr"],
  TSCD_N: ["MSR_WRITE", "msr"],
  IRQ_WINDOW: ["INTERRUPT_WINDOW", "vintr"],
  TMCCT: ["MSR_READ", "msr"],
  EXTINT: ["EXTERNAL_INTERRUPT", "interrupt"],
  HLT: ["HLT", "hlt"],
  HLT0: ["HLT", "hlt"],
  HLT1: ["HLT", "hlt"],
  EOI_INDUCED: ["EOI_INDUCED", "avic_unaccelerated_access"],
  PREEMPTION_TIMER: ["PREEMPTION_TIMER", "0xffff"],
  INCOMPLETE_IPI: ["APIC_WRITE", "avic_incomplete_ipi"],
  // TDH.VP.ENTER has come back without a reason.
  OTHER: ["0xffff", "0xffff"],
};

/** The names that VMX and SVM have for an exit; one that is about memory of a device is in no table. */
const reasonOf = (vcpu: Vcpu, kind: GuestKind): readonly [vmx: string, svm: string] => {
  const { exit } = vcpu;
  if (registerWrites[exit] !== undefined) return apicWrite(vcpu, kind);
  if (io.includes(exit)) return ["IO_INSTRUCTION", "io"];
  return reasons[exit] ?? ["EPT_MISCONFIG", "npf"];
};

/** The end of vcpu_run(), host IRQs still off. */
export const exitPrinted = (s: State, v: number, kind: GuestKind): Event =>
  kvmExit.event({ vcpu: v, reason: reasonOf(s.vcpu[v], kind)[kind === "svm" ? 1 : 0] });

/** The top of kvm_lapic_reg_write(), where an exit is a write of a register; ICR is printed once the IPI is sent. */
export const registerWritten = ({ exit }: Vcpu): readonly Event[] => {
  const written = registerWrites[exit];
  return written === undefined || exit === "ICR"
    ? []
    : [kvmApic.event({ access: "write", reg: written.reg, val: written.val })];
};

/** What is printed of ICR, once the IPI is sent. */
export const icrWritten: Event = kvmApic.event({
  access: "write",
  reg: "APIC_ICR",
  val: BigInt(vectorNumber.ipi),
});

/** The end of a write of an MSR that handle_exit() has handled; nothing where the exit was another. */
export const msrWritten = (vcpu: Vcpu, kind: GuestKind): readonly Event[] => {
  const { exit } = vcpu;
  if (exit === "TSCD_0" || exit === "TSCD_N") return [tscDeadlineWritten(exit)];
  const written = registerWrites[exit];
  if (written === undefined || apicWrite(vcpu, kind)[0] !== "MSR_WRITE") return [];
  return [kvmMsr.event({ access: "write", msr: written.msr, data: written.val, fault: false })];
};

/** KVM_RUN returns to userspace for it to handle an exit. */
export const exitsToUserspace = ({ exit }: Vcpu, kind: GuestKind): Event => {
  if (io.includes(exit) || exit === "USER_WAITS")
    return kvmUserspaceExit.event({ reason: "KVM_EXIT_IO", number: 2 });
  return exit === "IOAPIC_EOI" && kind !== "td"
    ? kvmUserspaceExit.event({ reason: "KVM_EXIT_IOAPIC_EOI", number: 26 })
    : kvmUserspaceExit.event({ reason: "KVM_EXIT_MMIO", number: 6 });
};

/** KVM_RUN of a VM that is bugged returns -EIO. */
export const failsToRun: Event = kvmUserspaceExit.event({ reason: "error", number: 5 });
