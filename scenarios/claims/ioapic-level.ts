import type { Claim } from "#check";
import { everyGuest, tdDesigns, type Columns } from "./columns.ts";
import { asks } from "./make.ts";

const line = (property: string, set: readonly string[], columns: Columns) =>
  asks("kvm/level", property, columns, set);
const notStuck = "remote-irr-not-stuck";
const again = "level-line-delivered-again";
const kernel = ["irqchip=kernel"];
const split = ["irqchip=split"];
const software = "guestAck=linux-sw-eoi";

/** What the thread says about level-triggered lines. */
const levelClaims: readonly Claim[] = [
  {
    id: "Q10",
    statement:
      "Level-triggered interrupts cannot work for a TD, and a split irqchip alone does not change that",
    messages: ["m4", "m5", "m8", "m9"],
    source: "timer 9.2 Q10; irqchip (c) C13, C15",
    word: "holds under: a guest that ends its interrupts with the LAPIC's EOI only",
    said: "m4 and m5 say that KVM cannot see the EOI of a TD; m9 says that a split irqchip does not help.",
    shown:
      "The line interrupts the guest once, whoever has the I/O APIC: remote_irr is never cleared again. A guest that " +
      "also tells the I/O APIC itself, as Linux does where it finds TMR clear, loses nothing.",
    checks: [
      line(notStuck, split, everyGuest),
      line(again, split, everyGuest),
      line(notStuck, kernel, everyGuest),
      line(again, kernel, everyGuest),
      line(notStuck, [...kernel, software], tdDesigns),
      line(again, [...kernel, software], tdDesigns),
      line(notStuck, [...split, software], tdDesigns),
      line(again, [...split, software], tdDesigns),
    ],
  },
];

export default levelClaims;
