import { tdFinalizeAll } from "../actions/creation/tdx-init.ts";
import { option } from "../option.ts";

export const irqchip = option({
  name: "irqchip",
  about: "the irqchip that userspace creates",
  source: "m3, m5, m7, m8; irqchip 1",
  values: {
    split: {},
    kernel: {
      boot: {
        irqchip: () => [["KVM_CREATE_IRQCHIP"]],
        "routing-update": () => [],
        "eoi-exitmap": () => [],
      },
    },
  },
});

export const tdFinalize = option({
  name: "tdFinalize",
  about: "UNSURE: whether a TD may be finalized while vCPUs of it are not initialized; KVM does not check",
  source: "timer 4.1, 9.4 F1, UNSURE list 3",
  guests: ["td"],
  values: { "any-vcpus": {}, "all-initialized": { replace: [tdFinalizeAll] } },
});

export const tdLocks = option({
  name: "tdLocks",
  about:
    "which locks KVM_TDX_INIT_VM, INIT_VCPU and FINALIZE_VM take: every lock of the TD, and so -EBUSY while a vCPU is being " +
    "created (6.19), or kvm->lock and the vCPU's mutex only (6.16)",
  source: "irqchip 6.9",
  guests: ["td"],
  since: { "6.14": "6.16", "6.19": "6.19" },
  values: { "6.19": {}, "6.16": { boot: { kernel: () => [["td_locks_before_6_19"]] } } },
});

/** What is left open of how a VM comes into being. */
export default [irqchip, tdFinalize, tdLocks] as const;
