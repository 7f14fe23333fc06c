import { inhibitReasons, type InhibitReason } from "./state-apicv.ts";
import { vectorNames, type Vector } from "./state-vectors.ts";
import type { State } from "./state.ts";

type Vcpu = State["vcpu"][number];
type Timer = State["timer"][number];

/** apic_enabled(): hardware- and software-enabled. */
export const apicEnabled = ({ apicMode, swEnabled }: Pick<Vcpu, "apicMode" | "swEnabled">): boolean =>
  apicMode !== "DISABLED" && swEnabled;

/** kvm_apicv_activated(): the VM-wide inhibit mask is empty. */
export const apicvActivated = ({ inhibit }: Pick<State["vm"], "inhibit">): boolean =>
  inhibitReasons.every((reason) => !inhibit[reason]);

/** kvm_can_post_timer_interrupt(). */
export const canPost = (s: Pick<State, "host" | "vm">, vcpu: Pick<Vcpu, "apicvActive">): boolean =>
  s.host.piInjectTimer && vcpu.apicvActive && (s.vm.hltInGuest || s.vm.mwaitInGuest);

/** HLT exits: of a TD always, of an ordinary guest unless userspace disabled the exit. */
export const hltExits = ({ vm }: Pick<State, "vm">): boolean =>
  vm.type === "KVM_X86_TDX_VM" || !vm.hltInGuest;

/** kvm_can_use_hv_timer(), on a vendor with set_hv_timer(): MWAIT exits are taken, and timers are not posted. */
export const canUseHvTimer = (s: Pick<State, "host" | "vm">, vcpu: Pick<Vcpu, "apicvActive">): boolean =>
  !s.host.preemptionTimerOff && !s.vm.mwaitInGuest && !canPost(s, vcpu);

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

/** Host IRQs are enabled on the vCPU's pCPU, so that a pending one is handled at once; in an exit fastpath they are not. */
export const irqsOn = ({ pc, mode }: Pick<Vcpu, "pc" | "mode">): boolean =>
  mode === "OUTSIDE" && !irqsOffPcs.includes(pc);

/** kvm_request_pending(): some request is set. */
export const anyRequest = ({ req }: Pick<Vcpu, "req">): boolean =>
  req.UNBLOCK ||
  req.EVENT ||
  req.APICV_UPDATE ||
  req.VM_DEAD ||
  req.MIGRATE_TIMER ||
  req.SCAN_IOAPIC ||
  req.LOAD_EOI_EXITMAP ||
  req.IOAPIC_EOI_EXIT;

/** KVM_REQ_NMI, with an NMI that is queued or without. */
export const requestsNmi = ({ events }: Pick<Vcpu, "events">): boolean =>
  events.nmiQueued || events.nmiRequestLeft;

/** KVM_REQ_NMI or KVM_REQ_SMI. */
export const requestsNmiOrSmi = ({ events }: Pick<Vcpu, "events">): boolean =>
  requestsNmi({ events }) || events.smiQueued;

/** A request is set that vcpu_enter_guest() tests before KVM_REQ_APICV_UPDATE. */
export const requestBeforeApicv = ({ req, events }: Pick<Vcpu, "req" | "events">): boolean =>
  req.VM_DEAD ||
  req.MIGRATE_TIMER ||
  requestsNmiOrSmi({ events }) ||
  req.IOAPIC_EOI_EXIT ||
  req.SCAN_IOAPIC ||
  req.LOAD_EOI_EXITMAP;

/** An interrupt is pending on the vCPU's pCPU. */
export const irqPending = ({ irq }: Pick<Vcpu, "irq">): boolean =>
  irq.HRTIMER || irq.RESCHEDULE || irq.POSTED_INTR || irq.CALL_FUNCTION || irq.PI_WAKEUP;

