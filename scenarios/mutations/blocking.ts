import type { Action, Patch } from "#check";
import { block, setState } from "../../models/kvm/actions/scheduling/block.ts";
import { entry } from "../../models/kvm/actions/run-loop/entry.ts";
import { halt } from "../../models/kvm/actions/scheduling/halt.ts";
import { loadPir, piPut616, sched, schedOut } from "../../models/kvm/actions/scheduling/sched.ts";
import { withInterruptTest } from "../../models/kvm/options/scheduling.ts";
import { tdOps } from "../../models/kvm/ops.ts";
import { anyVector } from "../../models/kvm/predicates.ts";
import type { State } from "../../models/kvm/state.ts";

/** Kernels that never were, in blocking and in the hand-over of the posted-interrupt descriptor. */

type Effect = Action<State>["effect"];

const instead = (base: Action<State>, effect: Effect): Action<State> => ({ ...base, effect });
const named = (actions: readonly Action<State>[], name: string): Action<State> =>
  actions.find((action) => action.name === name)!;
const number = (value: string | number | undefined): number => Number(value);

const noSelfIpi = named(entry({ ...tdOps, prepareEntry: () => {} }), "vendor_vcpu_run");

/** M5: tdx_vcpu_run() sends no self-IPI for an outstanding notification. */
export const m5: Patch<State> = { replace: [noSelfIpi] };

/** M6: tdx_protected_apic_has_interrupt() looks at the descriptor only. */
export const m6: Patch<State> = withInterruptTest(tdOps, (d, v) => {
  const { on, sn, pir } = d.vcpu[v];
  return on || (sn && anyVector(pir));
});

const ignoresR12 = { ...tdOps, interruptAllowed: () => true };

/** M7: tdx_interrupt_allowed() ignores the interrupt-blocked argument of TDVMCALL<HLT>. */
export const m7: Patch<State> = {
  replace: [...halt(ignoresR12), ...block(ignoresR12), ...sched(ignoresR12, piPut616)],
};

/** M8: vmx_vcpu_pi_load() does not set ON for a PIR that is not empty. */
export const m8: Patch<State> = {
  replace: [
    instead(loadPir, (d, { v }) => {
      d.vcpu[number(v)].sched = "ON_CPU";
    }),
  ],
};

/** M9: pi_enable_wakeup_handler() sends no self-IPI where ON is set already. */
export const m9: Patch<State> = {
  replace: sched(tdOps, (ops, d, v, preempted) => {
    piPut616(ops, d, v, preempted);
    d.vcpu[v].irq.PI_WAKEUP = false;
  }),
};

const assumesBlocked = { ...tdOps, interruptAllowed: () => false };

/** vmx_vcpu_pi_put() asks vmx_interrupt_blocked() of a TD, whose IF it cannot read: it is taken for blocked. */
export const piPutAssumesBlocked: Patch<State> = { replace: schedOut(assumesBlocked, piPut616) };

/** M12: the self-IPI is sent before host IRQs are off, so that the host may take it. */
export const m12: Patch<State> = {
  replace: [
    noSelfIpi,
    ...entry(tdOps)
      .filter(({ name }) => name === "req_event")
      .map((base) =>
        instead(base, (d, args) => {
          base.effect(d, args);
          tdOps.prepareEntry(d, number(args["v"]));
        }),
      ),
  ],
};

/** Q21's other half: the thread sets its state to sleep only after the checks. */
export const stateAfterChecks: Patch<State> = {
  replace: [
    instead(setState, (d, { v }) => {
      d.vcpu[number(v)].pc = "BLOCK_CHECK_RUNNABLE";
    }),
    ...sched(tdOps, piPut616)
      .filter(({ name }) => name === "schedule")
      .map((base) =>
        instead(base, (d, args) => {
          d.vcpu[number(args["v"])].task = "INTERRUPTIBLE";
          base.effect(d, args);
        }),
      ),
  ],
};

/** Without KVM_REQ_MIGRATE_TIMER the hrtimer stays on the pCPU that its vCPU has left. */
export const noMigrateTimer: Patch<State> = {
  replace: sched(tdOps, piPut616)
    .filter(({ name }) => name === "sched_in_elsewhere")
    .map((base) =>
      instead(base, (d, args) => {
        base.effect(d, args);
        d.vcpu[number(args["v"])].req.MIGRATE_TIMER = false;
      }),
    ),
};

/** Q22's other half: assigning a device requests no KVM_REQ_UNBLOCK, so a vCPU that sleeps stays off the wakeup list. */
export const noUnblockOnAssignment = (base: readonly Action<State>[]): Patch<State> => ({
  replace: base
    .filter(({ name }) => name === "irq_bypass_request_unblock" || name === "irq_bypass_kick")
    .map((step) =>
      instead(step, (d) => {
        d.device.attach = d.device.attach === "REQUEST" ? "KICK" : "DONE";
      }),
    ),
});
