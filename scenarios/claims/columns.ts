import type { Column } from "#check";
import type { KernelName } from "../../models/kvm/kernels.ts";

/** The kernel that the thread was written about. */
const kernel: KernelName = "6.14";

const td = <const N extends string>(
  name: N,
  about: string,
  design: string = name,
  set: readonly string[] = [],
) => ({
  name,
  about,
  design,
  guest: "td",
  kernel,
  set,
});
const ordinary = <const N extends string>(
  name: N,
  about: string,
  guest: string = name,
  set: readonly string[] = [],
) => ({
  name,
  about,
  design: "upstream",
  guest,
  kernel,
  set,
});
const vmx = <const N extends string>(name: N, about: string, set: readonly string[] = []) =>
  ordinary(name, about, "vmx", set);

const posting = ["nohzFull=on", "hltInGuest=on"];

/** The columns of the table of claims: the designs of the thread, then its timer alternatives, then ordinary guests. */
export const claimColumns = [
  td("v1-inhibit", "the posted patch"),
  td("active", "the proposal of m3"),
  td("active-split", "as in 6.16"),
  td("upstream", "as merged later"),
  td("posting", "the proposal, isolated pCPUs, HLT or MWAIT exits disabled", "active", posting),
  td("relaxed", "m18: posted whenever the vCPU is in the guest", "active", ["postTimer=in-guest-mode"]),
  td("direct", "m21: no pending at all", "active", ["timerDelivery=direct"]),
  td("direct-fixed", "m21, the preemption timer's races closed", "active", ["timerDelivery=direct-fixed"]),
  vmx("vmx", "an ordinary guest"),
  vmx("vmx-posting", "an ordinary guest, posting configured", posting),
  vmx("vmx-relaxed", "an ordinary guest under m18's test", ["postTimer=in-guest-mode"]),
  vmx("vmx-direct", "an ordinary guest under m21's idea", ["timerDelivery=direct"]),
  vmx("vmx-direct-fixed", "an ordinary guest under m21's idea, races closed", ["timerDelivery=direct-fixed"]),
  ordinary("vmx-sw", "an ordinary VMX guest without APICv"),
  ordinary("avic", "an ordinary SVM guest with AVIC"),
  ordinary("svm-sw", "an ordinary SVM guest without AVIC"),
] as const satisfies readonly Column[];
export type ColumnName = (typeof claimColumns)[number]["name"];

/** The columns that a check is asked under. */
export type Columns = readonly ColumnName[];

/** The four designs of a TD: as posted, and with APICv active. */
export const tdDesigns: Columns = ["v1-inhibit", "active", "active-split", "upstream"];

/** The timer alternatives of a TD. */
export const tdTimers: Columns = ["posting", "relaxed", "direct", "direct-fixed"];

/** An ordinary VMX guest, as it is and under the timer alternatives. */
export const vmxTimers: Columns = ["vmx", "vmx-posting", "vmx-relaxed", "vmx-direct", "vmx-direct-fixed"];

/** The ordinary guests side by side. */
export const ordinaryGuests: Columns = ["vmx", "vmx-sw", "avic", "svm-sw"];

/** A TD under every design, and the ordinary guests. */
export const everyGuest: Columns = [...tdDesigns, ...ordinaryGuests];

/** A TD under every design, and the timer alternatives of a TD and of an ordinary guest. */
export const everyTimer: Columns = [...tdDesigns, ...tdTimers, ...vmxTimers];