/** The vCPU thread may take its next step, at `pc`: where host IRQs are on, a pending interrupt comes first. */
export const threadAt = (vcpu: Pick<Vcpu, "pc" | "mode" | "irq" | "sched">, pc: Vcpu["pc"]): boolean =>
  vcpu.pc === pc && vcpu.sched === "ON_CPU" && !(irqsOn(vcpu) && irqPending(vcpu));

/** The guest can take an interrupt, and exits for one that KVM could not inject before. */
export const irqWindowOpen = ({
  irqWindow,
  interruptFlag,
}: Pick<Vcpu, "irqWindow" | "interruptFlag">): boolean => irqWindow && interruptFlag;

/**
 * The guest may run its next instruction: a pending interrupt exits, or is processed as posted, first, and so does one that
 * waits for its window.
 */
export const guestRuns = (vcpu: Pick<Vcpu, "pc" | "irq" | "irqWindow" | "interruptFlag">): boolean =>
  vcpu.pc === "NONROOT" && !irqPending(vcpu) && !irqWindowOpen(vcpu);

/** An interrupt that makes a vCPU in non-root mode exit is pending on its pCPU. */
export const exitIrqPending = ({ irq }: Pick<Vcpu, "irq">): boolean =>
  irq.HRTIMER || irq.RESCHEDULE || irq.CALL_FUNCTION || irq.PI_WAKEUP;

/** Some vector is set in a register: PIR, IRR or ISR. */
export const anyVector = (register: Vcpu["pir"]): boolean => vectorNames.some((vector) => register[vector]);

/** The vector of a register that comes first. */
export const highestVector = (register: Vcpu["pir"]): Vector | undefined =>
  vectorNames.find((vector) => register[vector]);

/** kvm_apic_local_deliver() would deliver: the APIC is enabled and LVTT not masked. */
export const deliverable = (
  vcpu: Pick<Vcpu, "apicMode" | "swEnabled">,
  { masked }: Pick<Timer, "masked">,
): boolean => apicEnabled(vcpu) && !masked;

/** apic_has_pending_timer(): `pending`, and the APIC would deliver it. */
export const pendingDeliverable = (vcpu: Vcpu, timer: Timer): boolean =>
  timer.pending > 0 && deliverable(vcpu, timer);

/** The housekeeping pCPU's callback has yet to finish its delivery: to post, or to count, request and kick. */
export const callbackInFlight = ({ pc }: Pick<Timer, "pc">): boolean => pc !== "NONE" && pc !== "TAIL";

/** A kick is on its way: the vCPU is told to leave, or the interrupt that makes it leave is pending. */
export const kickInFlight = (vcpu: Vcpu): boolean => vcpu.mode === "EXITING" || exitIrqPending(vcpu);

/** kvm->created_vcpus: those that exist and those that a KVM_CREATE_VCPU is about to insert. */
export const createdVcpus = ({ vcpu }: Pick<State, "vcpu">): number =>
  vcpu.filter(({ pc, creating }) => pc !== "ABSENT" || creating.pc !== "IDLE").length;

/** Reasons that are set by an ioctl of a vCPU, whose mutex is held meanwhile. */
const setByVcpuIoctl: readonly InhibitReason[] = ["BLOCKIRQ", "HYPERV", "APIC_BASE_MODIFIED"];

/** An ioctl of this vCPU may begin: its mutex is free, and none that changes an inhibit is on its way. */
export const vcpuIoctlAllowed = (
  { vcpu, inhibitor }: Pick<State, "vcpu" | "inhibitor">,
  v: number,
): boolean =>
  mutexFree(vcpu[v]) &&
  (inhibitor.pc === "IDLE" || inhibitor.ioctlOn !== v || !setByVcpuIoctl.includes(inhibitor.reason));

/** The vCPU thread is in userspace and no other thread holds its mutex: vCPU ioctls may run. */
export const mutexFree = (vcpu: Pick<Vcpu, "pc" | "inIoctl">): boolean => vcpu.pc === "USER" && !vcpu.inIoctl;
