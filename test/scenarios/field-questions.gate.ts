import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { main } from "../../src/command/program.ts";
import { shipped } from "../../scenarios/shipped.ts";
import { fakeIo } from "../fixtures/io.ts";

// What people who run KVM guests have asked, each by flags or by a file of less than 40 lines, with the right answer. That
// two answers of a question differ is what shows that it is asked of the right thing.

/** A question: the arguments of explore, and the verdict of each property. */
interface Asked {
  readonly says: string;
  readonly ask: readonly string[];
  readonly answer: Readonly<Record<string, string>>;
}

const file = (name: string): string => `scenarios/questions/${name}.yaml`;
const ordinary = ["vmx", "vmx-sw", "avic", "svm-sw"];

/** The same of each guest. */
const ofEach = (guests: readonly string[], { says, ask, answer }: Asked): readonly Asked[] =>
  guests.map((guest) => ({ says: `${says}: ${guest}`, ask: [...ask, "--guest", guest], answer }));

const set = (...settings: readonly string[]): readonly string[] => settings.flatMap((one) => ["--set", one]);

// As one effect that calls itself: test/models/kvm/lazy-eoi.test.ts.
const lazy: readonly Asked[] = [
  {
    says: "a lazy EOI before ioapic_set_irq(), the resampler's pin with a second source: it never returns",
    ask: ["kvm/lazy-eoi", ...set("lazyPinEoi=all-pins")],
    answer: { "set-irq-returns": "violated" },
  },
  {
    says: "restricted to edge-triggered pins it returns",
    ask: ["kvm/lazy-eoi", ...set("lazyPinEoi=edge-pins")],
    answer: { "set-irq-returns": "holds" },
  },
  {
    says: "unless it is an edge-triggered pin that has a resampler",
    ask: ["kvm/lazy-eoi", ...set("lazyPinEoi=edge-pins", "pinTrigger=edge")],
    answer: { "set-irq-returns": "violated" },
  },
  {
    says: "the resampler alone on its pin: it returns",
    ask: ["kvm/lazy-eoi", ...set("lazyPinEoi=all-pins"), "--drop", "KVM_IRQ_LINE_level"],
    answer: { "set-irq-returns": "holds" },
  },
].flatMap((asked) => ofEach(ordinary, asked));

const looks: readonly Asked[] = ["looks-at-nothing", "serves-again"].flatMap((how) => {
  const verdict = how === "serves-again" ? "holds" : "violated";
  return ofEach([...ordinary, "td"], {
    says: `userspace's I/O APIC that ${how.replaceAll("-", " ")}`,
    ask: [file("userspace-ioapic-looks-at-nothing"), ...set(`userspaceIoapic=${how}`)],
    answer: { "level-line-served": verdict, "level-device-served-in-the-end": verdict },
  });
});

const reset: readonly Asked[] = [
  ["resets-lapic", "violated"],
  ["leaves-it", "holds"],
].flatMap(([how, verdict]) =>
  ofEach(ordinary, {
    says: `a LAPIC in use, as the second level is created: ${how}`,
    ask: [file("lapic-reset-while-in-use"), ...set(`secondLevel=${how}`)],
    answer: { "event-is-seen-in-the-end": verdict },
  }),
);

const edges: readonly Asked[] = [
  ["one", "holds"],
  ["two", "violated"],
].map(([devices, verdict]) => ({
  says: `a TD's legacy pins as edge-triggered, split irqchip, devices on a pin: ${devices}`,
  ask: [file("legacy-pins-as-edge"), ...set(`devices=${devices}`)],
  answer: { "level-line-served": verdict, "level-device-served-in-the-end": verdict },
}));

const eventBit: readonly Asked[] = [
  ["no", "violated"],
  ["yes", "holds"],
].flatMap(([spiv, verdict]) =>
  ofEach([...ordinary, "td"], {
    says: `an event bit that rises before SPIV, the write of SPIV looks at it: ${spiv}`,
    ask: [file("event-bit-before-spiv"), ...set(`spivLooks=${spiv}`)],
    answer: { "event-is-seen": verdict, "event-is-seen-in-the-end": verdict },
  }),
);

const twoEntries: readonly Asked[] = [
  ["first-entry", "violated"],
  ["all-entries", "holds"],
].flatMap(([completes, verdict]) =>
  ofEach(ordinary, {
    says: `two entries with one vector, an EOI completes: ${completes}`,
    ask: [file("two-entries-one-vector"), ...set(`eoiCompletes=${completes}`)],
    answer: { "remote-irr-not-stuck": verdict, "level-device-served-in-the-end": verdict },
  }),
);

