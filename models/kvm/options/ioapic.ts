import { chipActions } from "../actions/ioapic/pin-actions.ts";
import { eoiLevelExplicit } from "../actions/ioapic/pin-guest.ts";
import { onePin } from "../actions/ioapic/pin-place.ts";
import { levelAsIs, type LevelRules } from "../actions/ioapic/pin.ts";
import { option, type ChangeOf } from "../option.ts";

/** The pin of an I/O APIC that treats level-triggered entries otherwise. */
const chip =
  (rules: LevelRules): ChangeOf =>
  ({ ops }) => ({ replace: chipActions({ ...onePin, ...rules, ops }) });

const neverDelivered: LevelRules = {
  trigger: ({ level }) => (level ? "NONE" : "EDGE"),
  refusesLevel: false,
};

/** How level-triggered entries are treated, by the values of `levelTriggered`. */
export const levelRules = {
  "as-is": levelAsIs,
  drop: neverDelivered,
  "to-edge": { trigger: () => "EDGE", refusesLevel: false },
  reject: { ...neverDelivered, refusesLevel: true },
} as const satisfies Readonly<Record<string, LevelRules>>;

export const levelTriggered = option({
  name: "levelTriggered",
  about:
    "what becomes of a TD's level-triggered interrupts: sent as they are, dropped, made edge-triggered, or refused where " +
    "an ioctl configures them (a guest's write of the I/O APIC has nobody to tell, and they are dropped)",
  source: "m4, m5, m7, m8; irqchip 3.6",
  guests: ["td"],
  values: {
    "as-is": {},
    drop: chip(levelRules.drop),
    "to-edge": chip(levelRules["to-edge"]),
    reject: chip(levelRules.reject),
  },
});

export const guestAck = option({
  name: "guestAck",
  about:
    "UNSURE: whether a TD's level-triggered interrupts end with its LAPIC's EOI, or the guest, which finds TMR clear, " +
    "tells the I/O APIC as well",
  source: "irqchip 3.7",
  guests: ["td"],
  values: { "lapic-only": {}, "linux-sw-eoi": ({ ops }) => ({ replace: eoiLevelExplicit(ops) }) },
});

/** What is left open of the I/O APIC and of level-triggered interrupts. */
export default [levelTriggered, guestAck] as const;
