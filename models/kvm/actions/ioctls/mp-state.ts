import type { Action } from "#check";
import { initAllowed } from "../../accept-events.ts";
import { threadAt, vcpuIoctlAllowed } from "../../predicates.ts";
import { cpu, type State } from "../../state.ts";
import { ioctl, ioctlReturns, type Answer } from "../../ioctl.ts";
import { byGuest } from "../../text.ts";
import type { OfVcpu } from "../../citation.ts";

type Mp = State["vcpu"][number]["mp"];

const init: readonly Mp[] = ["INIT_RECEIVED", "SIPI_RECEIVED"];

const setMpState = (
  states: readonly Mp[],
  source: string,
  refuses: (mp: Mp) => Answer | undefined,
): Action<State> =>
  ioctl("KVM_SET_MP_STATE", {
    actor: "userspace",
    args: { v: "vcpu", mp: states },
    kernel: "kvm_arch_vcpu_ioctl_set_mpstate(): mp_state, KVM_REQ_EVENT; kvm_apic_init_sipi_allowed()",
    source,
    atomic: "vcpu->mutex (irqchip 7.5)",
    guard: (s, { v, mp }) => vcpuIoctlAllowed(s, v) && s.vcpu[v].mp !== mp,
    refuses: (s, { mp }) => (s.vm.irqchip === "NONE" && mp !== "RUNNABLE" ? "-EINVAL" : refuses(mp)),
    effect: (d, { v, mp }) => {
      d.vcpu[v].mp = mp;
      d.vcpu[v].req.EVENT = true;
    },
  });

const all: readonly Mp[] = ["RUNNABLE", "HALTED", "UNINITIALIZED", ...init];

/** Of a TD in 6.16: it never takes INIT, and so may not wait for it. */
export const setMpState616 = setMpState(all, "irqchip 6.4 6.16", (mp) =>
  init.includes(mp) ? "-EINVAL" : undefined,
);

/** Of a TD in 6.19: taken, and KVM_RUN fails then. */
export const setMpState619 = setMpState(all, "irqchip 6.4 6.19", () => undefined);

/** Of an ordinary guest, as far as INIT does not come into it. */
export const setMpStateOrdinary = setMpState(["RUNNABLE", "HALTED"], "irqchip 6.4", () => undefined);

const runAnswers = (s: State, v: number): Answer => {
  const { vm } = s;
  const { mp, initialized } = s.vcpu[v];
  if (vm.dead) return "-EIO";
  if (mp === "UNINITIALIZED") return "-EAGAIN";
  if (mp === "SIPI_RECEIVED" || (mp === "INIT_RECEIVED" && !initAllowed(s, s.vcpu[v]))) return "-EINVAL";
  return !initialized || vm.td !== "RUNNABLE" ? "-EINVAL" : "0";
};

/** KVM_RUN where it does not get as far as vcpu_run(). */
const runRefused = ioctlReturns("KVM_RUN_refused", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "kvm_arch_vcpu_ioctl_run(): UNINITIALIZED, kvm_vcpu_block(), -EAGAIN; tdx_vcpu_pre_run(), -EINVAL",
  branch: (s, { v }: OfVcpu) => {
    const error = runAnswers(s, v);
    if (error === "-EAGAIN") return "kvm_arch_vcpu_ioctl_run(): UNINITIALIZED, kvm_vcpu_block(), -EAGAIN";
    if (error === "-EIO") return "kvm_vcpu_ioctl(): vm_dead, -EIO";
    return byGuest("", {
      td: "tdx_vcpu_pre_run(): -EINVAL",
      ordinary: "kvm_arch_vcpu_ioctl_run(): -EINVAL",
    });
  },
  source: "timer 4.1; irqchip 6.4, 6.10",
  atomic:
    "vcpu->mutex; a vCPU that waits for INIT sleeps until something is pending or a signal comes, and consumes nothing of it",
  guard: (s, { v }) => threadAt(s.vcpu[v], "USER") && vcpuIoctlAllowed(s, v) && runAnswers(s, v) !== "0",
  answers: (s, { v }) => runAnswers(s, v),
  effect: () => {},
});

export default runRefused;
