import type { Destination } from "../state-delivery.ts";
import type { InhibitReason } from "../state-apicv.ts";
import type { Vector } from "../state-vectors.ts";

/**
 * What the model has names for and a capture has numbers. Only the timer's is that of Linux; where KVM picks the highest
 * vector, the one with the higher number comes first.
 */
export const vectorNumber: Readonly<Record<Vector, number>> = {
  timer: 236,
  rtc: 56,
  pit: 48,
  device: 37,
  msi: 36,
  ipi: 35,
};

/** The GSIs of the devices of these worlds. Those of the PIC's two pins are 0 and 4. */
export const gsis = { pin: 19, rtc: 8, pit: 0, msi: 24 } as const;

/** Who asserts a line, as irq_source_id: userspace, an irqfd with a resampler, the in-kernel PIT. */
export const sourceIds = { userspace: 0, resampler: 1, pit: 2 } as const;

/** A destination as an id that is printed in hexadecimal, and whether it is a logical one. */
export const destinationNumber = (dest: Destination): readonly [id: number, logical: boolean] => {
  switch (dest) {
    case "0":
    case "1":
    case "2":
      return [Number(dest), false];
    case "0xff":
    case "ALL":
    case "OTHERS":
      return [0xff, false];
    case "0xffffffff":
      return [0xffff_ffff, false];
    case "LOGICAL_1":
    case "LOGICAL_2":
    case "LOGICAL_3":
      return [Number(dest.at(-1)), true];
    case "SELF":
      return [0, false];
  }
};

/** The bits of kvm->arch.apicv_inhibit_reasons in 6.12; that of the posted patch comes after them. */
export const inhibitBits: Readonly<Record<InhibitReason, number>> = {
  DISABLED: 0,
  HYPERV: 1,
  ABSENT: 2,
  BLOCKIRQ: 3,
  PHYSICAL_ID_ALIASED: 4,
  APIC_ID_MODIFIED: 5,
  APIC_BASE_MODIFIED: 6,
  IRQWIN: 8,
  PIT_REINJ: 9,
  LOGICAL_ID_ALIASED: 11,
  TDX: 12,
};
