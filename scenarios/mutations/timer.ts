import type { Action, Patch } from "#check";
import { hvTestPending } from "../../models/kvm/actions/timer/hv-timer.ts";
import { tmict } from "../../models/kvm/actions/timer/tmict.ts";
import { threadAt } from "../../models/kvm/predicates.ts";
import type { State } from "../../models/kvm/state.ts";

/** Kernels that never were, in the write of TMICT and in the switch to the preemption timer. */

const named = (actions: readonly Action<State>[], name: string): Action<State> =>
  actions.find((action) => action.name === name)!;

const hrtimerCancel = named(tmict, "hrtimer_cancel");

/** M13: the TMICT write only tries to cancel the hrtimer, and does not wait for a callback that runs. */
export const m13: Patch<State> = {
  replace: [{ ...hrtimerCancel, guard: (s, { v }) => threadAt(s.vcpu[Number(v)], "TMICT_CANCEL") }],
};

/** M14: start_hv_timer() does not look at `pending` once the hrtimer is gone. */
export const m14: Patch<State> = { replace: [hvTestPending(false)] };
