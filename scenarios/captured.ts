import type { Captured } from "#check";
import { unlockedPin } from "../models/kvm/validation/forgetting.ts";
import { pinObserver } from "../models/kvm/validation/observe-pin.ts";
import { timerObserver } from "../models/kvm/validation/observe-timer.ts";
import { contextOf } from "../models/kvm/validation/observer.ts";
import { tracepoints } from "../models/kvm/tracepoints/table.ts";
import { vcpuOf } from "../models/kvm/tracepoints/vcpu-of.ts";
import { followedWorlds } from "./validation/followed-worlds.ts";
import { partsOf } from "./validation/parts-of.ts";
import type { State } from "../models/kvm/state.ts";

/** The process of userspace; its vCPUs' threads have the ids that follow. */
const QEMU = 4242;
/** The pCPU of everybody but the vCPUs. */
const ELSEWHERE = 7;

const vcpuThread = (v: number, { vcpu }: State) => ({
  task: { comm: `CPU ${v}/KVM`, pid: QEMU + 1 + v },
  // Each vCPU has two pCPUs, between which a world may move it.
  cpu: 2 * v + (vcpu[v].cpu === "P0" ? 0 : 1),
});

const others: Readonly<Record<string, { readonly comm: string; readonly pid: number }>> = {
  userspace: { comm: "qemu-system-x86", pid: QEMU },
  device: { comm: "qemu-system-x86", pid: QEMU },
  "scan requester": { comm: "qemu-system-x86", pid: QEMU },
  irqfd: { comm: "vhost-4242", pid: QEMU + 20 },
  "kvm-pit": { comm: "kvm-pit/4242", pid: QEMU + 21 },
  "AMD-Vi": { comm: "irq/24-AMD-Vi", pid: 124 },
  "another vCPU": { comm: "CPU 9/KVM", pid: QEMU + 10 },
  hrtimer: { comm: "<idle>", pid: 0 },
  housekeeping: { comm: "<idle>", pid: 0 },
};

/** The steps of a delivery to a vCPU of another thread. */
const DELIVERS =
  /_(test_apicv|set_pir|set_on|notify_test|notify|set_irr|request_event|event_kick|event_reschedule|svm_set_irr|svm_read_mode|svm_test_apicv|svm_wake|doorbell)$/;

/** The vCPU in whose thread an interrupt of a pin, or of the RTC, is delivered, where it is one. */
const deliveringVcpu = (action: string, actor: string, { rtc, vcpu }: State): number => {
  if (action.startsWith("rtc_")) return rtc.raiser === "READ_C" ? rtc.reader : -1;
  if (actor !== "device" || !DELIVERS.test(action)) return -1;
  return vcpu.findIndex(({ pc, exit }) => pc === "IOAPIC_UNLOCK" || (pc === "USER" && exit === "USER_WAITS"));
};

/** Who acts: those who write a pin's entry deliver its interrupt themselves, which the model takes for the device. */
const actingAs = (action: string, actor: string, state: State): string => {
  const v = deliveringVcpu(action, actor, state);
  if (v >= 0) return `CPU${v}`;
  const writes = actor === "device" && DELIVERS.test(action) && state.scan.waiting;
  return writes && state.vm.irqchip === "KERNEL" ? "another vCPU" : actor;
};

/** How a host with these worlds looks to a tracer: one virtual machine, each vCPU's thread on a pCPU of its own. */
export const captured: Captured = {
  tracepoints,
  thread: (action, actor, before) => {
    const state = before as State;
    const by = actingAs(action, actor, state);
    const vcpu = /^CPU(\d+)$/.exec(by);
    if (vcpu !== null) return vcpuThread(Number(vcpu[1]), state);
    return { task: others[by] ?? { comm: by.slice(0, 15), pid: QEMU }, cpu: ELSEWHERE };
  },
  cpus: 8,
  numberOf: vcpuOf,
  context: contextOf,
  unlocked: (state) => unlockedPin(state as State),
  facts: { ...timerObserver.facts, ...pinObserver.facts } as Captured["facts"],
  worlds: followedWorlds,
  partsOf,
};
