import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { main } from "../../src/command/program.ts";
import { shipped } from "../../scenarios/shipped.ts";
import { fakeIo } from "../fixtures/io.ts";
import { share } from "../fixtures/runs.ts";
import { temporaryFolder } from "../fixtures/temporary-folder.ts";

const run = async (...argv: readonly string[]) => {
  const { io, written } = fakeIo();
  const code = await main(argv, io, shipped);
  return { code, ...written };
};

/** Where a question may be saved: a file that is not there. */
const nowhere = (): string => join(temporaryFolder(), "q.yaml");

interface Result {
  readonly modelVersion: string;
  readonly states: number;
  readonly transitions: number;
  readonly varied: { readonly by: string; readonly changes: readonly string[] };
  readonly properties: readonly {
    readonly id: string;
    readonly verdict: string;
    readonly expected: string | null;
    readonly trace: { readonly length: number; readonly replay: string } | null;
  }[];
}

const asJson = async (...argv: readonly string[]): Promise<Result> => {
  const { stdout, stderr } = await run(...argv, "--json", "--quiet");
  expect(stderr).toBe("");
  return JSON.parse(stdout) as Result;
};

const said = ({ modelVersion, states, transitions, properties }: Result) => ({
  modelVersion,
  states,
  transitions,
  properties: properties.map(({ id, verdict, expected, trace }) => [
    id,
    verdict,
    expected,
    trace?.length ?? null,
  ]),
});

const unblock = [
  "--change",
  "apic_timer_fn without vcpu[v].req.UNBLOCK",
  "--change",
  "expired_request_unblock without vcpu[v].req.UNBLOCK",
];

const inGuest = "vcpu[0].mode == IN_GUEST && timer[0].pending > 0";

const questions: readonly (readonly [string, ...(readonly string[])])[] = [
  ["kvm/timer", ...unblock, "--guest", "vmx", "--property", "no-pending-timer-in-guest"],
  ["kvm/timer", "--never", inGuest, "--set", "hltInGuest=on", "--drop", "guest_read_tmcct"],
  ["oracle/die-hard", "--never", "amount[1] == 3"],
  [
    "oracle/die-hard",
    "--drop",
    "Empty",
    "--always",
    "amount[0] + amount[1] < 8",
    "--reach",
    "amount[0] == 1",
  ],
  ["oracle/die-hard", "--change", "Fill(jug=1) set amount[0]: min(amount[1], 3)"],
  [
    "oracle/die-hard",
    "--change",
    "Pour when amount[from] > 1",
    "--never",
    "amount[0] == 1",
    "--after",
    "Pour",
  ],
  [
    "oracle/die-hard",
    "--change",
    "Empty(jug=0) without amount[0], amount[1]",
    "--change",
    "Fill when amount[jug] == 0",
    "--leads-to",
    "amount[0] == 0 => amount[0] == 3",
    "--fair",
    "strong:Pour",
  ],
];

// By night all of them; the first is the one that takes long, and its changes are asked of below too.
test.each(share === 1 ? questions : questions.slice(1))(
  "%s %j is saved as a file that gives the same",
  async (world, ...flags) => {
    const file = nowhere();
    const asked = await asJson("explore", world, ...flags, "--save", file);
    expect(said(await asJson("explore", file))).toEqual(said(asked));
    expect(
      asked.properties.every(({ expected }) => expected === null || asked.varied.changes.length === 0),
    ).toBe(true);
  },
);

test("flags give what the file that says the same gives", async () => {
  const file = await asJson("explore", "scenarios/questions/no-unblock.yaml");
  const flags = await asJson(
    "explore",
    "kvm/timer",
    ...unblock,
    "--change",
    "fn_request_unblock without vcpu[v].req.UNBLOCK",
    "--property",
    "no-pending-timer-in-guest",
    "--property",
    "expiry-not-delayed-past-entry",
  );
  expect([flags.states, flags.transitions]).toEqual([file.states, file.transitions]);
  expect(flags.properties.map(({ id, verdict, trace }) => [id, verdict, trace?.length])).toEqual(
    file.properties.map(({ id, verdict, trace }) => [id, verdict, trace?.length]),
  );
});

