import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CheckError } from "#check";
import type { KvmChoice } from "../../../models/kvm/choice.ts";
import { contributionsOf } from "../../../models/kvm/changes.ts";
import { effectOf } from "../../../models/kvm/effect.ts";
import { kvm } from "../../../scenarios/kvm.ts";
import { kernelNames } from "../../../models/kvm/kernels.ts";
import { guests, kvmModel } from "../../../models/kvm/model.ts";
import { only } from "../../../models/kvm/option.ts";
import { irqchip } from "../../../models/kvm/options/creation.ts";
import { decisions, options } from "../../../models/kvm/options/index.ts";
import type { GuestName } from "../../../models/kvm/ops.ts";
import { levelWorld } from "../../../scenarios/ioapic/level.ts";
import { timer } from "../../../scenarios/timer/timer.ts";
import type { KvmScenario } from "../../../scenarios/world.ts";
import { choiceOf } from "../../../src/catalogue/choice.ts";

const chosen = (world: KvmScenario, guest: GuestName, set: readonly string[]): KvmChoice =>
  choiceOf(world as never, { guest, set }) as KvmChoice;

/** A guest, a design of it, and some options each with one of its values. */
const choices = (settings: { readonly minLength: number; readonly maxLength: number }) =>
  fc.record({
    guest: fc.constantFrom(...Object.keys(guests)),
    design: fc.constantFrom("upstream", "active-split", "active", "v1-inhibit"),
    options: fc
      .uniqueArray(
        fc
          .constantFrom(...options)
          .chain(({ name, values }) => fc.constantFrom(...values).map((value) => [name, value] as const)),
        { ...settings, selector: ([name]) => name },
      )
      .map((set) => Object.fromEntries(set)),
  });

/** Whether two options of a choice are refused together; any other error is one. */
const conflicting = (choice: KvmChoice): boolean => {
  try {
    kvmModel(choice);
    return false;
  } catch (error) {
    if (error instanceof CheckError && / both change | do not go together: /.test(error.message)) return true;
    throw error;
  }
};

/** Each value of each option, as a choice of that option alone. */
const everyValue = options.flatMap(({ name, values }) =>
  values.map((value) => JSON.stringify({ [name]: value })),
);

describe("what is declared", () => {
  test("no two options share a name, and what options change together they change by their names", () => {
    const names = options.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(decisions.flatMap((decision) => decision.options).filter((one) => !options.includes(one))).toEqual(
      [],
    );
  });

  test.each(everyValue)("%s fits the model of each guest, and does at boot what some guest can do", (set) => {
    const known = Object.values(guests).flatMap(({ model }) => model.actions.map(({ name }) => name));
    for (const guest of Object.keys(guests) as GuestName[]) {
      const choice: KvmChoice = {
        design: "upstream",
        guest,
        options: JSON.parse(set) as KvmChoice["options"],
      };
      const boots = contributionsOf(choice).flatMap(({ change }) => Object.values(change.boot ?? {}));
      const steps = boots.flatMap((boot) => boot({ guest, vcpus: [0], v: 0 }));
      expect(() => kvmModel(choice)).not.toThrow();
      expect(steps.map(([action]) => action).filter((action) => !known.includes(action))).toEqual([]);
    }
  });

  test("a world narrows an option to values that it has, in the world's order", () => {
    expect(only(irqchip, "kernel", "split").values).toEqual(["kernel", "split"]);
    // @ts-expect-error -- a value that the option does not have
    expect(only(irqchip, "kernal").values).toEqual(["kernal"]);
  });
});

describe("what follows the kernel", () => {
  const following = options.filter(({ follows }) => follows !== undefined);
  const named = (kernel: string, guest: string): KvmChoice => ({
    design: "upstream",
    guest,
    kernel,
    options: Object.fromEntries(following.map(({ name, follows }) => [name, follows!.defaults[kernel]])),
  });

  test("is as the newest kernel has it by its first value, which changes nothing", () => {
    expect(following.length).toBeGreaterThan(5);
    for (const { values, follows } of following) {
      expect(follows!.axis).toBe("kernel");
      expect(Object.keys(follows!.defaults)).toEqual(kernelNames);
      expect(follows!.defaults[kernelNames[0]]).toBe(values[0]);
      expect(new Set(Object.values(follows!.defaults)).size).toBeGreaterThan(1);
    }
    for (const guest of Object.keys(guests))
      expect(kvmModel(named(kernelNames[0], guest)).actions).toEqual(
        guests[guest as GuestName].model.actions,
      );
  });

  test("is as the kernel has it in a world that does not name it", () => {
    for (const kernel of kernelNames)
      for (const guest of Object.keys(guests)) {
        const choice: KvmChoice = { design: "upstream", guest, kernel, options: {} };
        expect(kvmModel(choice).actions).toEqual(kvmModel(named(kernel, guest)).actions);
      }
    const older = kvmModel({ design: "upstream", guest: "vmx", kernel: "6.16", options: {} });
    expect(older.actions).not.toEqual(guests.vmx.model.actions);
  });

  test("can be set otherwise in every kernel", () => {
    for (const { name, values } of following)
      for (const world of kvm.filter((one) => one.options.some((option) => option.name === name)))
        for (const kernel of kernelNames)
          for (const value of values)
            expect(choiceOf(world, { kernel, set: [`${name}=${value}`] }).options[name]).toBe(value);
  });
});

