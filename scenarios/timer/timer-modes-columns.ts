import type { Expectation } from "#check";

type Where = NonNullable<Expectation["where"]>;

/** Delivery at once, in either form. */
export const direct = { timerDelivery: ["direct", "direct-fixed"] } as const;

/** kvm_can_post_timer_interrupt(), with APICv active. */
export const canPost = { nohzFull: "on", hltMwaitInGuest: "on" } as const;

/** The posted patch. */
export const posted = { design: "v1-inhibit", guest: "td" } as const;

/** Where the timer is the hrtimer also while the vCPU runs: never for VMX with its preemption timer. */
export const hrtimerOnly: readonly Where[] = [{ guest: "td" }, { preemptionTimer: "off" }, canPost];

/** The same expectation in each of some columns. */
export const each = (
  columns: readonly Where[],
  expectation: Omit<Expectation, "where">,
  more: Where = {},
): readonly Expectation[] => columns.map((where) => ({ ...expectation, where: { ...where, ...more } }));
