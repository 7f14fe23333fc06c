import type { Claim } from "#check";
import { designsOf } from "./columns.ts";

const extInt = (property: string) => ({ property, scenario: "kvm/f2-extint" });

/** What the thread says of PIC interrupts. */
export const eventClaims: readonly Claim[] = [
  {
    id: "Q12",
    statement: "PIC interrupts of a TD are lost, since event injection does nothing for it",
    messages: ["m3"],
    source: "timer 9.2 Q12",
    word: "confirmed",
    checks: [
      {
        ...extInt("extint-reaches-guest"),
        expected: { ...designsOf("violated", "violated"), vmx: "witnessed" },
      },
    ],
  },
];
