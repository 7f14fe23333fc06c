import { irqsOn } from "./predicates.ts";
import type { State } from "./state.ts";

type Vcpu = State["vcpu"][number];

const timer =
  "restart_apic_timer() and kvm_lapic_switch_to_sw_timer() have disabled preemption (timer 1.9, 1.10)";

/**
 * Where a vCPU's thread cannot be preempted although host IRQs are on there, and why. Anywhere else it can, also at a step that
 * is new in `pc`. Before a spinlock is taken it can; of a kernel with PREEMPT_RT, where it can after that too, nothing is said.
 */
const whyNot: Readonly<Partial<Record<Vcpu["pc"], string>>> = {
  USER: "the thread is not in KVM: the ioctl has put what it loaded (timer 2.4 step 2)",
  IRQS_OFF:
    "a preemption between the events and preempt_disable() is as one before the events, which read nothing that a load " +
    "writes (timer 2.5 S2, S4)",
  IRQS_ON: "preempt_enable() comes last, and then the handler's first step (timer 2.5 S15)",
  ENTRY_CANCELLED: "preempt_enable() comes last, and then nothing (timer 2.5 S9)",
  EXIT_HANDLED: "preempt_enable() comes last, and then nothing (timer 2.5 S15)",
  HV_SET: timer,
  HV_IN_USE: timer,
  HV_CANCEL_HRTIMER: timer,
  HV_TEST_PENDING: timer,
  HV_CANCEL: timer,
  SW_START: timer,
  SW_CLOCK: timer,
  SW_ENQUEUE: timer,
  EXPIRED_TEST: timer,
  EXPIRED_APICV: timer,
  EXPIRED_POST: timer,
  EXPIRED_PEND: timer,
  EXPIRED_UNBLOCK: timer,
  IOAPIC_UNLOCK: "ioapic->lock, a spinlock, is held (irqchip 7.5)",
  BUG_ON: "kvm_make_all_cpus_request() has disabled preemption, and waits (timer 2.2)",
};

/** The vCPU's thread may be preempted where it stands: host IRQs are on, and neither a lock nor a notifier forbids it. */
export const preemptible = (vcpu: Pick<Vcpu, "pc" | "mode" | "loadedAt">): boolean =>
  irqsOn(vcpu) && whyNot[vcpu.pc] === undefined && vcpu.loadedAt === "NONE";
