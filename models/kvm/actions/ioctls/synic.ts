import type { Action, Draft } from "#check";
import type { VendorOps } from "../../ops.ts";
import { vcpuIoctlAllowed } from "../../predicates.ts";
import type { State } from "../../state.ts";
import { changeInhibit } from "../apicv/apicv.ts";
import { ioctl } from "../../ioctl.ts";
import { byGuest } from "../../text.ts";
import { changesInhibit } from "../../prints/inhibit.ts";

const anyAutoEoi = (d: Draft<State>): boolean => {
  for (let i = 0; i < d.vcpu.length; i++) if (d.vcpu[i].synic === "AUTO_EOI") return true;
  return false;
};

/** Hyper-V's SynIC of a vCPU: switched on by a capability, its SINTs by MSRs that a TD does not have. */
export const synic = (ops: VendorOps, hasHyperVMsrs: boolean): readonly Action<State>[] => [
  ioctl("KVM_CAP_HYPERV_SYNIC", {
    actor: "userspace",
    args: { v: "vcpu" },
    kernel: "kvm_vcpu_ioctl_enable_cap(KVM_CAP_HYPERV_SYNIC): irqchip_in_kernel()",
    source: byGuest("m3; irqchip 6.11: accepted for a TD", { ordinary: "m3; irqchip 6.11" }),
    atomic: "vcpu->mutex (irqchip 7.5)",
    guard: (s, { v }) => vcpuIoctlAllowed(s, v) && s.vcpu[v].synic === "OFF",
    refuses: (s) => (s.vm.irqchip === "NONE" ? "-EINVAL" : undefined),
    effect: (d, { v }) => {
      d.vcpu[v].synic = "ACTIVE";
    },
  }),
  ioctl("KVM_SET_MSRS_SINT", {
    actor: "userspace",
    args: { v: "vcpu", autoEoi: ["on", "off"] },
    kernel: byGuest(
      "synic_set_sint(), synic_update_vector(): synic_auto_eoi_used, HYPERV (a TD: tdx_has_emulated_msr())",
      {
        td: "tdx_has_emulated_msr(); synic_set_sint(), synic_update_vector(): synic_auto_eoi_used, HYPERV",
        ordinary: "synic_set_sint(), synic_update_vector(): synic_auto_eoi_used, HYPERV",
      },
    ),
    prints: (s, _, after) =>
      s.vcpu.every(({ synic: was }, i) => was === after.vcpu[i].synic)
        ? []
        : changesInhibit(
            ops,
            s,
            "HYPERV",
            after.vcpu.some(({ synic: now }) => now === "AUTO_EOI"),
          ),
    source: "m3; irqchip 6.11",
    atomic: "vcpu->mutex, then apicv_update_lock for writing (irqchip 7.5)",
    guard: (s, { v, autoEoi }) =>
      vcpuIoctlAllowed(s, v) &&
      s.inhibitor.pc === "IDLE" &&
      (s.vcpu[v].synic === "AUTO_EOI") === (autoEoi === "off"),
    refuses: (s, { v }) => (hasHyperVMsrs && s.vcpu[v].synic !== "OFF" ? undefined : "0"),
    accepted: "1",
    effect: (d, { v, autoEoi }) => {
      d.vcpu[v].synic = autoEoi === "on" ? "AUTO_EOI" : "ACTIVE";
      changeInhibit(ops, d, "HYPERV", anyAutoEoi(d), v);
    },
  }),
];
