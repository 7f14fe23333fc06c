import { step, type State } from "../../models/kvm/state.ts";

type Vcpu = State["vcpu"][number];
type Timer = State["timer"][number];

/** Where apic_timer_expired(apic, false) may end; its callers go on from there with a periodic timer. */
const expiry: readonly Vcpu["pc"][] = ["EXPIRED_TEST", "EXPIRED_APICV", "EXPIRED_POST", "EXPIRED_UNBLOCK"];
/** kvm_apic_inject_pending_timer_irqs(). */
const injects: readonly Vcpu["pc"][] = ["INJECT_TIMER", "EXPIRED_APICV", "EXPIRED_POST"];

/** A change of the timer: of which field, and to what. */
interface Write {
  readonly what: (before: Timer, after: Timer) => boolean;
  /** Where the vCPU thread makes it. */
  readonly thread: readonly Vcpu["pc"][];
  /** Where the callback on a housekeeping pCPU does. */
  readonly callback: readonly Timer["pc"][];
}

type Bit = "hv" | "hvExpired" | "due" | "period" | "deadline";

const sets =
  (bit: Bit): Write["what"] =>
  (before, after) =>
    !before[bit] && after[bit];
const clears =
  (bit: Bit): Write["what"] =>
  (before, after) =>
    before[bit] && !after[bit];

const writes: readonly Write[] = [
  {
    what: (before, after) => after.pending > before.pending,
    thread: ["EXPIRED_PEND"],
    callback: ["INC_PENDING"],
  },
  {
    what: (before, after) => after.pending < before.pending,
    thread: ["TMICT_CLEAR_1", "TMICT_CLEAR_2", "LVTT_CLEAR", "TSCD_CLEAR", "CLEAR_PENDING"],
    callback: [],
  },
  {
    what: (before, after) => before.hr !== after.hr && after.hr === "ENQUEUED",
    thread: ["TMICT_START", "SW_ENQUEUE"],
    callback: ["TAIL"],
  },
  {
    what: (before, after) => before.hr !== after.hr && after.hr === "INACTIVE",
    thread: ["TMICT_CANCEL", "LVTT_CANCEL", "TSCD_CANCEL", "TDCR_CANCEL", "HV_CANCEL_HRTIMER"],
    callback: ["TAIL"],
  },
  { what: sets("hv"), thread: ["HV_IN_USE"], callback: [] },
  {
    what: clears("hv"),
    thread: ["TMICT_CLEAR_1", "LVTT_CLEAR", "HV_TEST_PENDING", "HV_CANCEL", "SW_START"],
    callback: [],
  },
  { what: sets("hvExpired"), thread: ["HV_SET"], callback: [] },
  { what: clears("hvExpired"), thread: ["HV_SET", "HV_TEST_PENDING"], callback: [] },
  { what: sets("due"), thread: ["NONROOT", "TMICT_START", "SW_CLOCK", "HV_SET"], callback: [] },
  {
    what: clears("due"),
    thread: ["TMICT_STORE", "LVTT_CLEAR", "TSCD_STORE", "HV_CANCEL", ...expiry],
    callback: ["TAIL"],
  },
  { what: sets("period"), thread: ["TMICT_START"], callback: [] },
  { what: clears("period"), thread: ["TMICT_CLEAR_2", "LVTT_CLEAR"], callback: [] },
  { what: sets("deadline"), thread: ["TMICT_START", "TSCD_STORE", ...expiry], callback: ["TAIL"] },
  {
    what: clears("deadline"),
    thread: ["TMICT_CLEAR_2", "LVTT_CLEAR", "TSCD_STORE", ...injects],
    callback: ["CLEAR_DEADLINE"],
  },
  {
    what: (before, after) => before.switching !== after.switching && after.switching !== "NONE",
    thread: ["BLOCK_TO_SW", "BLOCK_WAIT"],
    callback: [],
  },
];

const made = (before: Timer, after: Timer): readonly Write[] =>
  writes.filter(({ what }) => what(before, after));

export const threadWritesTheTimerInItsFunctions = step({
  id: "thread-writes-the-timer-in-its-functions",
  statement:
    "A vCPU thread changes `pending`, the hrtimer, the preemption timer, the period and the deadline only in the functions that " +
    "cancel, store, start, expire or inject, each where the source has it",
  source: "timer 1.1, 1.2, 1.3, 1.5, 1.6, 1.9, 1.10",
  kernel:
    "cancel_apic_timer(), __start_apic_timer(), start_hv_timer(), start_sw_timer(), apic_timer_expired(), " +
    "kvm_apic_inject_pending_timer_irqs()",
  args: { v: "vcpu" },
  antecedent: (before, after, _, { v }) =>
    before.vcpu[v].pc !== after.vcpu[v].pc && made(before.timer[v], after.timer[v]).length > 0,
  holds: (before, after, _, { v }) =>
    made(before.timer[v], after.timer[v]).every(({ thread }) => thread.includes(before.vcpu[v].pc)),
});

