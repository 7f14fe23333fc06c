import type { Claim } from "#check";
import { asks } from "./make.ts";

const waits = "pit-waits-for-an-eoi-that-comes";

/** What nobody in the thread mentions. */
const pitFindings: readonly Claim[] = [
  {
    id: "F7",
    statement:
      "Switching re-injection off and on again may leave the in-kernel PIT of an ordinary guest silent",
    messages: [],
    source: "irqchip 1.6, 4",
    word: "confirmed",
    said: "m3 speaks of the PIT of a TD only.",
    shown:
      "A worker that has seen re-injection on is overtaken by both calls: it takes the acknowledgement of the reset before the ack " +
      "notifier is registered, and the EOI of its tick is not seen.",
    checks: [asks("kvm/pit-control", waits, ["vmx"])],
  },
];

export default pitFindings;
