import type { State } from "./state.ts";

type Vcpu = State["vcpu"][number];
type Timer = State["timer"][number];

/** apic_enabled(): hardware- and software-enabled. */
export const apicEnabled = ({ apicMode, swEnabled }: Pick<Vcpu, "apicMode" | "swEnabled">): boolean =>
  apicMode !== "DISABLED" && swEnabled;

/** kvm_apicv_activated(): the VM-wide inhibit mask is empty. */
export const apicvActivated = ({ inhibit }: Pick<State["vm"], "inhibit">): boolean =>
  !inhibit.ABSENT && !inhibit.TDX && !inhibit.BLOCKIRQ && !inhibit.PHYSICAL_ID_ALIASED;

/** kvm_can_post_timer_interrupt(). */
export const canPost = (s: Pick<State, "host" | "vm">, vcpu: Pick<Vcpu, "apicvActive">): boolean =>
  s.host.piInjectTimer && vcpu.apicvActive && s.vm.hltMwaitInGuest;

const irqsOffPcs: readonly Vcpu["pc"][] = [
  "ABSENT",
  "MODE_IN",
  "SYNC_PIR",
  "EXIT_REQUEST",
  "VENDOR_RUN",
  "ENTER",
  "NONROOT",
  "EXITED",
  "DEAD",
];

/** Host IRQs are enabled on the vCPU's pCPU, so that a pending one is handled at once. */
export const irqsOn = ({ pc }: Pick<Vcpu, "pc">): boolean => !irqsOffPcs.includes(pc);

const irqPending = ({ irq }: Pick<Vcpu, "irq">): boolean =>
  irq.HRTIMER || irq.RESCHEDULE || irq.POSTED_INTR || irq.CALL_FUNCTION;

/** The vCPU thread may take its next step, at `pc`: where host IRQs are on, a pending interrupt comes first. */
export const threadAt = (vcpu: Pick<Vcpu, "pc" | "irq">, pc: Vcpu["pc"]): boolean =>
  vcpu.pc === pc && !(irqsOn(vcpu) && irqPending(vcpu));

/** The guest may run its next instruction: a pending interrupt exits, or is processed as posted, first. */
export const guestRuns = (vcpu: Pick<Vcpu, "pc" | "irq">): boolean =>
  vcpu.pc === "NONROOT" && !irqPending(vcpu);

/** An interrupt that makes a vCPU in non-root mode exit is pending on its pCPU. */
export const exitIrqPending = ({ irq }: Pick<Vcpu, "irq">): boolean =>
  irq.HRTIMER || irq.RESCHEDULE || irq.CALL_FUNCTION;

/** apic_has_pending_timer(): `pending`, and the APIC would deliver it. */
export const pendingDeliverable = (vcpu: Vcpu, timer: Timer): boolean =>
  timer.pending > 0 && apicEnabled(vcpu);

/** The housekeeping pCPU's callback has yet to finish its delivery: to post, or to count, request and kick. */
export const callbackInFlight = ({ pc }: Pick<Timer, "pc">): boolean => pc !== "NONE" && pc !== "TAIL";

/** A kick is on its way: the vCPU is told to leave, or the interrupt that makes it leave is pending. */
export const kickInFlight = (vcpu: Vcpu): boolean => vcpu.mode === "EXITING" || exitIrqPending(vcpu);

/** The vCPU thread is in userspace and no other thread holds its mutex: vCPU ioctls may run. */
export const mutexFree = (vcpu: Pick<Vcpu, "pc">): boolean => vcpu.pc === "USER";
