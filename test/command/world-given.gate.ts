import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { main } from "../../src/command/program.ts";
import { shipped } from "../../scenarios/shipped.ts";
import { fakeIo, type Ran } from "../fixtures/io.ts";
import { temporaryFolder } from "../fixtures/temporary-folder.ts";

const run = async (argv: readonly string[], typed: readonly string[] = []): Promise<Ran> => {
  const { io, written } = fakeIo({ typed });
  const code = await main([...argv], io, shipped);
  return { code, ...written };
};

/** What a command printed, on one line, so that commands can be looked for in it. */
const flat = (text: string): string => text.replaceAll(/\s*\\\n\s*/g, " ");

test.each([
  ["both sides of a bug", ["--bug", "TDX-1"], ["violated 2,129 states 34 steps", "holds"]],
  ["the side that is said", ["--bug", "TDX-1=pre"], ["violated 2,129 states 34 steps"]],
  ["the other side", ["--bug", "TDX-1=post"], ["holds"]],
])("check looks at %s", async (_, flags, verdicts) => {
  const { code, stdout, stderr } = await run(["check", ...flags]);
  expect([code, stderr]).toEqual([0, ""]);
  const said = [
    ...stdout.matchAll(/^TDX-1 upstream td.*? (violated +2,129 states +34 steps|holds) .* Ok /gm),
  ];
  expect(said.map(([, verdict]) => verdict.replaceAll(/ +/g, " "))).toEqual(verdicts);
});

test("a mutation is checked against what is expected of it with and without it", async () => {
  const { code, stdout } = await run(["check", "--mutate", "no-doorbell", "--list"]);
  expect(code).toBe(0);
  expect(stdout.trim().split("\n")).toHaveLength(2);
  expect(stdout).toContain("fix=post");
});

test("compare shows the two sides of a bug", async () => {
  const { code, stdout, stderr } = await run(["compare", "--bug", "TDX-1"]);
  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout).toMatch(/property +fix=pre +fix=post/);
  expect(stdout).toMatch(/\* +halted-vcpu-wakes-for-vector +violated 34 +holds\n/);
});

test("a bug is walked through at random", async () => {
  const flags = ["simulate", "--bug", "TDX-1", "--runs", "60", "--seed", "1"];
  const { code, stdout } = await run(flags);
  expect(code).toBe(0);
  expect(stdout).toContain("broken: halted-vcpu-wakes-for-vector");
  expect(flat(stdout)).toContain("--bug TDX-1");
  const mended = await run(["simulate", "--bug", "TDX-1=post", "--runs", "60", "--seed", "1"]);
  expect(mended.stdout).not.toContain("broken: halted-vcpu-wakes-for-vector");
});

test("a bug is walked through by hand, and its walk is taken again with its flag", async () => {
  const { code, stdout, stderr } = await run(["step", "--bug", "TDX-1"], ["1", "quit"]);
  expect([code, stderr]).toEqual([0, ""]);
  const [, replay] = /apicv-check (replay .*)$/m.exec(flat(stdout))!;
  expect(replay).toMatch(/ --bug TDX-1$/);
  const again = await run(replay.split(" "));
  expect([again.code, again.stderr]).toEqual([0, ""]);
  expect(again.stdout).toContain("deadline_passes");
  const on = await run(["step", ...replay.split(" ").slice(1)], ["quit"]);
  expect([on.code, on.stderr]).toEqual([0, ""]);
  expect(on.stdout).toContain("at the end of a run of 1 step");
});

test("the side that --set says counts where the bug says none", async () => {
  const { stdout } = await run(["explore", "--bug", "TDX-1", "--set", "fix=post", "--json"]);
  expect(JSON.parse(stdout)).toMatchObject({
    states: 2156,
    properties: [{ verdict: "holds" }],
  });
  const both = await run(["explore", "--bug", "TDX-1=pre", "--set", "fix=post"]);
  expect([both.code, both.stderr]).toEqual([2, "apicv-check: --set gives fix two values: pre and post\n"]);
});

