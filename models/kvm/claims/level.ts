import type { Claim, Verdict } from "#check";
import { designsOf, guestsOf, type Expected } from "./columns.ts";
import { asks } from "./make.ts";

const line = (property: string, set: readonly string[], expected: Expected) =>
  asks("kvm/level", property, expected, set);
const notStuck = "level-line-not-stuck";
const again = "level-line-delivered-again";
const kernel = ["irqchip=kernel"];
const split = ["irqchip=split"];
const software = "guestAck=linux-sw-eoi";
/** An in-kernel irqchip: refused where split is enforced. */
const kernelOf = (td: Verdict): Expected => designsOf(td, td, "not-applicable");
const splitOf = (td: Verdict): Expected => designsOf(td, td);

/** What the thread says of level-triggered lines. */
export const levelClaims: readonly Claim[] = [
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
      line(notStuck, split, { ...splitOf("violated"), ...guestsOf("holds", "holds", "holds") }),
      line(again, split, { ...splitOf("violated"), ...guestsOf("witnessed", "witnessed", "witnessed") }),
      line(notStuck, kernel, { ...kernelOf("violated"), ...guestsOf("holds", "holds", "holds") }),
      line(again, kernel, { ...kernelOf("violated"), ...guestsOf("witnessed", "witnessed", "witnessed") }),
      line(notStuck, [...kernel, software], kernelOf("holds")),
      line(again, [...kernel, software], kernelOf("witnessed")),
      line(notStuck, [...split, software], splitOf("holds")),
      line(again, [...split, software], splitOf("witnessed")),
    ],
  },
];
