import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { main } from "../../src/command/program.ts";
import { shipped } from "../../scenarios/shipped.ts";
import { fakeIo } from "../fixtures/io.ts";
import { temporaryFolder } from "../fixtures/temporary-folder.ts";

const run = async (...argv: readonly string[]) => {
  const { io, written } = fakeIo();
  const code = await main(argv, io, shipped);
  return { code, ...written };
};

const question = "scenarios/questions/no-unblock.yaml";

/** A file of that text in a folder of its own. */
const fileOf = (text: string): string => {
  const file = join(temporaryFolder(), "q.yaml");
  writeFileSync(file, text);
  return file;
};

const small = (change: string): string =>
  fileOf(`format: 1
name: small
about: a small question
extends: oracle/die-hard
${change}properties:
  never-4-gallons: any
`);

test("a file is explored as a scenario is, and every report says what was changed and where", async () => {
  const { code, stdout, stderr } = await run("explore", question);
  expect(stderr).toBe("");
  expect(code).toBe(0);
  expect(stdout).toContain("scenario  no-unblock");
  expect(stdout).toContain("its model is CHANGED");
  expect(stdout).toContain("in apic_timer_fn: without vcpu[v].req.UNBLOCK");
  expect(stdout).toContain("2,788 states");
  expect(stdout).toContain("violated (as expected) after 17 steps");
  expect(stdout).not.toContain("known");
  expect(stdout).toContain(`changed in ${question}`);
  expect(stdout.replaceAll(/\s+\\\n\s+/g, " ")).toContain(`--file ${question}`);
});

test("the run of a file is replayed with the file, and refused without", async () => {
  const { stdout } = await run("explore", question, "--json");
  const result = JSON.parse(stdout) as {
    readonly varied: {
      readonly hash: string;
      readonly from: string;
      readonly idleChanges: readonly string[];
    };
    readonly properties: readonly { readonly trace: { readonly replay: string } }[];
  };
  expect(result.varied.from).toBe("kvm/timer");
  expect(result.varied.hash).toMatch(/^[0-9a-f]{12}$/);
  // The callback runs on the vCPU's own pCPU there.
  expect(result.varied.idleChanges).toEqual([
    "expired_request_unblock without vcpu[v].req.UNBLOCK",
    "fn_request_unblock without vcpu[v].req.UNBLOCK",
  ]);
  const { replay } = result.properties[0].trace;
  const again = await run("replay", replay, "--file", question);
  expect(again.code).toBe(0);
  expect(again.stdout).toContain("17 steps");
  const without = await run("replay", replay);
  expect(without.code).toBe(2);
  expect(without.stderr).toContain("--file");
});

test("an edited file has another version, though only a value is written otherwise", async () => {
  const texts = ["ENTER", "NONROOT"].map(
    (value) => `format: 1
name: edited
about: one value is written
extends: kvm/timer
guests: td
change:
  - in: clear_unblock
    set:
      vcpu[v].req.EVENT: vcpu[v].pc == ${value}
properties:
  no-pending-timer-in-guest: any
`,
  );
  const versions = await Promise.all(
    texts.map(async (text) => {
      const { stdout, stderr } = await run("explore", fileOf(text), "--json", "--depth", "1");
      expect(stderr).toBe("");
      return (JSON.parse(stdout) as { readonly modelVersion: string }).modelVersion;
    }),
  );
  expect(new Set(versions).size).toBe(2);
});

test("what a file expects is what counts, and check says so in a line", async () => {
  const good = await run("check", question);
  expect(good.code).toBe(0);
  expect(good.stdout).toMatch(
    /^no-unblock upstream td +violated +2,788 states +17 steps +\d+\.\d s +Ok .*model changed in/m,
  );
  const none = small("");
  const bad = fileOf(`format: 1
name: wrong
about: another verdict is expected
extends: oracle/die-hard
properties:
  never-4-gallons: holds
`);
  const { code, stdout } = await run("check", none, bad);
  expect(code).toBe(1);
  expect(stdout).toMatch(/^small .* Ok/m);
  expect(stdout).toMatch(/^wrong .* No/m);
});

test.each([
  ["nosuch.yaml", "there is no such file"],
  [".ci", "there is no scenario file"],
])("explore --file %s is refused", async (file, why) => {
  const { code, stderr } = await run("explore", "--file", file);
  expect(code).toBe(2);
  expect(stderr).toContain(why);
});

test("what is no text, or too long, is refused", async () => {
  const folder = temporaryFolder();
  for (const [name, bytes, why] of [
    ["empty", Buffer.alloc(0), "it is empty"],
    ["latin1", Buffer.from("name: \xe9", "latin1"), "it is not UTF-8 text"],
    ["long", Buffer.alloc(70_000, "# comment\n"), "at most 65536"],
    ["nul", Buffer.from("format: 1\0\n"), "error"],
  ] as const) {
    const file = join(folder, `${name}.yaml`);
    writeFileSync(file, bytes);
    const { code, stderr } = await run("explore", file);
    expect([name, code]).toEqual([name, 2]);
    expect(stderr).toContain(why);
    expect(stderr).not.toContain("    at ");
  }
});

test("two things that are asked are refused, and a scenario may be named by itself", async () => {
  for (const argv of [
    [question, "--scenario", "kvm/timer"],
    [question, "--file", question],
  ]) {
    const { code, stderr } = await run("explore", ...argv);
    expect(code).toBe(2);
    expect(stderr).toContain("name one of them");
  }
  const { code, stdout } = await run("explore", "oracle/die-hard");
  expect(code).toBe(0);
  expect(stdout).toContain("scenario  oracle/die-hard");
});

test("a step is split by a new word of a place, which threadAt knows", async () => {
  const { code, stdout, stderr } = await run(
    "explore",
    fileOf(`format: 1
name: split
about: the request is cleared in a step of its own
extends: kvm/timer
guests: td
state: { "vcpu[].pc": [..., HERE] }
change:
  - in: clear_unblock
    set: { "vcpu[v].pc": HERE }
  - add: clear_unblock_done
    actor: CPU{v}
    args: { v: vcpu }
    when: threadAt(v, HERE)
    set: { "vcpu[v].pc": INJECT_TIMER }
properties:
  no-pending-timer-in-guest: any
`),
  );
  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout).not.toContain("never fired: clear_unblock_done");
});

test("what is wrong in a value of a switch that is not the default is said with its place", async () => {
  const { code, stderr } = await run(
    "explore",
    fileOf(`format: 1
name: late
about: the second value is wrong
extends: oracle/die-hard
switch:
  which:
    values:
      one: []
      two:
        - in: Fill
          when: amount[jug] > 9
properties:
  never-4-gallons: any
`),
  );
  expect(code).toBe(2);
  expect(stderr).toMatch(/q\.yaml:11:17: "amount\[jug\] > 9" is always false/);
});