test("flags ask of a bug as they ask of a world, and their run is taken again", async () => {
  const flags = ["--bug", "TDX-1", "--never", "vcpu[0].sched == BLOCKED && any(vcpu[0].pir)"];
  const { stdout } = await run(["explore", ...flags, "--json", "--allow-unrecorded"]);
  const { scenario, states, properties } = JSON.parse(stdout) as {
    readonly scenario: string;
    readonly states: number;
    readonly properties: readonly { readonly trace: { readonly replay: string } }[];
  };
  expect([scenario, states]).toEqual(["TDX-1+flags", 2129]);
  const again = await run(["replay", properties[0].trace.replay, ...flags]);
  expect([again.code, again.stderr]).toEqual([0, ""]);
  const post = await run(["explore", ...flags, "--set", "fix=post", "--json", "--allow-unrecorded"]);
  expect(JSON.parse(post.stdout)).toMatchObject({ states: 2156 });
});

test("check looks at each way to choose on the axes of a world that flags change, and expects nothing", async () => {
  const change = ["--change", "apic_timer_fn without vcpu[v].req.UNBLOCK"];
  const { code, stdout, stderr } = await run(["check", "timer", ...change, "--list"]);
  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout.trim().split("\n")).toHaveLength(8);
  expect(stdout).toMatch(/^kvm\/timer\+flags upstream td$/m);
  const held = ["--property", "no-pending-timer-in-guest", "--guest", "td", "--design", "upstream"];
  const all = await run(["check", "timer", ...change, ...held]);
  expect(all.code).toBe(1);
  expect(all.stdout).toContain("no-pending-timer-in-guest: violated after 17 steps, not recorded");
  expect(flat(all.stdout)).toContain("explore --scenario kvm/timer --change");
});

test("check of a question that is answered as nobody forbids", async () => {
  const { code, stdout } = await run(["check", "die-hard", "--never", "amount[0] == 2 && amount[1] == 1"]);
  expect(code).toBe(0);
  expect(stdout).toContain("oracle/die-hard+flags");
  const foreign = await run(["check", "die-hard", "--property", "never-4-galons"]);
  expect([foreign.code, foreign.stderr]).toEqual([
    2,
    expect.stringContaining('did you mean "never-4-gallons"?'),
  ]);
});

test("a walk through a world that flags change is taken again with them", async () => {
  const flags = ["--drop", "Empty", "--never", "amount[1] == 2"];
  const { stdout } = await run(["step", "die-hard", ...flags], ["shortest", "go 2", "quit"]);
  expect(stdout).toContain("model changed in the flags");
  expect(stdout).toMatch(/breaks never|broken: never/);
  expect(stdout).not.toMatch(/^ +\d+ +Empty/m);
  const [, handle] = /replay (\S+)/.exec(flat(stdout))!;
  const again = await run(["replay", handle, ...flags]);
  expect([again.code, again.stderr]).toEqual([0, ""]);
  const on = await run(["step", handle, ...flags], ["quit"]);
  expect([on.code, on.stderr]).toEqual([0, ""]);
  const without = await run(["step", handle], ["quit"]);
  expect([without.code, without.stderr]).toEqual([
    2,
    expect.stringContaining("+flags needs the flags it was found with"),
  ]);
});

test("step takes a scenario file, by itself or on top of a run", async () => {
  const file = join(temporaryFolder(), "jugs.yaml");
  writeFileSync(
    file,
    "format: 1\nname: jugs\nabout: no jug is emptied\nextends: oracle/die-hard\nchange:\n  - drop: Empty\nproperties:\n  never-4-gallons: any\n",
  );
  const { code, stdout, stderr } = await run(["step", file], ["1", "quit"]);
  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout).toContain("jugs, from");
  const [, handle] = /replay (\S+)/.exec(flat(stdout))!;
  const on = await run(["step", handle, "--file", file], ["quit"]);
  expect([on.code, on.stderr]).toEqual([0, ""]);
});

test("compare takes its world among what it compares", async () => {
  const values = ["upstream", "v1-inhibit"];
  const flags = ["--depth", "3", "--json"];
  const flagged = await run(["compare", ...values, "--scenario", "kvm/timer", ...flags]);
  for (const world of ["kvm/timer", "timer"]) {
    expect(await run(["compare", ...values, world, ...flags])).toEqual(flagged);
    expect(await run(["compare", world, ...values, ...flags])).toEqual(flagged);
  }
});

