import { step, type State } from "../../models/kvm/state.ts";

type Vcpu = State["vcpu"][number];

/** What only vCPU ioctls change of a vCPU that is there. */
const setByIoctls = ({ blockIrq, baseMoved, apicMode, synic }: Vcpu): readonly unknown[] => [
  blockIrq,
  baseMoved,
  apicMode,
  synic,
];

export const vcpuIoctlWaitsForKvmRun = step({
  id: "vcpu-ioctl-waits-for-kvm-run",
  statement:
    "What ioctls set of a vCPU changes only while its thread is outside KVM_RUN, which holds the vCPU's mutex",
  source: "timer 2.4; irqchip 7.5",
  kernel: "kvm_vcpu_ioctl(): mutex_lock_killable(&vcpu->mutex)",
  args: { v: "vcpu" },
  antecedent: ({ vcpu: before }, { vcpu: after }, _, { v }) => {
    const now = setByIoctls(after[v]);
    return before[v].pc !== "ABSENT" && setByIoctls(before[v]).some((was, i) => was !== now[i]);
  },
  holds: ({ vcpu }, _, __, { v }) => vcpu[v].pc === "USER",
});
