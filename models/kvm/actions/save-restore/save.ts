import type { Action, Draft } from "#check";
import { assign } from "../../assign.ts";
import type { OfVcpu } from "../../citation.ts";
import { ioctl } from "../../ioctl.ts";
import type { VendorOps } from "../../ops.ts";
import { vcpuIoctlAllowed } from "../../predicates.ts";
import { owesExpiry, owesNmi, owesTimer } from "../../saved.ts";
import { vectorNames } from "../../state-vectors.ts";
import type { State } from "../../state.ts";
import { pinFree } from "../ioapic/pin.ts";
import { handledInKernel } from "../run-loop/vcpu-run.ts";

/**
 * Userspace has paused the VM: no vCPU is in KVM_RUN, nor has an exit that userspace is still to handle, and no device has an
 * interrupt under way.
 */
const isPaused = (s: State): boolean =>
  pinFree(s) &&
  s.vcpu.every((vcpu, v) => vcpu.pc === "ABSENT" || (vcpuIoctlAllowed(s, v) && handledInKernel(vcpu.exit)));

/** A part of the state may be read. */
export const maySave = (s: State): boolean => s.saving.stage !== "RESTORING" && isPaused(s);

/** The first of the ioctls that read something begins to save; what the guest is owed does not change while it is paused. */
export const beginToSave = (d: Draft<State>): void => {
  if (d.saving.stage === "SAVING") return;
  d.saving.stage = "SAVING";
  for (let v = 0; v < d.saved.length; v++) {
    const { ghost } = d.saved[v];
    const { pir, irr, isr } = d.vcpu[v];
    ghost.timer = owesTimer(d, v);
    ghost.expired = owesExpiry(d, v);
    ghost.nmi = owesNmi(d.vcpu[v]);
    ghost.halted = d.vcpu[v].mp === "HALTED";
    for (const vector of vectorNames) {
      ghost.pending[vector] = pir[vector] || irr[vector];
      ghost.inService[vector] = isr[vector];
    }
  }
};

const timerModeOf = ({
  tscMode,
  periodic,
}: State["timer"][number]): State["saved"][number]["lapic"]["timerMode"] =>
  tscMode ? "TSC_DEADLINE" : periodic ? "PERIODIC" : "ONESHOT";

/** apic_get_tmcct() is not 0: TMICT is set, and what is left to the expiry is more than nothing. */
const counts = ({ tscMode, period, hr, hv, due }: State["timer"][number]): boolean =>
  !tscMode && period && !due && (hr !== "INACTIVE" || hv);

/** KVM_GET_LAPIC of a vCPU that is saved. */
const saveLapic = (ops: VendorOps): Action<State> =>
  ioctl("KVM_GET_LAPIC_save", {
    actor: "userspace",
    args: { v: "vcpu" },
    kernel:
      "kvm_vcpu_ioctl_get_lapic(): sync_pir_to_irr(), kvm_apic_get_state(), apic_get_tmcct(); neither tscdeadline nor pending",
    source: "irqchip 6.13 LAPIC, 6; timer 1.3",
    atomic:
      "vcpu->mutex (irqchip 7.5); a callback that posts while the registers are copied is as one before it or after it",
    guard: (s, { v }) =>
      maySave(s) &&
      s.saved[v].lapic.is === "NONE" &&
      (s.saving.saveOrder !== "MSRS_FIRST" || s.saved[v].deadline.is === "SAVED"),
    refuses: (s) => (s.vm.irqchip === "NONE" ? "-EINVAL" : undefined),
    effect: (d, { v }) => {
      beginToSave(d);
      ops.syncPirToIrr(d, v);
      const { irr, isr, tmr, swEnabled, events } = d.vcpu[v];
      const timer = d.timer[v];
      const { lapic } = d.saved[v];
      lapic.is = "SAVED";
      assign(lapic.irr, { ...irr });
      assign(lapic.isr, { ...isr });
      assign(lapic.tmr, { ...tmr });
      lapic.swEnabled = swEnabled;
      lapic.lvt0ExtInt = events.lvt0ExtInt;
      lapic.masked = timer.masked;
      lapic.timerMode = timerModeOf(timer);
      lapic.tmict = timer.period;
      lapic.tmcct = counts(timer);
    },
  });

const deadlineOf = ({
  tscMode,
  deadline,
  due,
}: State["timer"][number]): State["saved"][number]["deadline"]["value"] => {
  if (!tscMode || !deadline) return "ZERO";
  return due ? "PASSED" : "AHEAD";
};

/** KVM_GET_MSRS of IA32_TSC_DEADLINE of a vCPU that is saved. */
const saveDeadline = ioctl("KVM_GET_MSRS_TSCD_save", {
  actor: "userspace",
  args: { v: "vcpu" },
  kernel: "kvm_get_lapic_tscdeadline_msr(): tscdeadline, in TSC-deadline mode",
  branch: (_, { v }: OfVcpu, { saved }) =>
    `kvm_get_lapic_tscdeadline_msr(): ${saved[v].deadline.value === "ZERO" ? "0" : "tscdeadline, which is not 0"}`,
  source: "irqchip 6.13 MSRS; timer 1.3",
  atomic: "vcpu->mutex (irqchip 7.5); one read of what a callback may clear at any moment",
  guard: (s, { v }) =>
    maySave(s) &&
    s.saved[v].deadline.is === "NONE" &&
    (s.saving.saveOrder !== "LAPIC_FIRST" || s.saved[v].lapic.is === "SAVED"),
  refuses: () => undefined,
  accepted: "1",
  effect: (d, { v }) => {
    beginToSave(d);
    d.saved[v].deadline.is = "SAVED";
    d.saved[v].deadline.value = deadlineOf(d.timer[v]);
  },
});

/** What userspace reads of a vCPU that it saves. */
export const save = (ops: VendorOps): readonly Action<State>[] => [saveLapic(ops), saveDeadline];
