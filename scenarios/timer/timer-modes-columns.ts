import type { Expectation, Where } from "../expectation.ts";

/** Delivery at once, in either form. */
export const direct: Where = { timerDelivery: ["direct", "direct-fixed"] };

/** kvm_can_post_timer_interrupt(), with APICv active. */
export const canPost: Where = { nohzFull: "on", hltInGuest: "on" };

/** The posted patch. */
export const posted: Where = { design: "v1-inhibit", guest: "td" };

/** Where the timer is the hrtimer also while the vCPU runs: never for VMX with its preemption timer. */
export const hrtimerOnly: readonly Where[] = [{ guest: "td" }, { preemptionTimer: "off" }, canPost];

/** The same expectation in each of some columns. */
export const each = (
  columns: readonly Where[],
  expectation: Omit<Expectation, "where">,
  more: Where = {},
): readonly Expectation[] => columns.map((where) => ({ ...expectation, where: { ...where, ...more } }));
