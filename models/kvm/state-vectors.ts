import { about, bool, oneOf, record } from "#check";

/** The interrupt vectors of these worlds, by who raises them; where KVM picks the highest, the first. */
export const vectorNames = ["timer", "rtc", "pit", "device", "msi", "ipi"] as const;
/** One of them. */
export type Vector = (typeof vectorNames)[number];

/**
 * A register of vectors: the LAPIC timer's, the RTC's, the PIT's, that of an assigned device or of one on a pin of the I/O
 * APIC, that of a message, that of another vCPU.
 */
export const vectors = record({
  timer: about("The vector of the LAPIC timer.", bool),
  rtc: about("The vector of the RTC.", bool),
  pit: about("The vector of the PIT.", bool),
  device: about("The vector of an assigned device, or of one on a pin of the I/O APIC.", bool),
  msi: about("The vector of a message.", bool),
  ipi: about("The vector of an IPI of another vCPU.", bool),
});

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
