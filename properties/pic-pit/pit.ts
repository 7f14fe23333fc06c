import { callbackOrWorker, keptOut, pitInterrupts } from "../../models/kvm/pit.ts";
import { infinitelyOften, invariant, strong, weak } from "../../models/kvm/state.ts";

const kernel = "pit_timer_fn(), pit_do_work(), kvm_pit_ack_irq()";

export const pitInterruptsForEver = infinitelyOften({
  id: "pit-interrupts-for-ever",
  statement:
    "A PIT that ticks again and again interrupts its guest again and again, unless newer ticks keep it from running, " +
    "which min_timer_period_us prevents",
  source: "m3; irqchip 4, (c) C7",
  claim: "C7",
  kernel,
  // Every thread goes on, and a guest takes and ends what it could take and end again and again.
  fairness: [
    weak({ each: "action" }),
    strong({ action: ["vm_enter", "guest_take_pit", "guest_eoi_pit"], each: "action" }),
  ],
  step: (before, after, { action }) => pitInterrupts(before, after) || keptOut(before, after, action),
});

export const pitNotStuck = invariant({
  id: "pit-waits-for-an-eoi-that-comes",
  statement:
    "In re-inject mode, with the last tick not acknowledged and nothing of the PIT at work, its interrupt is on its way to " +
    "the guest, in service there, or its EOI on its way to KVM: the PIT does not wait for ever",
  source: "m3; irqchip 4, (c) C7",
  claim: "C7",
  kernel,
  antecedent: ({ pit }) =>
    pit.reinject &&
    pit.armed &&
    !pit.irqAck &&
    !pit.masked &&
    pit.control === "IDLE" &&
    !callbackOrWorker(pit),
  holds: ({ vcpu: [{ pir, irr, isr, pc, eoi }] }) =>
    pir.pit || irr.pit || isr.pit || eoi === "pit" || pc === "PIT_ACK" || pc === "PIT_UNMASKED",
});

export const pitOwedTicksAreWorkedOn = invariant({
  id: "pit-owed-ticks-are-worked-on",
  statement:
    "In re-inject mode, with a tick owed and the one before acknowledged, the worker runs or is queued, or is about to be by the " +
    "thread that acknowledged it: no tick is left over",
  source: "irqchip 4",
  kernel,
  antecedent: ({ pit }) => pit.reinject && pit.pending > 0 && pit.irqAck && pit.control === "IDLE",
  holds: ({ pit, vcpu: [{ pc }] }) => callbackOrWorker(pit) || pc === "PIT_ACK_DEC",
});

export const pitInterruptsOnce = invariant({
  id: "pit-interrupts-once-per-load",
  statement:
    "A PIT in re-inject mode interrupts its guest at most once for each time that it is loaded or unmasked",
  source: "m3; irqchip 4",
  kernel,
  antecedent: ({ pit }) => pit.ghostDelivered > 0,
  holds: ({ pit }) => pit.ghostDelivered === 1,
});

export const pitReinjNotInhibited = invariant({
  id: "pit-reinject-never-inhibits",
  statement: "An in-kernel PIT in re-inject mode inhibits no APICv: PIT_REINJ is not in the mask",
  source: "m3; irqchip 4, 6.12, (c) C8",
  claim: "C8",
  kernel: "kvm_pit_set_reinject(): kvm_set_apicv_inhibit(PIT_REINJ), required_apicv_inhibits",
  antecedent: ({ pit }) => pit.reinject,
  holds: ({ vm }) => !vm.inhibit.PIT_REINJ,
});
