import { about, bool, int, oneOf, record } from "#check";
import { posterPcs } from "./state-poster.ts";

export const pit = about(
  "The in-kernel PIT, channel 0 in periodic mode, and its pin of the I/O APIC, which is edge-triggered. Its worker alone drives the pin, up and down again, so that the pin's irr bit is never found set, and is left out.",
  record({
    reinject: about("struct kvm_kpit_state.reinject: the switch of KVM_REINJECT_CONTROL.", bool),
    pending: about("struct kvm_kpit_state.pending: ticks counted and not acknowledged.", int(0, 2)),
    irqAck: about("struct kvm_kpit_state.irq_ack: the last tick was acknowledged.", bool),
    armed: about("The hrtimer runs: a counter was loaded.", bool),
    counted: about("pit_timer_fn() has counted and has yet to queue the worker.", bool),
    queued: about("pit->expired is queued on the worker.", bool),
    worker: about(
      "Where the worker stands; from the first of the delivery's steps on it holds ioapic->lock.",
      oneOf("IDLE", "XCHG", "RAISE", ...posterPcs, "LOWER"),
    ),
    notified: about("Both notifiers are registered.", bool),
    masked: about("The pin's mask bit.", bool),
    control: about(
      "Where KVM_REINJECT_CONTROL stands, which holds pit_state.lock meanwhile.",
      oneOf("IDLE", "INHIBIT", "RESET", "ACK", "NOTIFIERS", "SCAN", "WAIT", "STORE"),
    ),
    controlOn: about("What it stores.", bool),
    ghostDelivered: about(
      "Interrupts that a LAPIC accepted since the counter was loaded or the pin unmasked.",
      int(0, 2),
    ),
  }),
);

/** This part before anything has booted. */
export const pitPowerOn = {
  reinject: false,
  pending: 0,
  irqAck: false,
  armed: false,
  counted: false,
  queued: false,
  worker: "IDLE",
  notified: false,
  masked: false,
  control: "IDLE",
  controlOn: false,
  ghostDelivered: 0,
} as const;
