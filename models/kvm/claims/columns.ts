import type { Column, Verdict } from "#check";

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
  set,
});
const vmx = <const N extends string>(name: N, about: string, set: readonly string[] = []) =>
  ordinary(name, about, "vmx", set);

const posting = ["nohzFull=on", "hltMwaitInGuest=on"];

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

/** Expected verdicts by column. */
export type Expected = Readonly<Partial<Record<ColumnName, Verdict>>>;

/** What is expected of the four designs of a TD: as posted, and with APICv active (in one word, where all three agree). */
export const designsOf = (posted: Verdict, active: Verdict, split = active, upstream = split): Expected => ({
  "v1-inhibit": posted,
  active,
  "active-split": split,
  upstream,
});

/** What is expected of the timer alternatives of a TD. */
export const timersOf = (
  posting: Verdict,
  relaxed: Verdict,
  direct: Verdict,
  fixed: Verdict = direct,
): Expected => ({ posting, relaxed, direct, "direct-fixed": fixed });

/** What is expected of ordinary guests. */
export const vmxOf = (
  vmx: Verdict,
  posting: Verdict,
  relaxed: Verdict,
  direct: Verdict,
  fixed: Verdict = direct,
): Expected => ({
  vmx,
  "vmx-posting": posting,
  "vmx-relaxed": relaxed,
  "vmx-direct": direct,
  "vmx-direct-fixed": fixed,
});

/** What is expected of the ordinary guests side by side. */
export const guestsOf = (vmx: Verdict, avic: Verdict, vmxSw: Verdict, svmSw = vmxSw): Expected => ({
  vmx,
  avic,
  "vmx-sw": vmxSw,
  "svm-sw": svmSw,
});
