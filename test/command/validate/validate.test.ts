import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { validate, type ValidateFlags } from "../../../src/command/validate/validate-command.ts";
import { parseWorld } from "../../../src/catalogue/handle.ts";
import { captureText } from "../../../src/report/capture-text.ts";
import { kvm } from "../../../scenarios/kvm.ts";
import { exploreFast, problemOf, replay } from "#check";
import { captured } from "../../../scenarios/captured.ts";
import { fakeIo } from "../../fixtures/io.ts";
import { temporaryFolder } from "../../fixtures/temporary-folder.ts";

const file = join(temporaryFolder(), "host.txt");

const validated = async (lines: readonly string[], flags: ValidateFlags = {}) => {
  writeFileSync(file, lines.map((line) => `${line}\n`).join(""));
  const { io, written } = fakeIo();
  const code = await validate({ captured: async () => captured, scenarios: kvm }, file, flags, io);
  return { code, text: written.stdout.replaceAll(file, "host.txt") };
};

const inhibit = (thread: string, at: number, text: string): string =>
  ` qemu-system-x86-${thread}    [003] .....  100.00000${at}: kvm_apicv_inhibit_changed: ${text}`;

const IRQWIN = inhibit("7074", 1, "set reason=8, inhibits=0x100 IRQWIN");

describe("changes of the inhibits", () => {
  test.each([
    ["follow from each other", [IRQWIN, inhibit("7074", 2, "cleared reason=8, inhibits=0x0")], 0],
    ["lose a bit that nobody cleared", [IRQWIN, inhibit("7074", 2, "set reason=2, inhibits=0x4 ABSENT")], 1],
    ["do not say what they did", [inhibit("7074", 1, "set reason=8, inhibits=0x0")], 1],
    [
      "are lost in between",
      [IRQWIN, "CPU:3 [LOST 12 EVENTS]", inhibit("7074", 2, "set reason=2, inhibits=0x4 ABSENT")],
      0,
    ],
    ["are of two virtual machines", [IRQWIN, inhibit("7075", 2, "set reason=2, inhibits=0x4 ABSENT")], 0],
    [
      "are of one process",
      [IRQWIN, inhibit("7075", 2, "set reason=2, inhibits=0x4 ABSENT")].map((line) =>
        line.replace(/(-\d+) /, "$1 (7000) "),
      ),
      1,
    ],
  ])("that %s", async (_, lines, code) => {
    expect((await validated(lines)).code).toBe(code);
  });
});

test("a violation is told by the number of its line, and why", async () => {
  const lines = ["# tracer: nop", "", IRQWIN, inhibit("7074", 2, "set reason=2, inhibits=0x4 ABSENT")];
  expect((await validated(lines)).text).toContain(
    [
      "    APICv inhibits: violation at line 4",
      "    >     4  kvm_apicv_inhibit_changed: set reason=2, inhibits=0x4 ABSENT",
      "      the inhibits were 0x100, so they are 0x104 now, not 0x4",
      "",
    ].join("\n"),
  );
});

test("what is not understood is listed, and does not count", async () => {
  const { code, text } = await validated([
    IRQWIN,
    IRQWIN.replace("inhibit_changed: set", "strange: set"),
    inhibit("7074", 3, "eset"),
  ]);
  expect(code).toBe(0);
  expect(text).toContain("Events that are not known:\n    kvm_apicv_strange, 1 line from line 2\n");
  expect(text).toContain("Texts that no release prints:\n    3  kvm_apicv_inhibit_changed: eset\n");
});

test("what may be of several virtual machines is no violation of one", async () => {
  const entry = (pid: number): string =>
    `       CPU 0/KVM-${pid}    [003] d..1.  100.000000: kvm_entry: vcpu 0, rip 0x0`;
  const changes = [IRQWIN, inhibit("7074", 2, "set reason=2, inhibits=0x4 ABSENT")];
  expect((await validated([entry(1), entry(2), ...changes])).code).toBe(3);
  expect((await validated([entry(1), ...changes])).code).toBe(1);
});

test("as JSON", async () => {
  const { text } = await validated([IRQWIN], { json: true });
  expect(JSON.parse(text)).toMatchObject({
    verdict: "consistent",
    events: 1,
    machines: [{ name: "", parts: [{ title: "APICv inhibits", verdict: "consistent", decided: 1 }] }],
  });
});

test("a file without events is no capture, and an event that is not known cannot have been recorded", async () => {
  await expect(validated(["hello"])).rejects.toMatchObject({
    code: "input",
    message: expect.stringContaining("is no capture"),
  });
  await expect(validated([IRQWIN], { recorded: ["kvm:kvm_entri"] })).rejects.toThrow(/kvm:kvm_entry/);
});

describe("a run of a world", () => {
  const name = "kvm/level:active:td:irqchip=kernel";
  const { scenario, choice } = parseWorld(name, kvm);
  const { model, start } = scenario.build(choice);
  const property = scenario.properties.find(({ id }) => id === "remote-irr-not-stuck")!;
  const problem = problemOf(model, scenario.scope, [property], start);
  const printing = exploreFast(problem, { failFast: true }).then(({ findings }) =>
    captureText(replay(problem, findings[0].path!), [], captured, "perf"),
  );

  test("is allowed by it, and shows from where on it breaks a property", async () => {
    const lines = await printing;
    const asked = { world: name, breaks: property.id };
    // The guest's EOI is not seen, so that some runs that agree have not ended the interrupt yet.
    const whole = await validated(lines, asked);
    expect(whole.code).toBe(3);
    expect(whole.text.replaceAll(/\s+/g, " ")).toContain(
      `remote-irr-not-stuck: possibly broken: in some of the runs that agree, not in all, from line ${lines.length - 1} on`,
    );
    const shorter = await validated(lines.slice(0, -2), asked);
    expect(shorter.code).toBe(0);
    expect(shorter.text).toContain("remote-irr-not-stuck: broken in no run that agrees");
    expect((await validated(lines, { world: name })).code).toBe(0);
    const without = lines.filter((line) => !line.includes("kvm_apic_accept_irq"));
    expect((await validated(without, { world: name })).code).toBe(1);
    expect((await validated(without, { world: name, recorded: ["kvm:kvm_set_irq", "kvm_entry"] })).code).toBe(
      0,
    );
  });

  test.each([
    [{ breaks: "remote-irr-not-stock" }, /did you mean "remote-irr-not-stuck"/],
    [{ breaks: "level-device-served-in-the-end" }, /liveness property/],
    [{ world: "kvm/levle" }, /did you mean "kvm\/level"/],
    [{ widen: true }, /leave out one of the two/],
  ])("is not asked with %o", async (flags, message) => {
    await expect(validated(await printing, { world: name, ...flags })).rejects.toThrow(message);
  });

  test("has all of its events, each with its thread", async () => {
    const lines = await printing;
    await expect(validated([...lines, "CPU:3 [LOST 12 EVENTS]", IRQWIN], { world: name })).rejects.toThrow(
      /lost/,
    );
    await expect(
      validated(
        lines.map((line) => line.slice(40)),
        { world: name },
      ),
    ).rejects.toThrow(/thread/);
  });
});
