import { vectorNumber } from "../prints/numbers.ts";
import { hrtimerCancel, hrtimerExpireEntry, hrtimerStart } from "../tracepoints/host.ts";
import { kvmApic, kvmApicAcceptIrq, kvmApicvAcceptIrq, kvmMsr } from "../tracepoints/lapic.ts";
import { kvmEntry, kvmExit, kvmHvTimerState, kvmVcpuWakeup } from "../tracepoints/run-loop.ts";
import { observerOf, type Labels } from "./observer.ts";

/** IA32_TSC_DEADLINE. */
export const TSC_DEADLINE = 0x6e0;

/** The registers of the LAPIC that are about its timer. */
export const timerRegisters: readonly unknown[] = ["APIC_TMICT", "APIC_LVTT", "APIC_TDCR"];

const zeroOr = (value: unknown): string => (value === 0n ? "0" : "not 0");

const labels: Labels = {
  [kvmEntry.name]: () => "",
  [kvmExit.name]: ({ fields }) => (fields["reason"] === "PREEMPTION_TIMER" ? "PREEMPTION_TIMER" : ""),
  [kvmHvTimerState.name]: ({ fields }) => String(fields["hvTimer"]),
  [hrtimerStart.name]: () => "",
  [hrtimerExpireEntry.name]: () => "",
  [hrtimerCancel.name]: () => "",
  [kvmVcpuWakeup.name]: () => "",
  [kvmApic.name]: ({ fields: { access, reg, val } }) => {
    if (access !== "write" || !timerRegisters.includes(reg)) return undefined;
    return reg === "APIC_TMICT" ? `${reg} ${zeroOr(val)}` : String(reg);
  },
  [kvmMsr.name]: ({ fields: { access, msr, data } }) =>
    access === "write" && msr === TSC_DEADLINE ? zeroOr(data) : undefined,
  [kvmApicAcceptIrq.name]: ({ fields }) => (fields["vec"] === vectorNumber.timer ? "" : undefined),
  [kvmApicvAcceptIrq.name]: ({ fields }) => (fields["vec"] === vectorNumber.timer ? "" : undefined),
};

/** The LAPIC timer of one vCPU, seen from outside. */
export const timerObserver = observerOf(labels, {
  "LVTT mode": ({ timer: [{ tscMode, periodic }] }) =>
    tscMode ? "TSC-deadline" : periodic ? "periodic" : "one-shot",
  LVTT: ({ timer: [{ masked }] }) => (masked ? "masked" : "unmasked"),
  hrtimer: ({ timer: [{ hr }] }) => hr.toLowerCase(),
  hv_timer_in_use: ({ timer: [{ hv }] }) => (hv ? "1" : "0"),
  pending: ({ timer: [{ pending }] }) => String(pending),
});
