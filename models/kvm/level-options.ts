import type { Patch } from "#check";
import { chipActions } from "./actions/pin-actions.ts";
import type { Chip } from "./actions/pin.ts";
import { eoiLevelExplicit } from "./actions/pin-guest.ts";
import type { KvmOption } from "./options.ts";
import type { VendorOps } from "./ops.ts";
import type { State } from "./state.ts";

type World = { readonly ops: VendorOps; readonly guest: string };

/** A TD's pins with another treatment of level-triggered entries; an ordinary guest is not concerned. */
const ofTd =
  (rules: Omit<Chip, "ops">) =>
  ({ ops, guest }: World): Patch<State> =>
    guest === "td" ? { replace: chipActions({ ...rules, ops }) } : {};

const neverDelivered: Omit<Chip, "ops"> = {
  trigger: ({ level }) => (level ? "NONE" : "EDGE"),
  refusesLevel: false,
};

const levelTriggered: KvmOption = {
  name: "levelTriggered",
  about:
    "what becomes of a TD's level-triggered interrupts: sent as they are, dropped, made edge-triggered, or refused where " +
    "an ioctl configures them (a guest's write of the I/O APIC has nobody to tell, and they are dropped)",
  source: "m4, m5, m7, m8; irqchip 3.6",
  values: ["as-is", "drop", "to-edge", "reject"],
  patches: {
    drop: ofTd(neverDelivered),
    "to-edge": ofTd({ trigger: () => "EDGE", refusesLevel: false }),
    reject: ofTd({ ...neverDelivered, refusesLevel: true }),
  },
};

const guestAck: KvmOption = {
  name: "guestAck",
  about:
    "UNSURE: whether a TD's level-triggered interrupts end with its LAPIC's EOI, or the guest, which finds TMR clear, " +
    "tells the I/O APIC as well",
  source: "irqchip 3.7",
  values: ["lapic-only", "linux-sw-eoi"],
  patches: {
    "linux-sw-eoi": ({ ops, guest }) => (guest === "td" ? { replace: [eoiLevelExplicit(ops)] } : {}),
  },
};

/** What is open about level-triggered interrupts of a TD. */
export const levelOptions = { levelTriggered, guestAck } as const;
