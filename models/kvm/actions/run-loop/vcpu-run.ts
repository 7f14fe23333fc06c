import type { Action } from "#check";
import { initAllowed } from "../../accept-events.ts";
import { pendingDeliverable, threadAt, vcpuIoctlAllowed } from "../../predicates.ts";
import type { VendorOps } from "../../ops.ts";
import { action, cpu, type State } from "../../state.ts";
import { forgetSaved, mayGoOn } from "../../saved.ts";
import { inject } from "../timer/inject.ts";
import { byGuest } from "../../text.ts";
import type { OfVcpu } from "../../citation.ts";
import { exitsToUserspace, msrWritten } from "../../prints/exits.ts";
import { injectsTimer } from "../../prints/timers.ts";

/** vcpu_run() around vcpu_enter_guest(): clear UNBLOCK, inject the pending timer, or leave to userspace. */
const vcpuRun = (ops: VendorOps): readonly Action<State>[] => [
  clearUnblock,
  injectTimer(ops),
  clearPending,
  toUser,
  kvmRun,
];

export const clearUnblock = action("clear_unblock", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "vcpu_run(): kvm_clear_request(KVM_REQ_UNBLOCK)",
  prints: (s, { v }: OfVcpu, _, kind) => msrWritten(s.vcpu[v], kind),
  source: "m18; timer 2.4 step 3",
  atomic: "one locked bit operation",
  guard: (s, { v }) => threadAt(s.vcpu[v], "CLEAR_UNBLOCK"),
  effect: (d, { v }) => {
    d.vcpu[v].req.UNBLOCK = false;
    d.vcpu[v].pc = "INJECT_TIMER";
  },
});

export const injectTimer = (ops: VendorOps): Action<State> =>
  action("inject_pending_timer", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: "kvm_cpu_has_pending_timer(), kvm_inject_apic_timer_irqs()",
    branch: (_, { v }: OfVcpu, { vcpu }) =>
      vcpu[v].pc === "CLEAR_PENDING"
        ? "kvm_cpu_has_pending_timer(), kvm_inject_apic_timer_irqs()"
        : "vcpu_run(): kvm_cpu_has_pending_timer() is false",
    prints: (s, { v }: OfVcpu, _, kind) =>
      pendingDeliverable(s.vcpu[v], s.timer[v]) ? injectsTimer(s, v, kind) : [],
    source: "m16; timer 2.4 step 4, 1.6",
    atomic:
      "reads pending once; the post is to the vCPU loaded here, whose ON and PIR nobody consumes meanwhile",
    guard: (s, { v }) => threadAt(s.vcpu[v], "INJECT_TIMER"),
    effect: (d, { v }) => {
      if (pendingDeliverable(d.vcpu[v], d.timer[v])) {
        inject(ops, d, v);
        d.vcpu[v].pc = "CLEAR_PENDING";
      } else d.vcpu[v].pc = "RUN_TOP";
    },
  });

const clearPending = action("clear_pending", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "kvm_inject_apic_timer_irqs(): atomic_set(&pending, 0)",
  source: "timer 1.6",
  atomic: "one store, apart from the injection before it",
  guard: (s, { v }) => threadAt(s.vcpu[v], "CLEAR_PENDING"),
  effect: (d, { v }) => {
    d.timer[v].pending = 0;
    d.vcpu[v].pc = "RUN_TOP";
  },
});

export const toUser = action("exit_to_userspace", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "vcpu_run(): r <= 0, return",
  prints: (s, { v }: OfVcpu, _, kind) => [exitsToUserspace(s.vcpu[v], kind)],
  source: "timer 2.4 step 2: UNBLOCK is not cleared and pending not injected on this way",
  atomic: "a return",
  guard: (s, { v }) => threadAt(s.vcpu[v], "TO_USER"),
  effect: (d, { v }) => {
    d.vcpu[v].pc = "USER";
  },
});

/** Exits that userspace handles before it runs the vCPU again. */
const forUserspace: readonly State["vcpu"][number]["exit"][] = [
  "RTC_C",
  "DEVICE_A",
  "DEVICE_B",
  "LINE_0",
  "LINE_1",
  "IOAPIC_EOI",
  "EOI_REGISTER",
  "USER_WAITS",
  "RTE_EDGE",
  "RTE_LEVEL",
  "RTE_EDGE_MASKED",
  "RTE_MASK",
  "RTE_UNMASK",
  "RTE_TO_SELF",
  "RTE_TO_OTHER",
  "RTE_TO_ABSENT",
  "RTE_TO_NOBODY",
];

/** Userspace has nothing to do for the exit before it calls KVM_RUN again. */
export const handledInKernel = (exit: State["vcpu"][number]["exit"]): boolean => !forUserspace.includes(exit);

/** mp_state of a vCPU that vcpu_run() is called for: one that waits for SIPI is, unless INIT is blocked. */
const mayRun = (s: Pick<State, "vm">, vcpu: State["vcpu"][number]): boolean =>
  vcpu.mp === "RUNNABLE" || vcpu.mp === "HALTED" || (vcpu.mp === "INIT_RECEIVED" && initAllowed(s, vcpu));

export const kvmRun = action("KVM_RUN", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: byGuest("kvm_arch_vcpu_ioctl_run(), tdx_vcpu_pre_run()", { ordinary: "kvm_arch_vcpu_ioctl_run()" }),
  source: "timer 4.1; irqchip 6.10",
  atomic: "under vcpu->mutex, which is held until KVM_RUN returns",
  guard: (s, { v }) =>
    threadAt(s.vcpu[v], "USER") &&
    vcpuIoctlAllowed(s, v) &&
    handledInKernel(s.vcpu[v].exit) &&
    s.vcpu[v].initialized &&
    s.vm.td === "RUNNABLE" &&
    !s.vm.dead &&
    mayRun(s, s.vcpu[v]) &&
    mayGoOn(s),
  effect: (d, { v }) => {
    forgetSaved(d);
    d.vcpu[v].pc = "RUN_TOP";
  },
});

export default vcpuRun;
