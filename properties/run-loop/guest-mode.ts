import { exitIrqPending, guestRuns, irqPending, irqWindowOpen } from "../../models/kvm/predicates.ts";
import { vectorNames } from "../../models/kvm/state-vectors.ts";
import { invariant, step, type State } from "../../models/kvm/state.ts";

type Pc = State["vcpu"][number]["pc"];

/** Between the store of IN_GUEST_MODE and that of OUTSIDE_GUEST_MODE. */
const entered: readonly Pc[] = [
  "SYNC_PIR",
  "EXIT_REQUEST",
  "VENDOR_RUN",
  "WAIT_READ",
  "WAIT_CLEAR",
  "WAIT_SPIN",
  "ENTER",
  "NONROOT",
  "EXITED",
];
/** Where no exit fastpath gets to, which handles an exit without leaving guest mode. */
const left: readonly Pc[] = [
  "USER",
  "RUN_TOP",
  "REQUESTS",
  "REQUEST_APICV",
  "REQUESTS_DONE",
  "EVENTS",
  "IRQS_OFF",
  "MODE_IN",
  "ENTRY_CANCELLED",
  "IRQS_ON",
  "HALT",
  "BLOCK_RUNNABLE",
  "BLOCK_PUBLISH",
  "BLOCK_STATE",
  "BLOCK_CHECK_RUNNABLE",
  "BLOCK_CHECK_TIMER",
  "BLOCK_CHECK_UNBLOCK",
  "BLOCK_SCHEDULE",
  "BLOCK_FINISH",
  "BLOCK_AGAIN",
  "ACCEPT_INIT",
  "RESET_POSTED",
  "RESET_TIMER",
  "RESET_REGISTERS",
  "ACCEPT_SIPI",
  "CLEAR_UNBLOCK",
  "INJECT_TIMER",
  "CLEAR_PENDING",
  "TO_USER",
];

export const modeFollowsEntryAndExit = invariant({
  id: "mode-follows-entry-and-exit",
  statement:
    "vcpu->mode is IN_GUEST_MODE or EXITING_GUEST_MODE from before the last look at requests until after the exit, and " +
    "OUTSIDE_GUEST_MODE else: who requests and reads mode afterwards kicks whenever it has to",
  source: "timer 2.2, 2.5 S6, S9, S12",
  kernel: "vcpu_enter_guest(): smp_store_release(&vcpu->mode, ...)",
  args: { v: "vcpu" },
  antecedent: (s, { v }) => entered.includes(s.vcpu[v].pc) || left.includes(s.vcpu[v].pc),
  holds: ({ vcpu }, { v }) => (vcpu[v].mode !== "OUTSIDE") === entered.includes(vcpu[v].pc),
});

export const guestRunsUntilItsExit = step({
  id: "guest-runs-until-its-exit",
  statement:
    "The guest is left for an interrupt of the host where one is pending, when the preemption timer expires or an interrupt that waited can be taken, and else by " +
    "one of its instructions, which it executes only where no interrupt comes first",
  source: "timer 2.3, 2.9",
  kernel: "EXIT_REASON_EXTERNAL_INTERRUPT",
  args: { v: "vcpu" },
  antecedent: (before, after, _, { v }) => before.vcpu[v].pc === "NONROOT" && after.vcpu[v].pc !== "NONROOT",
  holds: (before, after, _, { v }) => {
    const { pc, exit } = after.vcpu[v];
    if (exit === "PREEMPTION_TIMER") return true;
    if (exit === "IRQ_WINDOW") return irqWindowOpen(before.vcpu[v]) && !irqPending(before.vcpu[v]);
    if (exit !== "EXTINT") return guestRuns(before.vcpu[v]);
    return pc === "EXITED" && (exitIrqPending(before.vcpu[v]) || before.vcpu[v].irq.POSTED_INTR);
  },
});

/** In a handler of a write of the timer's registers, or in what it calls. */
const ofTimer = /^(?:TMICT|LVTT|TSCD|TDCR|HV|SW|EXPIRED)_/u;

export const exitReasonIsOfTheExit = step({
  id: "exit-reason-is-of-the-exit",
  statement:
    "In vcpu_run(), vcpu_enter_guest(), kvm_vcpu_block() and the handlers of the timer's registers the exit reason changes only as " +
    "the guest is left; as an entry comes back or is given up, which is as an exit of which nothing is to be done; and where " +
    "userspace is to be told of an EOI",
  source: "timer 2.3, 2.5 S9, 4.7 E5",
  kernel: "vcpu_enter_guest(), tdx_vcpu_run(): vt->exit_reason",
  args: { v: "vcpu" },
  antecedent: ({ vcpu: before }, { vcpu: after }, _, { v }) =>
    before[v].exit !== after[v].exit &&
    before[v].pc !== "USER" &&
    (entered.includes(before[v].pc) || left.includes(before[v].pc) || ofTimer.test(before[v].pc)),
  holds: ({ vcpu: before }, { vcpu: after }, _, { v }) => {
    const { pc, req } = before[v];
    if (pc === after[v].pc) return false;
    if (pc === "ENTER" || pc === "EXIT_REQUEST") return after[v].exit === "OTHER";
    return pc === "NONROOT" || (pc === "REQUESTS" && req.IOAPIC_EOI_EXIT);
  },
});

type Vcpu = State["vcpu"][number];

const differs = (before: Vcpu, after: Vcpu, register: "irr" | "isr"): boolean =>
  vectorNames.some((vector) => before[register][vector] !== after[register][vector]);

export const tdChangesOnlyWhileItRuns = step({
  id: "td-changes-only-while-it-runs",
  statement:
    "IF, IRR and ISR of a TD change only in the guest: IRR as a notification is processed, the others by its instructions and " +
    "by delivery, which asks for IF, and only where no interrupt of the host comes first",
  source: "timer 2.9, 4.4, 4.8: KVM can neither read nor write them",
  kernel: "TDH.VP.ENTER: posted-interrupt processing, virtual-interrupt delivery, EOI",
  args: { v: "vcpu" },
  antecedent: (before, after, _, { v }) =>
    before.vm.type === "KVM_X86_TDX_VM" &&
    (before.vcpu[v].interruptFlag !== after.vcpu[v].interruptFlag ||
      differs(before.vcpu[v], after.vcpu[v], "irr") ||
      differs(before.vcpu[v], after.vcpu[v], "isr")),
  holds: ({ vcpu: before }, { vcpu: after }, _, { v }) => {
    const delivered = vectorNames.some((vector) => !before[v].isr[vector] && after[v].isr[vector]);
    if (delivered && !before[v].interruptFlag) return false;
    const processed = before[v].irq.POSTED_INTR && !after[v].irq.POSTED_INTR;
    return processed ? before[v].pc === "NONROOT" : guestRuns(before[v]);
  },
});
