import { bool, int, oneOf, record } from "#check";
import { posterPcs } from "./state-poster.ts";

/**
 * The in-kernel PIT, channel 0 in periodic mode, and its pin of the I/O APIC, which is edge-triggered. Its worker alone
 * drives the pin, up and down again, so that the pin's irr bit is never found set, and is left out.
 */
export const pit = record({
  /** struct kvm_kpit_state: the switch, ticks counted and not acknowledged, and whether the last one was. */
  reinject: bool,
  pending: int(0, 2),
  irqAck: bool,
  /** The hrtimer runs: a counter was loaded. */
  armed: bool,
  /** pit_timer_fn() has counted and has yet to queue the worker. */
  counted: bool,
  /** pit->expired is queued on the worker. */
  queued: bool,
  /** Where the worker stands; from the first of the delivery's steps on it holds ioapic->lock. */
  worker: oneOf("IDLE", "XCHG", "RAISE", ...posterPcs, "LOWER"),
  /** Both notifiers are registered. */
  notified: bool,
  /** The pin's mask bit. */
  masked: bool,
  /** Where KVM_REINJECT_CONTROL stands, which holds pit_state.lock meanwhile. */
  control: oneOf("IDLE", "INHIBIT", "RESET", "ACK", "NOTIFIERS", "SCAN", "WAIT", "STORE"),
  /** What it stores. */
  controlOn: bool,
  /** Interrupts that a LAPIC accepted since the counter was loaded or the pin unmasked. */
  ghostDelivered: int(0, 2),
});

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
