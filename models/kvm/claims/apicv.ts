import type { Claim } from "#check";
import { designsOf } from "./columns.ts";

/** What the thread says of the switch between APICv active and inhibited itself. */
export const apicvClaims: readonly Claim[] = [
  {
    id: "Q1",
    statement:
      "With APICv inhibited for TDs, apicv_active is cleared as the vCPU is initialized, so that its refresh is never " +
      "reached for a TD",
    messages: ["m1"],
    source: "timer 9.2 Q1",
    word: "confirmed",
    checks: [
      {
        property: "refresh-never-warns-for-td",
        scenario: "kvm/apicv",
        expected: designsOf("holds", "holds"),
      },
    ],
  },
  {
    id: "Q2",
    statement: "At every entry apicv_active agrees with the inhibits, however they change meanwhile",
    messages: ["m3"],
    source: "timer 9.2 Q2",
    word: "confirmed",
    checks: [
      {
        property: "entry-agrees-with-inhibits",
        scenario: "kvm/apicv",
        set: ["apicMapAlloc=may-fail"],
        expected: { ...designsOf("holds", "holds"), vmx: "holds" },
      },
    ],
  },
];