test("a verdict says how the model was changed, and nothing that is known of the world", async () => {
  const { code, stdout, stderr } = await run("explore", "kvm/timer", ...unblock);
  expect(stderr).toBe("");
  expect(code).toBe(1);
  expect(stdout).toContain("kvm/timer, varied in the flags");
  expect(stdout).toContain("in apic_timer_fn: without vcpu[v].req.UNBLOCK");
  expect(stdout).toContain("model changed in the flags");
  expect(stdout).not.toContain("known");
  expect(await run("explore", "kvm/timer", ...unblock, "--allow-unrecorded")).toMatchObject({ code: 0 });
});

test("what is expected of a world counts where only another question is asked of it", async () => {
  const plain = await asJson("explore", "kvm/timer", "--property", "tmict-write-loses-no-expiry");
  const [mine, never] = (
    await asJson("explore", "kvm/timer", "--property", "tmict-write-loses-no-expiry", "--never", "vcpu[0].on")
  ).properties;
  expect([mine.id, mine.verdict, mine.expected]).toEqual([
    "tmict-write-loses-no-expiry",
    plain.properties[0].verdict,
    plain.properties[0].expected,
  ]);
  expect([never.id, never.expected]).toEqual(["never", null]);
});

test("a property of another world is asked where the state has what it reads", async () => {
  const { stdout, stderr } = await run("explore", "kvm/timer", "--property", "posted-interrupt-wakes");
  expect(stdout).toBe("");
  // A property that no world has is refused with the nearest.
  expect(stderr).toMatch(/^apicv-check: .*\n--property, column 1: unknown property/);
  const mine = new Set((await asJson("explore", "kvm/timer")).properties.map(({ id }) => id));
  const { scenarios } = await shipped();
  const timer = scenarios.find(({ name }) => name === "kvm/timer")!;
  const foreign = scenarios
    .filter(({ origin }) => origin !== undefined && origin.state === timer.origin!.state)
    .flatMap(({ properties }) => properties)
    .find(({ id, kind }) => kind === "invariant" && !mine.has(id))!;
  const { properties } = await asJson("explore", "kvm/timer", "--property", foreign.id);
  expect(properties.map(({ id }) => id)).toEqual([foreign.id]);
});

test("steps are asked of the state after them or before them", async () => {
  const verdict = async (...flags: readonly string[]): Promise<string> =>
    (await asJson("explore", "oracle/die-hard", ...flags)).properties[0].verdict;
  expect(await verdict("--always", "amount.exists(i, a, a == 3 + 2 * i)", "--after", "Fill")).toBe("holds");
  expect(await verdict("--always", "amount.exists(i, a, a == 3 + 2 * i)", "--before", "Fill")).toBe(
    "violated",
  );
  expect(await verdict("--never", "after.amount[1] < before.amount[1]", "--after", "Fill")).toBe("holds");
  expect(await verdict("--never", "after.amount[1] > before.amount[1]", "--after", "Fill")).toBe("violated");
});

test("the run of a question is replayed with its flags, and refused without or with others", async () => {
  const { properties } = await asJson("explore", "kvm/timer", ...unblock, "--never", inGuest);
  const { replay } = properties[0].trace!;
  const again = await run("replay", replay, ...unblock, "--never", inGuest);
  expect(again.stderr).toBe("");
  expect(again.stdout).toContain("model changed in the flags");
  expect(again.stdout).not.toContain("note: the trace was made for version");
  expect((await run("replay", replay)).stderr).toContain("+flags needs the flags it was found with");
  expect((await run("replay", replay, ...unblock)).stderr).toContain("give --never too");
  const others = await run("replay", replay, "--drop", "guest_read_tmcct", "--never", inGuest);
  expect(`${others.stdout}${others.stderr}`).toContain("the trace was made for version");
  const plain = (await asJson("explore", "kvm/timer", "--property", "tmict-write-loses-no-expiry"))
    .properties;
  const refused = await run("replay", plain[0].trace!.replay, ...unblock);
  expect([refused.code, refused.stderr]).toEqual([
    2,
    "apicv-check: the trace was found in kvm/timer as it is: leave out --change\n",
  ]);
});