export const callbackWritesTheTimerInItsFunctions = step({
  id: "callback-writes-the-timer-in-its-functions",
  statement:
    "A callback on a housekeeping pCPU counts in `pending` where apic_timer_expired() does, forgets the deadline once it has " +
    "delivered, and enqueues the timer again, or ends it, as it returns",
  source: "timer 1.4, 1.5, 1.6, 6.2",
  kernel: "apic_timer_fn(), apic_timer_expired(apic, true)",
  args: { v: "vcpu" },
  antecedent: ({ timer: before }, { timer: after }, _, { v }) =>
    before[v].pc !== after[v].pc && made(before[v], after[v]).length > 0,
  holds: ({ timer: before }, { timer: after }, _, { v }) =>
    made(before[v], after[v]).every(({ callback }) => callback.includes(before[v].pc)),
});

const hasVector = ({ pir, irr, isr }: Vcpu): boolean => pir.timer || irr.timer || isr.timer;

export const threadInjectsOnceItHasTested = step({
  id: "thread-injects-once-it-has-tested",
  statement:
    "A vCPU thread injects the timer's interrupt where vcpu_run() has found `pending` set, or apic_timer_expired() has found " +
    "it clear",
  source: "timer 1.5, 1.6, 2.4 step 4",
  kernel: "kvm_inject_apic_timer_irqs(), apic_timer_expired(): atomic_read(&pending) > 0, return",
  args: { v: "vcpu" },
  antecedent: ({ vcpu: before }, { vcpu: after }, _, { v }) =>
    before[v].pc !== after[v].pc && !hasVector(before[v]) && hasVector(after[v]),
  holds: ({ vcpu, timer }, _, __, { v }) =>
    injects.includes(vcpu[v].pc) && timer[v].pending > 0 === (vcpu[v].pc === "INJECT_TIMER"),
});

/** The emulation of a write of TMICT, up to the start of the new timer. */
const tmict: readonly Vcpu["pc"][] = ["TMICT_CANCEL", "TMICT_CLEAR_1", "TMICT_STORE", "TMICT_CLEAR_2"];
/** And of one of IA32_TSC_DEADLINE, from its store on. */
const tscd: readonly Vcpu["pc"][] = ["TSCD_STORE", "TSCD_CLEAR"];

export const armingBeginsWithItsStore = step({
  id: "arming-begins-with-its-store",
  statement:
    "A write of TMICT begins a new arming as the register is stored, neither before nor after: what is known of the old one, that " +
    "it fired, was injected, or was seen to have passed, counts until then. A write of IA32_TSC_DEADLINE stores the new deadline, " +
    "the old one has not passed any more, and the new arming begins as `pending` is cleared",
  source: "timer 1.1 step 3, 1.3",
  kernel: "kvm_lapic_set_reg(apic, APIC_TMICT, val); kvm_set_lapic_tscdeadline_msr(): tscdeadline = data",
  args: { v: "vcpu" },
  antecedent: ({ vcpu: before }, { vcpu: after }, _, { v }) =>
    before[v].pc !== after[v].pc && (tmict.includes(before[v].pc) || tscd.includes(before[v].pc)),
  holds: ({ vcpu, timer: before }, { timer: after }, _, { v }) => {
    const { pc, exit } = vcpu[v];
    const { due, deadline, ghost } = after[v];
    const { fired, injections, sawZero } = ghost;
    if (pc === "TSCD_STORE") return !due && deadline === (exit === "TSCD_N");
    if (pc === "TSCD_CLEAR") return !fired && injections === 0;
    if (pc === "TMICT_STORE") return !fired && injections === 0 && !sawZero && !due;
    const was = before[v].ghost;
    return fired === was.fired && injections === was.injections && sawZero === was.sawZero;
  },
});

export const injectedOneShotHasNoDeadline = step({
  id: "injected-one-shot-has-no-deadline",
  statement:
    "Once a vCPU thread has injected the interrupt of a timer that is not periodic, the timer has no deadline any more",
  source: "timer 1.6",
  kernel: "kvm_apic_inject_pending_timer_irqs(): tscdeadline = 0, target_expiration = 0",
  args: { v: "vcpu" },
  antecedent: ({ vcpu: before, timer: was }, { vcpu: after, timer }, _, { v }) =>
    before[v].pc !== after[v].pc && !timer[v].periodic && timer[v].ghost.injections > was[v].ghost.injections,
  holds: (_, { timer }, __, { v }) => !timer[v].deadline,
});
