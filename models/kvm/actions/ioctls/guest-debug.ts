import type { Action } from "#check";
import type { VendorOps } from "../../ops.ts";
import { vcpuIoctlAllowed } from "../../predicates.ts";
import type { State } from "../../state.ts";
import { changeInhibit } from "../apicv/apicv.ts";
import { ioctl } from "../../ioctl.ts";
import { changesInhibit } from "../../prints/inhibit.ts";

const common = {
  actor: "userspace",
  args: { v: "vcpu", blockIrq: ["on", "off"] },
  atomic: "vcpu->mutex, then apicv_update_lock taken for writing (irqchip 7.5)",
} as const;

/** KVM_SET_GUEST_DEBUG with or without BLOCKIRQ, on an ordinary vCPU; APICv is inhibited while some vCPU has it. */
export const setGuestDebug = (ops: VendorOps): Action<State> =>
  ioctl("KVM_SET_GUEST_DEBUG", {
    ...common,
    kernel: "kvm_set_rflags(): KVM_REQ_EVENT; kvm_arch_vcpu_guestdbg_update_apicv_inhibit(): BLOCKIRQ",
    prints: (s, { v, blockIrq }) =>
      s.vm.dead
        ? []
        : changesInhibit(
            ops,
            s,
            "BLOCKIRQ",
            s.vcpu.some((vcpu, i) => (i === v ? blockIrq === "on" : vcpu.blockIrq)),
          ),
    source: "m3; timer 3.1, 3.3; irqchip 6.3",
    guard: (s, { v, blockIrq }) =>
      vcpuIoctlAllowed(s, v) && s.inhibitor.pc === "IDLE" && s.vcpu[v].blockIrq !== (blockIrq === "on"),
    refuses: () => undefined,
    effect: (d, { v, blockIrq }) => {
      d.vcpu[v].blockIrq = blockIrq === "on";
      d.vcpu[v].req.EVENT = true;
      changeInhibit(
        ops,
        d,
        "BLOCKIRQ",
        d.vcpu.some((vcpu) => vcpu.blockIrq),
        v,
      );
    },
  });

/** On a TD's: the state is protected. */
export const setGuestDebugRefused: Action<State> = ioctl("KVM_SET_GUEST_DEBUG", {
  ...common,
  kernel: "kvm_arch_vcpu_ioctl_set_guest_debug(): guest_state_protected, -EINVAL",
  source: "m3; irqchip 6.3",
  guard: (s, { v }) => vcpuIoctlAllowed(s, v),
  refuses: () => "-EINVAL",
  effect: () => {},
});