test("simulate asks of the changed world, and explore with several values", async () => {
  const { stdout } = await run("simulate", "kvm/timer", ...unblock, "--runs", "5", "--seed", "1");
  expect(stdout).toContain("in apic_timer_fn: without vcpu[v].req.UNBLOCK");
  expect(stdout.replaceAll(/\s+\\?\s*/g, " ")).toContain(
    "--change 'apic_timer_fn without vcpu[v].req.UNBLOCK'",
  );
  const both = await run(
    "explore",
    "kvm/timer",
    ...unblock,
    "--set",
    "timerMode=*",
    "--workers",
    "1",
    "--depth",
    "3",
    "--quiet",
  );
  expect(both.stdout).toContain("kvm/timer+flags");
});

test("flags go with a file, and vary what it says", async () => {
  const { properties, varied } = await asJson(
    "explore",
    "scenarios/questions/no-unblock.yaml",
    "--never",
    "vcpu[0].req.UNBLOCK",
  );
  expect(varied.changes).toHaveLength(3);
  expect(properties.map(({ id, verdict }) => [id, verdict])).toEqual([["never", "holds"]]);
});

test.each([
  [["--change", "apic_timer_fn without vcpu[v].req.UNBLOK"], "--change, column 35: unknown field"],
  [["--change", "apic_timer_f without vcpu[v].on"], '--change, column 1: unknown action "apic_timer_f"'],
  [
    ["--change", "kvm_lapic_expired_hv_timer without vcpu[v].on"],
    '--change, column 1: unknown action "kvm_lapic_expired_hv_timer": if it is a function, apicv-check explain kvm_lapic_expired_hv_timer lists its actions',
  ],
  [
    ["--drop", "apic_timer_expired"],
    "--drop, column 1: no action is called apic_timer_expired; of those that take part, these name it",
  ],
  [["--change", "apic_timer_fn(v=3) without vcpu[v].on"], "--change, column 17: unknown value of v"],
  [["--change", "apic_timer_fn"], "--change, column 1:"],
  [["--change", "apic_timer_fn without vcpu[v].on,"], "--change, column 34: a place"],
  [["--change", "apic_timer_fn set vcpu[v].on"], '--change, column 19: "vcpu[v].on" writes nothing'],
  [["--change", "apic_timer_fn set timer[v].pending: 7"], "--change, column 37: 7 is out of range"],
  [["--drop", "guest_nosuch"], '--drop, column 1: unknown action "guest_nosuch"'],
  [["--with", "irqfd_nosuch"], '--with, column 1: unknown action "irqfd_nosuch"'],
  [["--scope", "vcpu"], "--scope, column 1:"],
  [["--scope", "vcpus=2"], '--scope, column 1: unknown family "vcpus"'],
  [["--scope", "vcpu=900"], "--scope, column 6: vcpu has 1 to 64 members"],
  [["--scope", "vcpu=2", "--scope", "vcpu=3"], "--scope, column 1: the size of vcpu is given twice"],
  [["--never", "vcpu[0].mod == IN_GUEST"], '--never, column 9: unknown field "mod"'],
  [["--never", "timer[0].pending > 9"], "--never, column 1: "],
  [["--never", "vcpu[0].mod == IN_GUEST", "--after", "vm_enter"], '--never, column 9: unknown field "mod"'],
  [["--never", "after.vcpu[0].mod == A", "--after", "vm_enter"], '--never, column 15: unknown field "mod"'],
  [["--always", "vcpu[0].on", "--after", "vm_entr"], "--after, column 1: "],
  [["--always", "vcpu[0].on", "--after", "vm_enter", "--before", "vm_enter"], "--before, column 1: "],
  [["--reach", "vcpu[0].on", "--after", "vm_enter"], "--after, column 1: "],
  [["--leads-to", "vcpu[0].on"], "--leads-to, column 1: "],
  [["--leads-to", "vcpu[0].on => vcpu[0].onn"], '--leads-to, column 23: unknown field "onn"'],
  [
    ["--leads-to", "vcpu[0].on => !vcpu[0].on", "--fair", "strong:CPU7"],
    '--fair, column 8: unknown actor or action "CPU7" (did you mean "CPU0"?)',
  ],
  [["--leads-to", "vcpu[0].on => !vcpu[0].on", "--fair", "often"], "--fair, column 1: "],
  [["--fair", "strong:CPU0"], "--fair, column 1: --fair is assumed for --leads-to"],
  [["--property", "no-pending-timer-in-gest"], "--property, column 1: unknown property"],
  [["--property", "no-pending-timer-in-gest", "--drop", "vm_entr"], "--drop, column 1: unknown action"],
])("%j is refused where it is wrong", async (flags, message) => {
  const file = nowhere();
  const { code, stdout, stderr } = await run("explore", "kvm/timer", ...flags, "--save", file);
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toContain(`\n${message}`);
  const [, , line, caret] = stderr.split("\n");
  expect(line).toMatch(/^ {2}--/);
  expect(caret).toMatch(/^ +\^$/);
  const column = Number(/column (\d+)/.exec(stderr)![1]);
  expect(caret.length - 1).toBe(line.indexOf("'") + column);
  expect(existsSync(file)).toBe(false);
});

