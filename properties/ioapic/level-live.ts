import { leadsTo, strong, weak } from "../../models/kvm/state.ts";

/** Every thread goes on, and a guest does what it could do again and again: TDH.VP.ENTER is not busy for ever. */
const goesOn = (looks: string) => [
  weak({ each: "action" }),
  strong({
    action: [
      "vm_enter",
      "guest_take_level",
      looks,
      "guest_eoi_level",
      "guest_write_edge",
      "guest_write_level",
    ],
    each: "action",
  }),
];

export const levelDeviceServedInTheEnd = leadsTo({
  id: "level-device-served-in-the-end",
  statement:
    "A device that asserts a level-triggered line is in the end looked at by the guest's handler, which quiets it",
  source: "m4, m5, m8; irqchip 3.6, (c) C13, C14, C16",
  claim: "C14",
  kernel: "ioapic_service(), kvm_ioapic_update_eoi_one(), kvm_ioapic_send_eoi()",
  args: { source: ["a", "b"] },
  fairness: goesOn("guest_check_device"),
  from: ({ pin }, { source }) => pin.sources[source],
  to: ({ pin }, { source }) => !pin.sources[source],
});

export const resampledDeviceUnmasked = leadsTo({
  id: "resampled-device-unmasked",
  statement: "A device that VFIO has masked, as its INTx fired, is in the end unmasked by the resamplefd",
  source: "irqchip 3.8, (c) C30",
  claim: "C30",
  kernel: "irqfd_inject(), kvm_notify_acked_irq(), irqfd_resampler_ack()",
  fairness: goesOn("guest_quiets_intx"),
  from: ({ resample }) => resample.masked,
  to: ({ resample }) => !resample.masked,
});
