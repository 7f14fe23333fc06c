import { hvTimerBlock } from "../../models/kvm/actions/timer/hv-timer-block.ts";
import { hvTimer } from "../../models/kvm/actions/timer/hv-timer.ts";
import { timerRestart } from "../../models/kvm/actions/timer/timer-restart.ts";
import { tdOps } from "../../models/kvm/ops.ts";
import { lapicTimer, names, without } from "../parts.ts";

const coarse = ["hrtimer_start", "start_finds_deadline_passed", "guest_read_tmcct", "read_tmcct"];

const atBoot = ["preemption_timer_off", "host_clocks_apart"];

/** The LAPIC timer with its start in fine steps: the preemption timer where the vendor has one, or the hrtimer. */
export const fineTimer: readonly string[] = [
  ...without(lapicTimer, ...coarse),
  ...names(timerRestart),
  ...without(names(hvTimer(tdOps)), ...atBoot),
];

const tmictWrite = /tmict|^hrtimer_cancel$|^cancel_clear_pending$|^start_clear_pending$|^set_target/u;

/** The same without TMICT writes, which TSC-deadline mode ignores. */
export const withoutTmict = (actions: readonly string[]): readonly string[] =>
  actions.filter((name) => !tmictWrite.test(name));

/** LVTT writes as KVM handles them. */
export const lvttWrite = [
  "store_lvtt",
  "lvtt_hrtimer_cancel",
  "lvtt_clear_pending",
  "lvtt_set_mode",
] as const;

/** Writes of IA32_TSC_DEADLINE. */
export const deadlineWrite = [
  "guest_write_tsc_deadline",
  "tscd_hrtimer_cancel",
  "store_tscdeadline",
  "tscd_clear_pending",
] as const;

/** The waits for the guest's deadline. */
export const waits = [
  "guest_deadline_passes",
  "entry_wait_reads_deadline",
  "entry_wait_clears_deadline",
  "entry_wait_ends",
  "fn_direct_may_wait",
  "fn_wait_reads_deadline",
  "fn_wait_ends",
] as const;

/** A halt, as far as the timers go. */
export const halt: readonly string[] = names(hvTimerBlock);
