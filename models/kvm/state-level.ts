import { bool, oneOf, record } from "#check";
import { posterPcs } from "./state-poster.ts";

/**
 * A pin of the I/O APIC, the kernel's or userspace's, that is level-triggered and unmasked, and the one device on it. The
 * pin's irr bit is always the line's level, and so is left out.
 */
export const level = record({
  line: bool,
  /** The guest has programmed the pin: level-triggered, unmasked, to vCPU 0. */
  programmed: bool,
  /** remote_irr: served, and the EOI is owed. */
  remoteIrr: bool,
  /** The guest's handler has quieted the device since it took the interrupt. */
  quieted: bool,
  /** Where the thread that raised the line stands; it holds the I/O APIC's lock until it is IDLE again. */
  pc: oneOf("IDLE", ...posterPcs),
  /** The guest has done with one interrupt of this line. */
  ghostServed: bool,
});

/** This part before anything has booted. */
export const levelPowerOn = {
  line: false,
  programmed: false,
  remoteIrr: false,
  quieted: false,
  pc: "IDLE",
  ghostServed: false,
} as const;
