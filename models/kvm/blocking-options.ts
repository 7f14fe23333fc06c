import { block } from "./actions/block.ts";
import { halt } from "./actions/halt.ts";
import { loadControl, piPut619, sched } from "./actions/sched.ts";
import { tdOps, type VendorOps } from "./ops.ts";
import type { KvmOption } from "./options.ts";
import { anyVector } from "./predicates.ts";

/** The halt and block actions of a guest whose kvm_cpu_has_interrupt() is another. */
export const withInterruptTest = (ops: VendorOps, hasInterrupt: VendorOps["hasInterrupt"]) => {
  const other: VendorOps = { ...ops, hasInterrupt };
  return { replace: [...halt(other), ...block(other)] };
};

/** tdx_protected_apic_has_interrupt() without the RVI check: the descriptor only. */
const descriptorOnly: VendorOps["hasInterrupt"] = (d, v) => {
  const { on, sn, pir } = d.vcpu[v];
  return on || (sn && anyVector(pir));
};

export const rviCheck: KvmOption = {
  name: "rviCheck",
  about:
    "UNSURE: what tdx_protected_apic_has_interrupt() learns of the virtual IRR at a halt: RVI above PPR whatever IF says, " +
    "only with IF set, or nothing, as perhaps when first posted",
  source: "timer 4.4, UNSURE list 2 and 4",
  values: ["above-ppr", "needs-if", "none"],
  patches: {
    "needs-if": ({ guest, ops }) =>
      guest === "td"
        ? withInterruptTest(
            ops,
            (d, v) => descriptorOnly(d, v) || (d.vcpu[v].interruptFlag && tdOps.hasInterrupt(d, v)),
          )
        : {},
    none: ({ guest, ops }) => (guest === "td" ? withInterruptTest(ops, descriptorOnly) : {}),
  },
};

export const piPut: KvmOption = {
  name: "piPut",
  about: "vmx_vcpu_pi_put(): 6.16 sets SN of a preempted vCPU only, 6.19 of all whose wakeup is not enabled",
  source: "timer 2.11, UNSURE list 6",
  values: ["6.16", "6.19"],
  patches: { "6.19": ({ ops }) => ({ replace: sched(ops, piPut619) }) },
};

export const piLoad: KvmOption = {
  name: "piLoad",
  about:
    "when vmx_vcpu_pi_load() sets ON for a PIR that is not empty: after every migration, as it is, or only where SN was set",
  source: "timer 2.11; DERIVED: see the traces of kvm/block",
  values: ["after-migration", "if-suppressed"],
  patches: {
    "if-suppressed": () => ({ replace: [loadControl((suppressed) => (suppressed ? "LOAD_PIR" : "ON_CPU"))] }),
  },
};

export const preemption: KvmOption = {
  name: "preemption",
  about: "whether the host's kernel preempts a vCPU thread on its way to sleep (CONFIG_PREEMPT)",
  source: "timer 2.11",
  values: ["full", "none"],
  patches: { none: () => ({ drop: ["preempt"] }) },
};

export const deviceAssigned: KvmOption = {
  name: "deviceAssigned",
  about: "when the assigned device may post through VT-d: once it is attached, or from the start",
  source: "timer 2.11",
  values: ["later", "at-boot"],
  patches: {},
};

/** The options of blocking and of the posted-interrupt descriptor, in the order in which their patches are applied. */
export const blockingOptions: readonly KvmOption[] = [rviCheck, piPut, piLoad, preemption, deviceAssigned];