describe("what a choice changes", () => {
  test("an option that a world does not name changes nothing", () => {
    for (const guest of Object.keys(guests)) {
      const choice: KvmChoice = { design: "upstream", guest, options: {} };
      expect(contributionsOf(choice)).toEqual([]);
      expect(kvmModel(choice).actions).toEqual(guests[guest as GuestName].model.actions);
    }
  });

  test("an action that an option changes is the one that the model has, or left out by another option", () => {
    fc.assert(
      fc.property(choices({ minLength: 1, maxLength: 4 }), (choice) => {
        fc.pre(!conflicting(choice));
        const changes = contributionsOf(choice).map(({ change }) => change);
        const { actions } = kvmModel(choice);
        const dropped = changes.flatMap(({ drop = [] }) => drop);
        const wanted = changes.flatMap(({ replace = [], add = [] }) => [...replace, ...add]);
        expect(wanted.filter((one) => !actions.includes(one) && !dropped.includes(one.name))).toEqual([]);
        expect(actions.filter(({ name }) => dropped.includes(name))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test("two options that change one action are refused, with what to set", () => {
    const set = ["postTimer=in-guest-mode", "timerDelivery=direct"];
    expect(() => timer.build(chosen(timer, "td", set))).toThrow(
      new CheckError(
        "usage",
        "timerDelivery=direct and postTimer=in-guest-mode both change apic_timer_fn: set timerDelivery=pending or " +
          "postTimer=as-configured",
      ),
    );
  });

  test("an option whose only action another option leaves out is refused; where more is left it is not", () => {
    const ofTd = (options: KvmChoice["options"]): KvmChoice => ({ design: "upstream", guest: "td", options });
    expect(() => kvmModel(ofTd({ setLapic: "reject", rtcRestore: "none" }))).toThrow(
      new CheckError(
        "usage",
        "setLapic=reject and rtcRestore=none do not go together: the second leaves out KVM_SET_LAPIC, all that the first " +
          "changes: set setLapic=as-designed or rtcRestore=lapic",
      ),
    );
    const { actions } = kvmModel(ofTd({ piPut: "6.19", preemption: "none" }));
    expect(actions.map(({ name }) => name)).not.toContain("preempt");
  });
});

describe("what an option has an effect on", () => {
  /** Worlds of known actions only; those that they add are made anew for each choice, and so never the same. */
  const worlds = kvm
    .map((scenario) => scenario as unknown as KvmScenario)
    .filter(
      ({ spec, options }) => spec.adds === undefined && options.some(({ values }) => values.length > 1),
    );

  test("none, exactly where the model and the start are those of the default", () => {
    const asked = fc.constantFrom(...worlds).chain((world) =>
      fc.record({
        world: fc.constant(world),
        design: fc.constantFrom(...world.axes.design),
        guest: fc.constantFrom(...world.axes.guest),
        setting: fc
          .constantFrom(...world.options.filter(({ values }) => values.length > 1))
          .chain(({ name, values }) =>
            fc.constantFrom(...values.slice(1)).map((value) => ({ name, value, first: values[0] })),
          ),
      }),
    );
    fc.assert(
      fc.property(asked, ({ world, design, guest, setting: { name, value, first } }) => {
        const usual = choiceOf(world as never, { design, guest });
        const choice = choiceOf(world as never, { design, guest, set: [`${name}=${value}`] }) as KvmChoice;
        const [one, other] = [world.build(usual), world.build(choice)];
        fc.pre(one.unreachable === undefined && other.unreachable === undefined);
        const { actions, boot } = effectOf(world.spec, choice, name, first);
        const same =
          one.model.actions.length === other.model.actions.length &&
          one.model.actions.every((action, place) => action === other.model.actions[place]) &&
          JSON.stringify(one.start) === JSON.stringify(other.start);
        expect(actions.length === 0 && boot.length === 0).toBe(same);
      }),
      { numRuns: 100 },
    );
  });

  test("of a TD's level-triggered interrupts: a TD, and no ordinary guest", () => {
    const effects = (guest: GuestName, name: string, value: string, first: string) =>
      effectOf(levelWorld.spec, chosen(levelWorld, guest, [`${name}=${value}`]), name, first);
    expect(effects("td", "levelTriggered", "drop", "as-is").actions).toContain("KVM_IRQ_LINE_level");
    expect(effects("td", "guestAck", "linux-sw-eoi", "lapic-only").actions).toEqual(["guest_eoi_level"]);
    for (const guest of ["vmx", "vmx-sw", "avic", "svm-sw"] as const) {
      expect(effects(guest, "levelTriggered", "drop", "as-is")).toEqual({ actions: [], boot: [] });
      expect(effects(guest, "guestAck", "linux-sw-eoi", "lapic-only")).toEqual({ actions: [], boot: [] });
    }
  });

  test("the boot, by the steps that an option takes there and by those that it changes", () => {
    const effects = (name: string, value: string, first: string) =>
      effectOf(timer.spec, chosen(timer, "td", [`${name}=${value}`]), name, first);
    expect(effects("nohzFull", "on", "off")).toEqual({ actions: [], boot: ["boot_host", "hrtimer_start"] });
    expect(effects("disabledExits", "not-asked", "as-set")).toEqual({
      actions: [],
      boot: ["KVM_TDX_FINALIZE_VM"],
    });
  });
});
