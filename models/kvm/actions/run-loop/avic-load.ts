import type { Action } from "#check";
import {
  avicVcpuLoad as load,
  avicVcpuPut as put,
  irListLock as lock,
  type GaLogged,
} from "../../physical-id.ts";
import { action, cpu, type State } from "../../state.ts";
import { kvmRun, toUser } from "./vcpu-run.ts";

const returnToUser = (logged: GaLogged): Action<State> =>
  action("exit_to_userspace", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: "vcpu_run(): r <= 0, return; vcpu_put(): avic_vcpu_put(), IsRunning is clear",
    source: "timer 2.4 step 2; irqchip 7.7",
    atomic: `a return; ${lock}`,
    guard: toUser.guard,
    effect: (d, args) => {
      toUser.effect(d, args);
      put(d, args.v, false, logged);
    },
  });

const run = (logged: GaLogged): Action<State> =>
  action("KVM_RUN", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: "kvm_vcpu_ioctl(): vcpu_load(): avic_vcpu_load(), IsRunning is set; kvm_arch_vcpu_ioctl_run()",
    source: "timer 4.1; irqchip 6.10, 7.7",
    atomic: `under vcpu->mutex, which is held until KVM_RUN returns; ${lock}`,
    guard: kvmRun.guard,
    effect: (d, args) => {
      kvmRun.effect(d, args);
      load(d, args.v, logged);
    },
  });

/** KVM_RUN and its return, which load and put the vCPU, each with what it does to IsRunning. */
export const avicLoad = (logged: GaLogged): readonly Action<State>[] => [returnToUser(logged), run(logged)];
