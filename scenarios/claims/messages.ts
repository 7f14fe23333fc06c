import type { Claim } from "#check";
import { everyGuest, ordinaryGuests, tdDesigns } from "./columns.ts";
import { asks } from "./make.ts";

const ipi = (property: string, set: readonly string[] = []) =>
  asks("kvm/ipi", property, ["upstream", ...ordinaryGuests], set);

/** What the thread says about messages and IPIs. */
const messageAndIpiClaims: readonly Claim[] = [
  {
    id: "C18",
    statement: "KVM delivers level-triggered MSIs only",
    messages: ["m9", "m10", "m11"],
    source: "irqchip 3.6, 7.4, (c) C18",
    word: "refuted",
    said: "m9 says so from the level argument of kvm_set_msi(), and m10 takes it back.",
    shown:
      "The argument is the assert level: 0 is ignored whatever the trigger mode, and with 1 an edge-triggered message is " +
      "delivered as well.",
    checks: [
      asks("kvm/msi", "only-level-triggered-messages-arrive", everyGuest, ["msiPath=irq-line"]),
      asks("kvm/msi", "asserted-edge-message-is-delivered", everyGuest, ["msiPath=irq-line"]),
      asks("kvm/msi", "deasserted-message-is-ignored", everyGuest, ["msiPath=irq-line"]),
    ],
  },
  {
    id: "C32",
    statement: "A TD that has never written SPIV receives nothing, and who sends to it is answered 0",
    messages: [],
    source: "irqchip 7.1, (c) C32",
    word: "confirmed",
    checks: ["signal-msi", "irq-line"].flatMap((path) => [
      asks("kvm/msi", "nothing-received-before-spiv", tdDesigns, [`msiPath=${path}`]),
      asks("kvm/msi", "sender-sees-0-before-spiv", tdDesigns, [`msiPath=${path}`]),
    ]),
  },
  {
    id: "m14-ipi",
    statement: "AVIC virtualizes physical and logical IPIs, APICv physical ones only",
    messages: ["m13", "m14"],
    source: "irqchip 7.3",
    word: "holds under: IPI virtualization, for APICv",
    said: "m14 says so, and that logical aliases therefore matter to AVIC only.",
    shown:
      "A physical IPI of APICv goes without an exit where the CPU has IPI virtualization; a logical one never; with AVIC both " +
      "do. All of a TD's are KVM's.",
    checks: [
      ipi("physical-ipi-exits"),
      ipi("logical-ipi-exits"),
      ipi("physical-ipi-exits", ["ipiVirtualization=off"]),
    ],
  },
];

export default messageAndIpiClaims;
