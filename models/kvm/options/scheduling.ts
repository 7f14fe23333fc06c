import type { Patch } from "#check";
import { block } from "../actions/scheduling/block.ts";
import { halt } from "../actions/scheduling/halt.ts";
import { loadControl, piPut616, piPut619, schedOut } from "../actions/scheduling/sched.ts";
import { joint, option } from "../option.ts";
import { tdOps, type VendorOps } from "../ops.ts";
import { anyVector } from "../predicates.ts";
import type { State } from "../state.ts";

/** The halt and block actions of a guest whose kvm_cpu_has_interrupt() is another. */
export const withInterruptTest = (ops: VendorOps, hasInterrupt: VendorOps["hasInterrupt"]): Patch<State> => {
  const other: VendorOps = { ...ops, hasInterrupt };
  return { replace: [...halt(other), ...block(other)] };
};

/** tdx_protected_apic_has_interrupt() without the RVI check: the descriptor only. */
const descriptorOnly: VendorOps["hasInterrupt"] = (d, v) => {
  const { on, sn, pir } = d.vcpu[v];
  return on || (sn && anyVector(pir));
};

export const rviCheck = option({
  name: "rviCheck",
  about:
    "UNSURE: what tdx_protected_apic_has_interrupt() learns of the virtual IRR at a halt: RVI above PPR whatever IF says, " +
    "only with IF set, or nothing, as perhaps when first posted",
  source: "timer 4.4, UNSURE list 2 and 4",
  guests: ["td"],
  values: {
    "above-ppr": {},
    "needs-if": ({ ops }) =>
      withInterruptTest(
        ops,
        (d, v) => descriptorOnly(d, v) || (d.vcpu[v].interruptFlag && tdOps.hasInterrupt(d, v)),
      ),
    none: ({ ops }) => withInterruptTest(ops, descriptorOnly),
  },
});

export const piPut = option({
  name: "piPut",
  about: "vmx_vcpu_pi_put(): 6.16 sets SN of a preempted vCPU only, 6.19 of all whose wakeup is not enabled",
  source: "timer 2.11, UNSURE list 6",
  guests: ["td", "vmx", "vmx-sw"],
  since: { "6.14": "6.16", "6.19": "6.19" },
  values: { "6.19": {}, "6.16": {} },
});

export const preemptedFrom = option({
  name: "preemptedFrom",
  about:
    "what kvm_sched_out() takes vcpu->preempted from: whether the task can still run; or its on_rq, which delayed dequeue " +
    "leaves set of a task that sleeps, in 6.12 up to cd9626e9ebc7. Before 6.12 nothing left it set",
  source: "timer 2.11",
  values: { running: {}, on_rq: {} },
});

/** What is put by, and when it counts as preempted. */
const put = joint({ piPut, preemptedFrom }, ({ ops }, set) =>
  set.piPut === "6.19" && set.preemptedFrom === "running"
    ? {}
    : { replace: schedOut(ops, set.piPut === "6.16" ? piPut616 : piPut619, set.preemptedFrom) },
);

export const piLoad = option({
  name: "piLoad",
  about:
    "when vmx_vcpu_pi_load() sets ON for a PIR that is not empty: after every migration, as it is, or only where SN was set",
  source: "timer 2.11: derived, see the traces of kvm/block",
  values: {
    "after-migration": {},
    "if-suppressed": () => ({
      replace: [loadControl((suppressed) => (suppressed ? "LOAD_PIR" : "ON_CPU"))],
    }),
  },
});

export const preemption = option({
  name: "preemption",
  about: "whether the host's kernel preempts a vCPU thread on its way to sleep (CONFIG_PREEMPT)",
  source: "timer 2.11",
  values: { full: {}, none: { drop: ["preempt"] } },
});

/** What is left open of halting, blocking and scheduling, and of what they do to the posted-interrupt descriptor. */
export default [rviCheck, piPut, preemptedFrom, put, piLoad, preemption] as const;
