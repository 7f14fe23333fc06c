import {
  savedHandlersRunOn,
  savedVectorsArePendingAfter,
} from "../../properties/save-restore/saved-vectors.ts";
import { remoteIrrNotStuck, levelLineServed } from "../../properties/ioapic/level.ts";
import { levelDeviceServedInTheEnd } from "../../properties/ioapic/level-live.ts";
import { irqchip } from "../../models/kvm/options/creation.ts";
import { leftOut, pausedBy, restoredTo } from "../../models/kvm/options/save-restore.ts";
import { only } from "../../models/kvm/option.ts";
import { eoi, levelLine, runLoop } from "../parts.ts";
import { ordinary, world } from "../world.ts";
import { savedLapic } from "./save-restore.ts";

/** A VM whose level-triggered pin is in use as it is saved. */
export default world({
  name: "kvm/save-restore-pin",
  about:
    "one vCPU and a device on a level-triggered pin, saved in any state of its interrupt; the I/O APIC is the kernel's, or userspace's own with routes that a new VM lacks",
  guests: ordinary,
  options: [irqchip, only(leftOut, "nothing", "routes"), pausedBy, restoredTo],
  scope: { vcpu: 1 },
  start: "pin-programmed",
  actions: [
    ...runLoop,
    "guest_io",
    "exit_to_userspace",
    "KVM_RUN",
    "pause_vcpu",
    "exit_on_signal",
    ...levelLine,
    ...eoi,
    ...savedLapic,
    "KVM_GET_IRQCHIP_save",
    "KVM_SET_IRQCHIP_restore",
    "KVM_SET_GSI_ROUTING_restore",
  ],
  properties: [
    remoteIrrNotStuck,
    levelLineServed,
    levelDeviceServedInTheEnd,
    savedVectorsArePendingAfter,
    savedHandlersRunOn,
  ],
  expected: [
    {
      property: "level-device-served-in-the-end",
      where: { pausedBy: "signal" },
      verdict: "violated",
      because: "a userspace that pauses the vCPU before each entry keeps its guest from running",
    },
    ...["remote-irr-not-stuck", "level-line-served"].map(
      (property) =>
        ({
          property,
          where: { irqchip: "split", pausedBy: "signal", restoredTo: "new-vm" },
          verdict: "violated",
          because: "pending_ioapic_eoi is not saved, so that remote IRR stays set",
        }) as const,
    ),
    ...["remote-irr-not-stuck", "level-line-served", "level-device-served-in-the-end"].flatMap((property) => [
      {
        property,
        where: { irqchip: "split", leftOut: "routes" },
        verdict: "violated",
        because: "KVM has no route for the pin: no message is sent, and no EOI exits",
      } as const,
      { property, verdict: "holds" } as const,
    ]),
    { property: "saved-vectors-are-pending-after", verdict: "holds" },
    { property: "saved-handlers-run-on", verdict: "holds" },
  ],
});