test("a property of one's own is said as a sentence, and what was looked at is counted", async () => {
  const { stdout } = await run([
    "explore",
    "die-hard",
    "--quiet",
    "--allow-unrecorded",
    "--never",
    "amount[1] == 4",
    "--always",
    "amount[0] < 4 || amount[1] > 0",
    "--reach",
    "amount[0] == 1 && amount[1] == 1",
  ]);
  expect(stdout).toMatch(/^ +always +holds: complete search, in all 16 states$/m);
  expect(stdout).toContain("** broken: never: no state has amount[1] == 4 **");
  expect(stdout.replaceAll(/\s+/g, " ")).toContain("reach violated: never reached in the complete search");
  const after = await run(["explore", "die-hard", "--quiet", "--never", "amount[0] > 3", "--after", "Fill"]);
  expect(after.stdout).toMatch(/never +holds: complete search, antecedent in \d+ transitions$/m);
});

test("a field is named with any word for a member", async () => {
  const plain = await run(["list", "actions", "--writes", "vcpu[].mode"]);
  expect(plain.stdout).toContain("mode_in_guest");
  for (const path of ["vcpu[v].mode", "vcpu[0].mode", "vcpu[i].mode"])
    expect(await run(["list", "actions", "--writes", path])).toEqual(plain);
  const reads = await run(["list", "actions", "--reads", "vcpu[v].mode", "--scenario", "kvm/timer"]);
  expect([reads.code, reads.stdout]).toEqual([0, expect.stringContaining("fn_test_mode")]);
});

test.each([
  [["compare", "upstream", "direct", "kvm/timer"], '"direct" is no design, but a value of timerDelivery'],
  [
    ["compare", "upstream", "direct", "kvm/timer"],
    "compare it as timerDelivery=direct, or with a design, as",
  ],
  [
    ["compare", "upstream", "v1-inhibit", "kvm/timr"],
    'unknown scenario "kvm/timr" (did you mean "kvm/timer"?)',
  ],
  [
    ["compare", "upstream", "kvm/timer", "kvm/halt"],
    "compare looks at one world, and kvm/timer and kvm/halt are named",
  ],
  [["compare", "upstream", "v1-inhibit", "timer", "--scenario", "halt"], "the scenario is given twice"],
  [
    ["list", "actions", "--writes", "vcpu[v].mod"],
    'unknown field "vcpu[].mod" (did you mean "vcpu[].mode"?)',
  ],
  [["check", "--never", "vcpu[0].on"], "--never asks of one world, and this is about several: all that ship"],
  [
    ["check", "--never", "vcpu[0].on"],
    "name one, and check one after the other: apicv-check check WORLD --never",
  ],
  [["check", "kvm/timer", "kvm/halt", "--drop", "x"], "about several: kvm/timer, kvm/halt"],
  [["check", "scenarios/bugs/", "--never", "vcpu[0].on"], "about several: scenarios/bugs/"],
  [["check", "kvm/timer", "--bug", "TDX-1"], "--bug TDX-1 and kvm/timer each say what it is about"],
  [["check", "kvm/timer", "--drop", "apic_timer_f"], '--drop, column 1: unknown action "apic_timer_f"'],
  [["check", "--bug", "TDX1"], 'unknown bug "TDX1" (did you mean "TDX-1"?)'],
  [["simulate", "kvm/timer", "--bug", "TDX-1"], "--bug TDX-1 and kvm/timer each say what it is about"],
  [["explore", "--mutate", "M1", "--never", "vm.dead", "--save", "q.yaml"], "M1 is the mutation M1"],
  [["compare", "--bug", "TDX-1=mid"], 'unknown side "mid"'],
  [["compare", "--bug", "TDX-1=pre"], "compare takes two designs or more"],
  [["step", "--bug", "TDX-1", "kvm/halt"], "--bug TDX-1 and kvm/halt each say what it is about"],
  [["step", "kvm/timer", "--drop", "vm_entr"], '--drop, column 1: unknown action "vm_entr"'],
])("%j is refused", async (argv, why) => {
  const { code, stdout, stderr } = await run(argv);
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toContain(why);
});
