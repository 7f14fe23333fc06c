import type { Action, Patch } from "#check";
import { inhibitSteps } from "../../models/kvm/actions/apicv/apicv.ts";
import { modeIn, exitRequest } from "../../models/kvm/actions/run-loop/entry.ts";
import { inject } from "../../models/kvm/actions/timer/inject.ts";
import { begin, finish, timerFnLocal } from "../../models/kvm/actions/timer/timer-fn-local.ts";
import {
  callbackIncPending,
  callbackKick,
  callbackUnblock,
} from "../../models/kvm/actions/timer/timer-fn-remote.ts";
import { clearUnblock, injectTimer } from "../../models/kvm/actions/run-loop/vcpu-run.ts";
import { tdInitVcpu } from "../../models/kvm/actions/creation/tdx-init.ts";
import { kickLocal, tdOps } from "../../models/kvm/ops.ts";
import { canPost, pendingDeliverable } from "../../models/kvm/predicates.ts";
import { action, type State } from "../../models/kvm/state.ts";

/** Kernels that never were: each drops or swaps one step that a claim of the thread rests on. */

type Effect = Action<State>["effect"];

/** The same action with another effect. */
const instead = (base: Action<State>, effect: Effect): Action<State> => ({ ...base, effect });

const number = (value: string | number | undefined): number => Number(value);

/** M1: apic_timer_expired() forgets to request KVM_REQ_UNBLOCK. */
export const m1: Patch<State> = {
  replace: [
    timerFnLocal((d, v) => {
      if (d.timer[v].pending > 0) return;
      begin(d, v);
      d.timer[v].pending++;
      kickLocal(d, v);
    }),
    instead(callbackUnblock, (d, { v }) => {
      d.timer[number(v)].pc = "KICK";
    }),
  ],
};

/** M2: the request is made before `pending` is counted. */
export const m2: Patch<State> = {
  replace: [
    instead(callbackIncPending, (d, { v }) => {
      d.vcpu[number(v)].req.UNBLOCK = true;
      d.timer[number(v)].pc = "UNBLOCK";
    }),
    instead(callbackUnblock, (d, { v }) => {
      d.timer[number(v)].pending++;
      d.timer[number(v)].pc = "KICK";
    }),
  ],
};

/** M3: the callback does not kick. */
export const m3: Patch<State> = {
  replace: [
    instead(callbackKick, (d, { v }) => {
      d.timer[number(v)].pc = "TAIL";
    }),
  ],
};

/** M4: vcpu_run() injects the pending timer before it clears KVM_REQ_UNBLOCK. */
export const m4: Patch<State> = {
  replace: [
    instead(clearUnblock, (d, args) => {
      const v = number(args["v"]);
      if (pendingDeliverable(d.vcpu[v], d.timer[v])) {
        inject(tdOps, d, v);
        d.timer[v].pending = 0;
      }
      d.vcpu[v].pc = "INJECT_TIMER";
    }),
    instead(injectTimer(tdOps), (d, { v }) => {
      d.vcpu[number(v)].req.UNBLOCK = false;
      d.vcpu[number(v)].pc = "RUN_TOP";
    }),
  ],
};

/** M10: mode becomes IN_GUEST only after the requests were checked. */
export const m10: Patch<State> = {
  replace: [
    instead(modeIn, (d, { v }) => {
      const vcpu = d.vcpu[number(v)];
      const { UNBLOCK, EVENT, APICV_UPDATE, VM_DEAD } = vcpu.req;
      if (UNBLOCK || EVENT || APICV_UPDATE || VM_DEAD) {
        vcpu.exit = "OTHER";
        vcpu.pc = "IRQS_ON";
      } else vcpu.pc = "SYNC_PIR";
    }),
    instead(exitRequest, (d, { v }) => {
      d.vcpu[number(v)].mode = "IN_GUEST";
      d.vcpu[number(v)].pc = "VENDOR_RUN";
    }),
  ],
};

/** M11: the inhibit is stored before the vCPUs are asked to leave the guest and waited for. */
export const m11: Patch<State> = {
  replace: inhibitSteps
    .filter(({ name }) => name === "inhibit_request")
    .map((base) =>
      instead(base, (d, args) => {
        d.vm.inhibit[d.inhibitor.reason] = d.inhibitor.set;
        base.effect(d, args);
      }),
    ),
};

/** Q1's other half: the patch as posted, without `apicv_active = false` in vCPU initialization. */
export const withoutClearingApicvActive: Patch<State> = { replace: [tdInitVcpu] };

/** P7's other half: a callback that could run while mode says IN_GUEST_MODE, with host IRQs off. */
export const irqsOnInGuestMode: Patch<State> = {
  replace: [
    action("apic_timer_fn", {
      actor: ({ v }) => `CPU${v}`,
      args: { v: "vcpu" },
      kernel: "apic_timer_fn()",
      source: "no such kernel",
      atomic: "hard IRQ",
      guard: (s, { v }) => s.timer[v].hr === "ENQUEUED" && s.vcpu[v].irq.HRTIMER,
      effect: (d, { v }) => {
        d.vcpu[v].irq.HRTIMER = false;
        begin(d, v);
        if (canPost(d, d.vcpu[v])) inject(tdOps, d, v);
        else d.timer[v].pending++;
        finish(d, v);
      },
    }),
  ],
};