const resampler: readonly Asked[] = [
  ["split", "violated"],
  ["kernel", "holds"],
].map(([irqchip, verdict]) => ({
  says: `an irqfd with a resampler, irqchip ${irqchip}: -EINVAL if violated`,
  ask: ["kvm/irqfd-resample", "--guest", "vmx", ...set(`irqchip=${irqchip}`)],
  answer: { "resample-irqfd-accepted": verdict },
}));

const noIrqchip: readonly Asked[] = [
  ["no-such-reason", "violated"],
  ["inhibits", "holds"],
].flatMap(([absent, verdict]) =>
  ofEach(["vmx", "avic"], {
    says: `a VM without an in-kernel LAPIC, ABSENT: ${absent}`,
    ask: ["kvm/no-irqchip", ...set(`apicvAbsent=${absent}`)],
    answer: { "entry-without-lapic-agrees-with-inhibits": verdict },
  }),
);

// How long the runs are: test/models/kvm/save-restore.gate.ts.
const pausedVm: readonly Asked[] = [
  {
    says: "a timer that expires while its vCPU is saved, in either order",
    set: [],
    answer: { "saved-state-owes-timer": "holds", "saved-timer-is-owed-after": "holds" },
  },
  {
    says: "delivered at once, the LAPIC saved first",
    set: ["timerDelivery=direct", "saveOrder=lapic-first"],
    answer: { "saved-state-owes-timer": "violated", "saved-timer-is-owed-after": "violated" },
  },
  {
    says: "delivered at once, the MSRs saved first",
    set: ["timerDelivery=direct", "saveOrder=msrs-first"],
    answer: { "saved-state-owes-timer": "holds", "saved-timer-is-owed-after": "holds" },
  },
  {
    says: "the deadline restored before the guest's TSC",
    set: ["restoreOrder=deadline-before-tsc"],
    answer: { "restored-deadline-meets-its-tsc": "violated" },
  },
  {
    says: "the deadline restored after the guest's TSC",
    set: ["restoreOrder=deadline-last"],
    answer: { "restored-deadline-meets-its-tsc": "holds" },
  },
].flatMap(({ says, set: chosen, answer }) =>
  ["vmx", "avic"].map((guest) => ({
    says: `${says}: ${guest}`,
    ask: [
      "kvm/save-restore",
      "--guest",
      guest,
      ...set(...chosen, ...(guest === "vmx" ? ["preemptionTimer=off"] : [])),
    ],
    answer,
  })),
);

const movedPin: readonly Asked[] = [
  ["routes", "violated"],
  ["nothing", "holds"],
].flatMap(([leftOut, verdict]) =>
  ofEach(ordinary, {
    says: `a VM with a split irqchip is moved, its pin in use, left out: ${leftOut}`,
    ask: ["kvm/save-restore-pin", ...set("irqchip=split", `leftOut=${leftOut}`)],
    answer: { "level-line-served": verdict, "level-device-served-in-the-end": verdict },
  }),
);

const explored = async (ask: readonly string[], ...more: readonly string[]) => {
  const { io, written } = fakeIo();
  const code = await main(["explore", ...ask, ...more], io, shipped);
  return { code, ...written };
};

const all = [
  ...lazy,
  ...looks,
  ...reset,
  ...edges,
  ...eventBit,
  ...twoEntries,
  ...resampler,
  ...noIrqchip,
  ...pausedVm,
  ...movedPin,
].map((asked) => [asked.says, asked] as const);

describe("what is asked in the field has the right answer", () => {
  test.each(all)("%s", async (_, { ask, answer }) => {
    const { stdout } = await explored(ask, "--json", "--allow-unrecorded");
    const { complete, properties } = JSON.parse(stdout) as {
      readonly complete: boolean;
      readonly properties: readonly { readonly id: string; readonly verdict: string }[];
    };
    const verdicts = properties.filter(({ id }) => id in answer).map(({ id, verdict }) => [id, verdict]);
    expect(complete).toBe(true);
    expect(Object.fromEntries(verdicts)).toEqual(answer);
  });

  test("the flags about a TD's pins print no verdict for an ordinary guest as if they were applied", async () => {
    const { stdout } = await explored(["kvm/level", "--guest", "vmx", ...set("levelTriggered=to-edge")]);
    expect(stdout).toMatch(/levelTriggered=to-edge has no effect|no effect.*levelTriggered/s);
  });

  test("each file has less than 40 lines", () => {
    const files = all.flatMap(([, { ask }]) => ask.filter((one) => one.endsWith(".yaml")));
    const lines = [...new Set(files)].map((name) => {
      const text = readFileSync(join(import.meta.dirname, "../..", name), "utf8");
      return [name, text.trimEnd().split("\n").length] as const;
    });
    expect(lines.length).toBeGreaterThan(4);
    expect(lines.filter(([, count]) => count >= 40)).toEqual([]);
  });
});
