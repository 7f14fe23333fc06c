import type { FollowedWorld } from "#check";
import { ipi } from "../../models/kvm/actions/messages/ipi.ts";
import { tdOps, type GuestName, type VendorOps } from "../../models/kvm/ops.ts";
import { irqchip } from "../../models/kvm/options/creation.ts";
import { anyMessageGuest, anySelfSender } from "../../models/kvm/validation/any-message-guest.ts";
import { oneSender, twoSenders } from "../../models/kvm/validation/any-sender.ts";
import { forgetHistory, forgetMessageHistory } from "../../models/kvm/validation/forgetting.ts";
import { messageObserver, twoMessagesObserver } from "../../models/kvm/validation/observe-message.ts";
import type { Observer } from "../../models/kvm/validation/observer.ts";
import { eoi, names, runLoop, userspaceExits, without } from "../parts.ts";
import { followedGuests, validationWorld } from "./validation-world.ts";

/** How a vCPU sends IPIs to itself, by writes that exit. */
const ownIpis = without(names(ipi(tdOps)), "guest_write_icr", "avic_incomplete_ipi");

interface Senders {
  readonly name: string;
  readonly observer: Observer;
  readonly actions: readonly string[];
  readonly adds: (ops: VendorOps) => readonly ReturnType<typeof oneSender>[number][];
}

const itselfAndAnother: Senders = {
  name: "messages to a vCPU, of itself and one other",
  observer: messageObserver,
  actions: [...ownIpis, "userspace_ioapic_eoi"],
  adds: (ops) => [...anySelfSender(ops), ...oneSender(ops)],
};

const twoOthers: Senders = {
  name: "messages to a vCPU, of two others at once",
  observer: twoMessagesObserver,
  actions: [],
  adds: twoSenders,
};

const messageWorld = ({ name, observer, actions, adds }: Senders, guest: GuestName): FollowedWorld =>
  validationWorld(
    {
      name: `${name}, ${guest}`,
      options: [irqchip],
      scope: { vcpu: 1 },
      start: "running",
      actions: [...runLoop, ...userspaceExits, ...eoi, ...actions],
      adds: (ops) => [...anyMessageGuest(ops), ...adds(ops)],
    },
    { design: guest === "td" ? "active" : null, guest, options: { irqchip: "split" } },
    {
      ...observer,
      rare: ["eoi_exits_though_apicv_active"],
      forgets: [...forgetHistory, forgetMessageHistory],
    },
  );

/** The messages and IPIs of one vector to one vCPU. */
export const messageWorlds: readonly FollowedWorld[] = [itselfAndAnother, twoOthers].flatMap((senders) =>
  followedGuests.map((guest) => messageWorld(senders, guest)),
);
