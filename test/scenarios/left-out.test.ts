import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { shelve, unknownName, type AnyScenario } from "#check";
import { rtcOneDestination } from "../../scenarios/rtc/rtc.ts";
import { timer } from "../../scenarios/timer/timer.ts";
import { without } from "../../scenarios/parts.ts";
import { worldWith, type KvmScenario } from "../../scenarios/world.ts";
import { eoiHandling } from "../../models/kvm/actions/ioapic/eoi.ts";
import { answer } from "../../src/catalogue/answer.ts";
import { axes } from "../../scenarios/words.ts";
import { catalogue, run } from "../fixtures/io.ts";

const lacking = ({ spec }: KvmScenario, ...names: readonly string[]): AnyScenario =>
  shelve(worldWith({ ...spec, actions: without(spec.actions, ...names) }, {}));

test("kvm/timer without one step of its threads: the thread, where it stands and the step are named", async () => {
  const steps = [
    ["irqs_on", "vcpu[0].pc IRQS_ON irqs_on"],
    ["KVM_RUN", "vcpu[0].pc USER KVM_RUN"],
    ["apic_timer_fn", "vcpu[0].pc IRQS_ON apic_timer_fn"],
    ["hrtimer_cancel", "vcpu[0].pc TMICT_CANCEL hrtimer_cancel"],
  ] as const;
  for (const [name, where] of steps) {
    const { stop, complete, stranded, properties } = await answer(lacking(timer, name));
    expect(stranded.map(({ thread, at, actions }) => `${thread} ${at} ${actions.join()}`)).toContain(where);
    expect({ stop, complete }).toEqual({ stop: "left-out", complete: false });
    expect(properties.map(({ verdict }) => verdict)).not.toContain("holds");
  }
});

test("kvm/timer without a step of the guest or of hardware is smaller, and complete", async () => {
  for (const name of ["guest_io", "timer_interrupt"])
    expect((await answer(lacking(timer, name))).complete).toBe(true);
});

test("kvm/timer without a step of the callback on the housekeeping pCPU", async () => {
  const { stranded } = await answer(lacking(timer, "fn_set_pir"), {
    set: ["nohzFull=on", "hltInGuest=on"],
  });
  expect(stranded.map(({ thread, at, actions }) => [thread, at, actions])).toEqual([
    ["timer[0].pc", "SET_PIR", ["fn_set_pir"]],
  ]);
});

test("a world without the EOI actions does not hold: its report says why, as text and as data", async () => {
  const cut = lacking(rtcOneDestination, ...eoiHandling.map(({ name }) => name));
  const line = `explore --scenario ${cut.name} --design active --guest vmx-sw --property rtc-never-false-coalesced`;
  const text = await run(line, {}, { ...catalogue, axes, scenarios: [cut] });
  expect(text.stdout.replaceAll(/\s+/g, " ")).toContain(
    "vcpu[0].pc stands at EOI_SOFTWARE for ever: apic_set_eoi would go on",
  );
  expect(text.stdout.replaceAll(/\s+/g, " ")).toContain("What would go on is left out: apic_set_eoi.");
  expect(text.stdout).toContain("UNEXPECTED: holds was expected");
  expect(text.code).toBe(1);

  const json = await run(`${line} --json`, {}, { ...catalogue, axes, scenarios: [cut] });
  const report = JSON.parse(json.stdout) as Readonly<Record<string, unknown>>;
  expect(report).toMatchObject({
    stop: "left-out",
    complete: false,
    properties: [{ verdict: "holds-to-bound", asExpected: false }],
    leftOut: [{ thread: "vcpu[0].pc", at: "EOI_SOFTWARE", actions: ["apic_set_eoi"] }],
  });
  const schema = JSON.parse(
    readFileSync(new URL("../../docs/explore.schema.json", import.meta.url), "utf8"),
  ) as object;
  const validate = new Ajv2020({ allErrors: true, strictTypes: false }).compile(schema);
  expect(validate(report) || validate.errors).toBe(true);
  expect(validate({ ...report, leftOut: undefined })).toBe(false);
  expect(validate({ ...report, stop: "exhausted", complete: true })).toBe(false);
});

test("where nothing is expected, a world that is cut short is bounded: exit 0, and 3 if it has to be complete", async () => {
  const cut = { ...lacking(timer, "irqs_on"), expected: [] };
  const line = `explore --scenario ${cut.name} --property no-pending-timer-in-guest`;
  const codeOf = async (more: string): Promise<number | undefined> =>
    (await run(`${line} ${more}`, {}, { ...catalogue, axes, scenarios: [cut] })).code;
  expect(await codeOf("")).toBe(0);
  expect(await codeOf("--require-complete")).toBe(3);
});

test("a world may end where it says so, at a thread of the model", () => {
  const ends = { "vcpu.cp": ["RUN_TOP"] };
  expect(() =>
    worldWith({ ...timer.spec, ends }, {}).build({ design: "upstream", guest: "td", options: {} }),
  ).toThrow(unknownName("thread", "vcpu.cp", ["vcpu.pc"], "").message.split("\n")[0]);
});