test("a question is not saved over a file, nor under a name that is none of a scenario file", async () => {
  const file = nowhere();
  await run("explore", "kvm/timer", "--never", "vcpu[0].on", "--save", file);
  const before = readFileSync(file, "utf8");
  const again = await run("explore", "kvm/timer", "--never", "vcpu[0].sn", "--save", file);
  expect([again.code, again.stderr]).toEqual([
    2,
    `apicv-check: --save ${file}: there is such a file already\n`,
  ]);
  expect(readFileSync(file, "utf8")).toBe(before);
  const txt = await run("explore", "kvm/timer", "--never", "vcpu[0].on", "--save", `${file}.txt`);
  expect([txt.code, existsSync(`${file}.txt`)]).toEqual([2, false]);
  const bad = await run("explore", "kvm/timer", "--guest", "nosuch", "--save", file.replace("q.", "r."));
  expect([bad.code, existsSync(file.replace("q.", "r."))]).toEqual([2, false]);
});

test.each([
  ["the step that goes on is dropped", ["--drop", "clear_pending"], "clear_pending"],
  ["it does nothing", ["--change", "clear_pending without all"], "clear_pending"],
  ["it needs what never is", ["--change", "clear_pending when vcpu[v].pc == NONROOT"], "clear_pending"],
])("nothing holds where a thread stands still since %s", async (_, flags, action) => {
  const { stdout } = await run(
    "explore",
    "kvm/timer",
    "--property",
    "expiry-not-delayed-past-entry",
    ...flags,
    "--json",
    "--quiet",
  );
  const { complete, properties, leftOut } = JSON.parse(stdout) as {
    readonly complete: boolean;
    readonly properties: readonly { readonly verdict: string }[];
    readonly leftOut: readonly { readonly at: string; readonly actions: readonly string[] }[];
  };
  expect(complete).toBe(false);
  expect(properties.map(({ verdict }) => verdict)).toEqual(["holds-to-bound"]);
  expect(leftOut).toMatchObject([{ at: "CLEAR_PENDING", actions: [action] }]);
});

test("a change that every thread can go on with leaves a search complete", async () => {
  const { stdout } = await run(
    "explore",
    "kvm/timer",
    "--property",
    "callback-never-posts",
    "--change",
    "apic_timer_fn without vcpu[v].req.UNBLOCK",
    "--json",
    "--quiet",
  );
  expect(JSON.parse(stdout)).toMatchObject({ complete: true });
  expect(JSON.parse(stdout)).not.toHaveProperty("leftOut");
});
