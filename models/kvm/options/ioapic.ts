import type { Action } from "#check";
import { updateEoi } from "../actions/ioapic/eoi.ts";
import { lazyEoiOf, type LazyPins } from "../actions/ioapic/lazy-eoi.ts";
import { chipActions } from "../actions/ioapic/pin-actions.ts";
import { userspaceEoi } from "../actions/ioapic/pin-eoi.ts";
import { directedGuest, eoiLevelExplicit, linuxGuest, tellIoapic } from "../actions/ioapic/pin-guest.ts";
import { onePin } from "../actions/ioapic/pin-place.ts";
import { asProgrammed, levelAsIs, type LevelRules } from "../actions/ioapic/pin.ts";
import { injectResample } from "../actions/ioapic/resample.ts";
import { programPin } from "../actions/ioapic/rte-write.ts";
import { joint, option, type ChangeOf } from "../option.ts";
import type { State } from "../state.ts";

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
    drop: {},
    "to-edge": {},
    reject: {},
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

export const userspaceIoapic = option({
  name: "userspaceIoapic",
  about:
    "what userspace's I/O APIC does with an EOI, with a split irqchip: remote IRR is cleared and a line that is up served " +
    "again; remote IRR is cleared, and nothing looked at; or it is of version 0x11, without an EOI register",
  source: "irqchip 3.4, 3.7, 3.9",
  values: { "serves-again": {}, "looks-at-nothing": {}, "no-eoi-register": {} },
});

export const eoiBroadcast = option({
  name: "eoiBroadcast",
  about:
    "what userspace says of Suppress EOI Broadcast by KVM_CAP_X2APIC_API: nothing, so that with a split irqchip the guest may " +
    "set the bit in vain; ENABLE, which needs a split irqchip; DISABLE",
  source: "irqchip 3.9, 6.8",
  values: {
    quirked: {},
    enabled: { boot: { vm: () => [["KVM_CAP_X2APIC_API_eoi_broadcast", { flag: "ENABLE" }]] } },
    disabled: { boot: { vm: () => [["KVM_CAP_X2APIC_API_eoi_broadcast", { flag: "DISABLE" }]] } },
  },
});

const ordinary = ["vmx", "vmx-sw", "avic", "svm-sw"] as const;

export const directedEoi = option({
  name: "directedEoi",
  about:
    "whether SPIV's Suppress EOI Broadcast bit is set: not; by the guest, where it is advertised; or by KVM_SET_LAPIC, which " +
    "takes it as it comes. Where it is, the guest ends level-triggered interrupts at the I/O APIC as well",
  source: "irqchip 3.9",
  guests: ordinary,
  values: {
    off: {},
    on: { boot: { "timer-mode": ({ v }) => [["guest_write_spiv_directed_eoi", { v }]] } },
    restored: { boot: { "before-run": ({ v }) => [["KVM_SET_LAPIC_directed_eoi", { v }]] } },
  },
});

export const directedBy = option({
  name: "directedBy",
  about:
    "how a guest with directed EOIs ends an interrupt: Linux in its LAPIC once its handler is over, then at the I/O APIC by its " +
    "version; Windows with Credential Guard in its LAPIC first, and by the EOI register whatever the version",
  source: "irqchip 3.7, 3.9",
  guests: ordinary,
  values: { linux: {}, windows: {} },
});

const eoiCompletes = option({
  name: "eoiCompletes",
  about:
    "two entries of the in-kernel I/O APIC's table have one vector, that of an old pin, masked, and that of the pin in use: " +
    "whether an EOI completes all entries with its vector, as it does, or the first, which is the old one",
  source: "irqchip 2.7",
  values: { "all-entries": {}, "first-entry": { replace: [updateEoi(onePin, "first-entry")] } },
});

/** What an option of the lazy EOI replaces, and what it adds. */
const lazily =
  (lazy: LazyPins): ChangeOf =>
  ({ ops }) => {
    const all = lazyEoiOf(asProgrammed(ops), lazy);
    const isNew = ({ name }: Action<State>): boolean => /^lazy_eoi_|^irqfd_/.test(name);
    return { replace: all.filter((one) => !isNew(one)), add: all.filter(isNew) };
  };

export const lazyPinEoi = option({
  name: "lazyPinEoi",
  about:
    "whether ioapic_set_irq() completes an EOI of the pin's vector by itself where no LAPIC has it pending, as was proposed: no " +
    "kernel does; or for every pin that has an ack notifier, or for those that are edge-triggered",
  source: "irqchip 3.10",
  values: {
    none: ({ ops }) => ({ add: [injectResample(asProgrammed(ops))] }),
    "all-pins": lazily("all-pins"),
    "edge-pins": lazily("edge-pins"),
  },
});

export const pinTrigger = option({
  name: "pinTrigger",
  about: "the trigger mode that the guest programs the pin with",
  source: "irqchip 2.8",
  values: {
    level: {},
    edge: ({ ops }) => ({ replace: [programPin(asProgrammed(ops), "RTE_EDGE")] }),
  },
});

const chipAndGuest = joint(
  { levelTriggered, userspaceIoapic, directedBy },
  ({ name, ops }, { levelTriggered: level, userspaceIoapic: userspace, directedBy: by }) => {
    const chip = { ...onePin, ...levelRules[name === "td" ? level : "as-is"], ops, userspace };
    const usual = userspace === "serves-again";
    const userspaceHasRegister = userspace !== "no-eoi-register";
    const replace = [
      ...(name === "td" && level !== "as-is" ? chipActions(chip) : usual ? [] : [userspaceEoi(chip)]),
      ...(name !== "td" && by === "windows"
        ? directedGuest(ops, onePin, { eoiFirst: true, anyVersion: true, userspaceHasRegister })
        : userspaceHasRegister
          ? []
          : tellIoapic(onePin, { ...linuxGuest, userspaceHasRegister })),
    ];
    return replace.length === 0 ? {} : { replace };
  },
);

/** What is left open of the I/O APIC and of level-triggered interrupts. */
export default [
  levelTriggered,
  guestAck,
  userspaceIoapic,
  eoiBroadcast,
  directedEoi,
  directedBy,
  eoiCompletes,
  lazyPinEoi,
  pinTrigger,
  chipAndGuest,
] as const;
