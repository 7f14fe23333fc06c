import { unlockedPin } from "../../models/kvm/validation/forgetting.ts";
import type { FollowedWorld } from "#check";
import { forgetHistory, forgetPinHistory } from "../../models/kvm/validation/forgetting.ts";
import { anyPinGuest } from "../../models/kvm/validation/any-pin-guest.ts";
import { pinObserver } from "../../models/kvm/validation/observe-pin.ts";
import { pinLine } from "../../models/kvm/actions/ioapic/pin-line.ts";
import { pinEoi } from "../../models/kvm/actions/ioapic/pin-eoi.ts";
import { asProgrammed } from "../../models/kvm/actions/ioapic/pin.ts";
import { tdOps, type GuestName } from "../../models/kvm/ops.ts";
import { irqchip } from "../../models/kvm/options/creation.ts";
import { eoi, names, runLoop, userspaceExits, without } from "../parts.ts";
import { followedGuests, validationWorld } from "./validation-world.ts";

const chip = asProgrammed(tdOps);

const pinWorld = (guest: GuestName): FollowedWorld =>
  validationWorld(
    {
      name: `pin of the I/O APIC, ${guest}`,
      options: [irqchip],
      scope: { vcpu: 1 },
      start: "pin-programmed",
      actions: [
        ...runLoop,
        ...userspaceExits,
        // The line goes up and down at will.
        ...without(names(pinLine(chip)), "KVM_IRQ_LINE_level", "userspace_ioapic_set_irq"),
        "KVM_IRQ_LINE_STATUS_pin",
        ...without(names(pinEoi(chip)), "userspace_lower_line", "userspace_ioapic_eoi"),
        "ioapic_write_indirect",
        "ioapic_unlock",
        ...eoi,
      ],
      adds: anyPinGuest,
    },
    {
      design: guest === "td" ? "active" : null,
      guest,
      options: { irqchip: "kernel" },
    },
    {
      ...pinObserver,
      rare: ["eoi_exits_though_apicv_active"],
      unlocked: unlockedPin,
      forgets: [...forgetHistory, forgetPinHistory],
    },
  );

/** A pin of the in-kernel I/O APIC, its line, and its interrupts in one vCPU. */
export const pinWorlds: readonly FollowedWorld[] = followedGuests.map(pinWorld);
