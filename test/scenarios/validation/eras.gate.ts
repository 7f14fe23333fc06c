import { describe, expect, test } from "vitest";
import { captureReader, type Event } from "#check";
import { judgeLinesIn, randomFrom, runsOf } from "../../../bench/printed-runs.ts";
import { tracepoints } from "../../../models/kvm/tracepoints/table.ts";
import { captured } from "../../../scenarios/captured.ts";
import { followedWorlds } from "../../../scenarios/validation/followed-worlds.ts";
import { zeroOf } from "../../../src/events/field.ts";
import { tracepointOf } from "../../../src/events/tracepoint.ts";

/** Events that were added later, each with a release that has it. */
const ADDED: Readonly<Record<string, string>> = {
  kvm_eoi: "3.6",
  kvm_vcpu_wakeup: "5.6",
  kvm_hv_timer_state: "5.6",
  kvm_apicv_accept_irq: "5.9",
  kvm_apicv_inhibit_changed: "6.11",
};

/** 6.12 as 6_012, to be compared. */
const numberOf = (release: string): number => {
  const [major, minor] = release.split(".").map(Number);
  return major * 1000 + minor;
};
const isOf = (release: string, of: string): boolean => numberOf(of) <= numberOf(release);

/** An event as a release prints it: the newest of its texts that is no newer, or the oldest that is known. */
const textOf =
  (release: string) =>
  (event: Event): string | undefined => {
    if (!isOf(release, ADDED[event.name] ?? "2.6")) return undefined;
    const texts = tracepointOf(tracepoints, event).texts.filter(({ of }) => /^\d/.test(of));
    const { text } = texts.find(({ of }) => isOf(release, of)) ?? texts.at(-1)!;
    const values = text.fields.map((field) => [field.name, event.fields[field.name] ?? zeroOf(field)]);
    return text.print(Object.fromEntries(values));
  };

const releases = [
  ...new Set([...tracepoints.values()].flatMap(({ texts }) => texts.map(({ of }) => of))),
].filter((of) => /^\d/.test(of));

const worlds = ["pin of the I/O APIC, vmx-sw", "timer, vmx", "thread of a vCPU, svm-sw"].map((name) =>
  followedWorlds.find((world) => world.name === name)!,
);

describe.each(worlds.map((world) => [world.name, world] as const))("%s", (_, world) => {
  test("allows its runs in the texts of every release, and refuses one from which lines are missing", async () => {
    const judge = await judgeLinesIn(world);
    const printed = new Set<string>();
    for (const release of releases) {
      const lines = runsOf(world.problem(), randomFrom(5))(100, "ftrace", textOf(release));
      printed.add(lines.join("\n"));
      const unread: string[] = [];
      const reader = captureReader(captured.tracepoints, (item) => {
        if (item.kind !== "event") unread.push(item.kind);
      });
      reader.write(lines.join("\n"));
      reader.end();
      // Of a release without kvm_eoi nobody knows what became of the last interrupt.
      const { verdict, refusal, gaps } = await judge(lines);
      expect({ release, unread, refusal, gaps }).toEqual({
        release,
        unread: [],
        refusal: undefined,
        gaps: [],
      });
      const expected = isOf(release, ADDED["kvm_eoi"]) ? "consistent" : verdict;
      expect([release, verdict]).toEqual([release, expected]);
      let refused = 0;
      for (let at = 20; at < 80; at += 6) {
        const judged = await judge(lines.toSpliced(at, 1));
        if (judged.refusal !== undefined || judged.gaps.length > 0) refused++;
      }
      expect([release, refused]).not.toEqual([release, 0]);
    }
    expect(printed.size).toBeGreaterThan(2);
  });
});
