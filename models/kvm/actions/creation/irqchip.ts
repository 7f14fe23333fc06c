import type { Action, Event } from "#check";
import type { VendorOps } from "../../ops.ts";
import type { State } from "../../state.ts";
import { createdVcpus } from "../../predicates.ts";
import { changeInhibit } from "../apicv/apicv.ts";
import { ioctl, type Answer } from "../../ioctl.ts";
import { byGuest } from "../../text.ts";
import { changesInhibit, inhibitChanged } from "../../prints/inhibit.ts";

const actor = "userspace";
const booted = (s: State): boolean => s.host.booted;

/** With an irqchip there are LAPICs: ABSENT is cleared, where the module has APICv. */
const irqchipCreated = (s: State, _: unknown, after: State): readonly Event[] =>
  s.host.enableApicv && after.vm.irqchip !== s.vm.irqchip ? [inhibitChanged(s, "ABSENT", false)] : [];

/** KVM_CREATE_IRQCHIP, which a VM whose EOIs are protected may be refused. */
const createIrqchipOf = (source: string, protectedEoi: boolean): Action<State> =>
  ioctl("KVM_CREATE_IRQCHIP", {
    actor,
    kernel: "kvm_arch_vm_ioctl(KVM_CREATE_IRQCHIP)",
    prints: irqchipCreated,
    source,
    atomic: "kvm->lock (irqchip 7.5)",
    guard: booted,
    refuses: (s): Answer | undefined => {
      if (s.vm.irqchip !== "NONE") return "-EEXIST";
      if (protectedEoi) return "-ENOTTY";
      return createdVcpus(s) > 0 ? "-EINVAL" : undefined;
    },
    effect: (d) => {
      d.vm.irqchip = "KERNEL";
      d.vm.inhibit.ABSENT = false;
    },
  });

export const createIrqchip = createIrqchipOf("irqchip 1.1", false);

/** KVM_CREATE_IRQCHIP of a TD from 6.18 on. */
export const createIrqchipRefused = createIrqchipOf(
  "irqchip 1.1, 0.3 D3: has_protected_eoi, which KVM_CREATE_VM sets",
  true,
);

export const splitIrqchip = ioctl("KVM_CAP_SPLIT_IRQCHIP", {
  actor,
  kernel: "kvm_vm_ioctl_enable_cap(KVM_CAP_SPLIT_IRQCHIP)",
  prints: irqchipCreated,
  source: "irqchip 1.2: -EEXIST for a vCPU as well",
  atomic: "kvm->lock (irqchip 7.5)",
  guard: booted,
  refuses: (s) => (s.vm.irqchip !== "NONE" || createdVcpus(s) > 0 ? "-EEXIST" : undefined),
  effect: (d) => {
    d.vm.irqchip = "SPLIT";
    d.vm.inhibit.ABSENT = false;
  },
});

/** An in-kernel PIT in re-inject mode, as it is created; it needs the in-kernel PIC. */
export const createPit = (ops: VendorOps): Action<State> =>
  ioctl("KVM_CREATE_PIT2", {
    actor,
    kernel: "kvm_create_pit(): kvm_pit_set_reinject(), kvm_set_apicv_inhibit(PIT_REINJ)",
    prints: (s, _, after) => (after.vm.vpit && !s.vm.vpit ? changesInhibit(ops, s, "PIT_REINJ", true) : []),
    source: "m3; timer 3.1; irqchip 1.5: allowed after vCPUs are created",
    atomic: byGuest(
      "kvm->lock, then apicv_update_lock for writing (irqchip 7.5); the reason is not recorded on VMX",
      {
        td: "kvm->lock, then apicv_update_lock for writing (irqchip 7.5); the reason is not recorded",
        svm: "kvm->lock, then apicv_update_lock for writing (irqchip 7.5)",
      },
    ),
    guard: (s) => booted(s) && s.inhibitor.pc === "IDLE",
    refuses: (s): Answer | undefined => {
      if (s.vm.vpit) return "-EEXIST";
      return s.vm.irqchip === "KERNEL" ? undefined : "-ENOENT";
    },
    effect: (d) => {
      d.vm.vpit = true;
      d.pit.reinject = true;
      d.pit.irqAck = true;
      d.pit.notified = true;
      changeInhibit(ops, d, "PIT_REINJ", true, 0);
    },
  });

export default createPit;
