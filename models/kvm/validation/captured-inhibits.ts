import type { CapturedEvent, CapturedPart, Reckoned } from "#check";
import { kvmApicvInhibitChanged } from "../tracepoints/lapic.ts";

type Changes = readonly (CapturedEvent | { readonly at: number; readonly lost: true })[];
type Wrong = Reckoned["wrong"][number];

const hexOf = (mask: bigint): string => `0x${mask.toString(16)}`;

/** What is wrong with masks that are to follow from each other: each is that before with the bit of the reason set or cleared. */
const wrongIn = (changes: Changes): readonly Wrong[] => {
  let mask: bigint | undefined;
  return changes.flatMap((one): readonly Wrong[] => {
    if ("lost" in one) {
      mask = undefined;
      return [];
    }
    const { set, reason, inhibits } = one.event.fields as { set: boolean; reason: number; inhibits: bigint };
    const bit = 1n << BigInt(reason);
    const before: bigint = mask ?? inhibits;
    const expected: bigint = set ? before | bit : before & ~bit;
    mask = inhibits;
    if (inhibits === expected) return [];
    const because =
      before === inhibits
        ? `reason ${reason} was ${set ? "set" : "cleared"}, and its bit is ${set ? "clear" : "set"} in ${hexOf(inhibits)}`
        : `the inhibits were ${hexOf(before)}, so they are ${hexOf(expected)} now, not ${hexOf(inhibits)}`;
    return [{ at: one.at, because }];
  });
};

/**
 * kvm->arch.apicv_inhibit_reasons: each change is under apicv_update_lock and prints the whole mask. Where no process was
 * recorded, each thread may be of a virtual machine of its own.
 */
export const capturedInhibits = ({ events }: CapturedPart): readonly Reckoned[] => {
  const changes = events.filter((one) => "lost" in one || one.event.name === kvmApicvInhibitChanged.name);
  const changed = changes.filter((one): one is CapturedEvent => "event" in one);
  if (changed.length === 0) return [];
  const threads = [...new Set(changed.map(({ line }) => line.task?.pid))];
  const told = changed.some(({ line }) => line.task?.tgid !== undefined);
  const together = wrongIn(changes);
  const apart = threads.flatMap((pid) =>
    wrongIn(changes.filter((one) => "lost" in one || one.line.task?.pid === pid)),
  );
  const byThread = !told && threads.length > 1 && apart.length < together.length;
  return [
    {
      kind: "reckoned",
      title: "APICv inhibits",
      of: {},
      decided: changed.length,
      wrong: (byThread ? apart : together).toSorted((a, b) => a.at - b.at),
      telling: [],
      notes: byThread
        ? ["each thread taken for one of another virtual machine: no process was recorded"]
        : [],
    },
  ];
};
