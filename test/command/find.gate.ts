import { describe, expect, test } from "vitest";
import { shipped } from "../../scenarios/shipped.ts";
import { run } from "../fixtures/io.ts";

const catalogue = await shipped();

const ask = async (...words: readonly string[]): Promise<string> => {
  const { code, stdout, stderr } = await run(words, {}, catalogue);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return stdout;
};

const refused = async (...words: readonly string[]): Promise<string> => {
  const { code, stdout, stderr } = await run(words, {}, catalogue);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  return stderr;
};

type Listed = Readonly<Record<string, readonly { readonly name: string; readonly scenarios?: string[] }[]>>;
const listed = async (...words: readonly string[]): Promise<Listed> =>
  JSON.parse(await ask("list", ...words, "--json")) as Listed;

/** The scenarios of whatever a search finds. */
const worldsFor = async (term: string): Promise<ReadonlySet<string>> => {
  const { schemaVersion: _, version: __, ...kinds } = await listed("--search", term);
  return new Set(
    Object.entries(kinds).flatMap(([kind, entries]) =>
      entries.flatMap(({ name, scenarios = [] }) => (kind === "scenarios" ? [name] : scenarios)),
    ),
  );
};

describe("the questions of the field find their world by what they name", () => {
  test.each([
    ["saved by KVM_GET_LAPIC", "KVM_GET_LAPIC", "kvm/ioctls-apic"],
    ["written back by KVM_SET_LAPIC", "KVM_SET_LAPIC", "kvm/set-lapic"],
    ["and IA32_TSC_DEADLINE", "IA32_TSC_DEADLINE", "kvm/tsc-deadline"],
    ["a deadline before the TSC", "tscdeadline", "kvm/tsc-deadline"],
    ["a line with two sources", "ioapic_set_irq", "kvm/lazy-eoi"],
    ["an irqfd that resamples", "resampler", "kvm/irqfd-resample"],
    ["routes that are empty after a move", "KVM_SET_GSI_ROUTING", "kvm/msi-routing"],
    ["an EOI that looks at nothing else", "KVM_EXIT_IOAPIC_EOI", "kvm/level"],
    ["a LAPIC that was reset", "SPIV", "kvm/msi"],
    ["pins that are edge-triggered", "trig_mode", "kvm/ioapic-entry"],
    ["a message before the APIC is on", "guest_write_spiv", "kvm/msi"],
    ["two entries with one vector", "remote_irr", "kvm/level"],
    ["and the EOI that finds one", "kvm_ioapic_update_eoi_one", "kvm/ioapic-level"],
    ["a resamplefd with a split irqchip", "KVM_IRQFD_FLAG_RESAMPLE", "kvm/irqfd-resample"],
    ["APICv of a VM without LAPICs", "kvm_apicv_activated", "kvm/apicv"],
  ])("%s: %s", async (_, term, world) => {
    expect(await worldsFor(term)).toContain(world);
    expect(await ask("explain", term)).toContain(world);
  });
});

describe("explain", () => {
  test.each([
    ["apic_timer_expired", ["action     ", "apic_timer_fn: ", "property   no-pending-timer-in-guest: "]],
    [
      "apic_timer_expired()",
      ["explore it apicv-check explore kvm/tsc-deadline --property no-pending-timer-in-guest\n"],
    ],
    [
      "KVM_REQ_UNBLOCK",
      [
        "vcpu[].req.UNBLOCK: ",
        "written by vcpu[].req.UNBLOCK: ",
        "expired_request_unblock",
        "no-lost-wakeup",
      ],
    ],
    ["vcpu[0].mode", ["state vcpu[].mode", "OUTSIDE IN_GUEST EXITING", "mode_in_guest", "mode-follows-pc"]],
    ["TSC_DEADLINE", ["MSR_IA32_TSC_DEADLINE: ", "explore it apicv-check explore kvm/tsc-deadline"]],
    ["TMICT", ["term TMICT", "store_tmict", "tmict-write-loses-no-expiry", "kvm/timer"]],
    ["BLOCK_SCHEDULE", ["vcpu[].pc: BLOCK_SCHEDULE: kvm_vcpu_block(), schedule()"]],
    ["timer-armed", ["start point timer-armed", "kvm/timer"]],
    ["apic_timer_fn", ["action apic_timer_fn", "writes     ", "timer[].pending", "maybe", "kvm/timer"]],
    ["timer", ["scenario kvm/timer", "expected of no-pending-timer-in-guest"]],
    ["slept through", ["claim      ", "Q21: confirmed: A pending timer"]],
  ])("%s", async (name, texts) => {
    const said = await ask("explain", name);
    for (const text of texts) expect(said).toContain(text);
  });

  test("a message: what it claims, the word on it, and what to type", async () => {
    const said = await ask("explain", "m15");
    expect(said).toContain("P1         refuted: With apicv_active false");
    expect(said).toContain("apicv-check claims m15\n");
  });

  test("what it proposes to type can be typed", async () => {
    const next =
      /apicv-check (list actions .*)\n/.exec(await ask("explain", "vcpu[0].req.UNBLOCK"))?.[1] ?? "";
    const words = next.replaceAll("'", "").split(" ");
    expect((await listed(...words.slice(1)))["actions"].map(({ name }) => name)).toContain(
      "fn_request_unblock",
    );
  });

  test.each([
    ["apic_timer_expird", 'did you mean "apic_timer_expired"?'],
    ["vcpu[0].mdoe", 'did you mean "vcpu[].mode"?'],
    ["store_tmct", 'did you mean "store_tmict"?'],
  ])("%s is nowhere: the nearest of any kind", async (name, hint) => {
    expect(await refused("explain", name)).toContain(hint);
    expect(await refused("list", "--search", name)).toContain(hint);
  });
});

