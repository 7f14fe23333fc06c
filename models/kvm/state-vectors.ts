import { bool, oneOf, record } from "#check";

/** The interrupt vectors of these worlds, by who raises them; where KVM picks the highest, the first. */
export const vectorNames = ["timer", "rtc", "pit", "device", "msi", "ipi"] as const;
/** One of them. */
export type Vector = (typeof vectorNames)[number];

/**
 * A register of vectors: the LAPIC timer's, the RTC's, the PIT's, that of an assigned device or of one on a pin of the I/O
 * APIC, that of a message, that of another vCPU.
 */
export const vectors = record({ timer: bool, rtc: bool, pit: bool, device: bool, msi: bool, ipi: bool });

/** One vector, or none. */
export const vectorOrNone = oneOf("none", ...vectorNames);

/** A register with no bit set. */
export const noVectors = {
  timer: false,
  rtc: false,
  pit: false,
  device: false,
  msi: false,
  ipi: false,
} as const;
