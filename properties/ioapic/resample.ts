import { invariant } from "../../models/kvm/state.ts";

export const resampleIrqfdAccepted = invariant({
  id: "resample-irqfd-accepted",
  statement: "KVM_IRQFD with KVM_IRQFD_FLAG_RESAMPLE is accepted",
  source: "irqchip 3.8, (c) C30",
  claim: "C30",
  kernel: "kvm_arch_irqfd_allowed()",
  antecedent: ({ resample }) => resample.assigned || resample.refused,
  holds: ({ resample }) => !resample.refused,
});

export const resampledDeviceNotStuck = invariant({
  id: "resampled-device-not-stuck",
  statement:
    "While VFIO has the device masked, the resamplefd is still to come: the irqfd's work is queued, the pin's interrupt is " +
    "being delivered, in PIR, IRR or ISR, or its EOI is on the way to the ack notifier. A bounded form of 'unmasked in the " +
    "end'",
  source: "irqchip 3.8, (c) C30",
  claim: "C30",
  kernel: "irqfd_inject(), kvm_notify_acked_irq(), irqfd_resampler_ack()",
  antecedent: ({ resample }) => resample.masked,
  holds: ({ resample, pin, vcpu }) =>
    resample.queued ||
    pin.pc !== "IDLE" ||
    pin.acking !== "NONE" ||
    vcpu.some(
      ({ pir, irr, isr, eoi, exit }) =>
        pir.device ||
        irr.device ||
        isr.device ||
        eoi === "device" ||
        exit === "RTE_EDGE_MASKED" ||
        exit === "RTE_LEVEL",
    ),
});