test.each(["", " ", "()", "(", "[0]", "constructor", "__proto__", "\\"])(
  "%j is no name: one clear error",
  async (name) => {
    expect(await refused("explain", "--", name)).toContain("nothing is called ");
    expect(await refused("list", "--search", name)).toContain("nothing is called ");
  },
);

test("a name as long as a file is none either", async () => {
  const said = await refused("explain", "x".repeat(100_000));
  expect(said).toContain("nothing is called ");
  expect(said.length).toBeLessThan(500);
});

describe("list", () => {
  test("state: every field with its range and sentence, and the worlds that use it", async () => {
    expect(await ask("list", "state")).toContain("0..2; lapic_timer.pending.\n");
    const { state } = await listed("state");
    const used = (path: string): readonly string[] =>
      state.find(({ name }) => name === path)?.scenarios ?? [];
    expect(used("timer[].pending")).toContain("kvm/timer");
    expect(used("pit.pending")).toContain("kvm/pit");
    expect(used("pit.pending")).not.toContain("kvm/timer");
  });

  test("state of one scenario", async () => {
    const names = (await listed("state", "--scenario", "timer"))["state"].map(({ name }) => name);
    expect(names).toContain("timer[].pending");
    expect(names).not.toContain("pit.pending");
  });

  test("actions that write a field, in a world: what sets KVM_REQ_UNBLOCK", async () => {
    const words = ["actions", "--writes", "vcpu[0].req.UNBLOCK", "--scenario", "kvm/timer"];
    expect((await listed(...words))["actions"].map(({ name }) => name).toSorted()).toEqual([
      "apic_timer_fn",
      "clear_unblock",
      "expired_request_unblock",
      "fn_request_unblock",
    ]);
    expect(await ask("list", ...words)).toContain("recorded: each action was run");
  });

  test("actions that read a record write none of its fields for that", async () => {
    const names = (await listed("actions", "--reads", "pin", "--scenario", "kvm/timer"))["actions"];
    expect(names).toEqual([]);
    expect((await listed("actions", "--reads", "pin"))["actions"].length).toBeGreaterThan(20);
  });

  test.each([
    [["actions", "--writes", "vcpu[0].mod"], 'unknown field "vcpu[].mod" (did you mean "vcpu[].mode"?)'],
    [["state", "--writes", "vcpu[0].mode"], "--writes and --reads are of actions"],
    [["state", "--scenario", "kvm/tmer"], 'did you mean "kvm/timer"?'],
  ])("%s", async (words, text) => expect(await refused("list", ...words)).toContain(text));
});

describe("a world by its short name", () => {
  const small = ["--max-states", "50", "--quiet", "--allow-unrecorded"];

  test.each([
    ["explore", "f5-tdcr", ...small],
    ["explore", "kvm/f5-tdcr", ...small],
    ["explore", "--scenario", "f5-tdcr", ...small],
    ["simulate", "die-hard", "--runs", "1", "--seed", "1"],
    ["simulate", "--scenario", "die-hard", "--runs", "1", "--seed", "1"],
    ["compare", "upstream", "v1-inhibit", "--scenario", "f5-tdcr", ...small],
    ["check", "die-hard", "--quiet"],
  ])("%s %s %s", async (...words) => {
    const { code, stdout, stderr } = await run(words, {}, catalogue);
    expect(stderr).toBe("");
    expect(code).not.toBe(2);
    expect(stdout).toContain(
      words.includes("f5-tdcr") || words.includes("kvm/f5-tdcr") ? "kvm/f5-tdcr" : "die-hard",
    );
  });

  test("a misspelt short name: the nearest", async () => {
    expect(await refused("explore", "tmier")).toContain('unknown scenario "tmier" (did you mean "timer"?)');
  });
});

test("what the glossary refers to is there", async () => {
  for (const { term, see } of catalogue.glossary ?? []) {
    expect(see).not.toEqual([]);
    for (const name of see)
      expect({ term, name, said: await ask("explain", name) }).toEqual({
        term,
        name,
        said: expect.not.stringMatching(/^"/) as string,
      });
  }
});
