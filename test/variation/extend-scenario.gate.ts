import { expect, test } from "vitest";
import {
  actionNamed,
  amend,
  bool,
  exploreFast,
  exploreReference,
  extendScenario,
  problemOf,
  propertyOf,
  split,
  type AnyScenario,
  type ValueOf,
} from "#check";
import { extend, type State } from "../../models/kvm/state.ts";
import { axes, cites, scenarios } from "../../scenarios/index.ts";
import { extendWorld, guest, optionNamed } from "../../scenarios/extend-world.ts";
import { answer } from "../../src/catalogue/answer.ts";
import { scenarioFrom } from "../../src/variation/from-text.ts";

const named = (name: string): AnyScenario => scenarios.find((one) => one.name === name)!;

/** What two ways to say one thing have in common. */
const found = async (scenario: AnyScenario) => {
  const { exploration, properties } = await answer(scenario);
  const { states, transitions, levels } = exploration;
  return { states, transitions, levels, verdicts: properties.map(({ verdict }) => verdict) };
};

const file = (...lines: readonly string[]): AnyScenario =>
  scenarioFrom(
    { name: "q.yaml", text: ["format: 1", "name: q", "about: as a file says it", ...lines, ""].join("\n") },
    { axes, cites, scenarios },
  );

test.each(["kvm/timer", "oracle/die-hard"])(
  "an extension that changes nothing has the version, states, transitions and verdicts of %s",
  async (name) => {
    const base = named(name);
    const same = extendScenario(base, {
      name: "same",
      about: "nothing is changed",
      properties: base.properties,
    });
    expect(same.varied?.changes).toEqual([]);
    const [is, was] = await Promise.all([answer(same), answer(base)]);
    expect(is.version).toBe(was.version);
    expect(await found(same)).toEqual(await found(base));
  },
);

test("a guard of code that loops over the state ends the search, also in the reference engine", async () => {
  const looping = extendScenario<{ readonly amount: readonly number[] }>(named("oracle/die-hard"), {
    name: "loops",
    about: "a guard that waits for what never comes",
    properties: [],
    change: ({ actions }) => ({
      replace: [
        amend(actionNamed(actions, "Empty"), {
          guard: (s) => {
            let rounds = 0;
            while (s.amount[0] === 3) rounds++;
            return rounds === 0;
          },
        }),
      ],
    }),
  });
  for (const explore of [exploreFast, exploreReference]) {
    const { model, start } = looping.build({ options: {} });
    const { endless } = await explore(problemOf(model, looping.scope, [], start));
    expect(endless?.steps).toHaveLength(1);
  }
});

test("what is amended in code does what a file changes in the same words", async () => {
  const code = extendWorld<State>("kvm/timer", {
    name: "narrower",
    about: "no expiry while anything is pending, and the deadline is kept",
    guests: ["td"],
    designs: ["upstream"],
    change: ({ actions }) => ({
      replace: [
        amend(actionNamed(actions, "apic_timer_fn"), {
          guard: (s, { v }: { readonly v: number }) => s.timer[v].pending === 0,
          after: (d, { v }: { readonly v: number }) => {
            d.vcpu[v].req.EVENT = true;
          },
        }),
      ],
    }),
    properties: named("kvm/timer").properties,
  });
  const text = file(
    "extends: kvm/timer",
    "designs: upstream",
    "guests: td",
    "change:",
    '  - { in: apic_timer_fn, when: "timer[v].pending == 0", set: { "vcpu[v].req.EVENT": "true" } }',
    "properties:",
    ...named("kvm/timer").properties.map(({ id }) => `  ${id}: any`),
  );
  const [a, b] = [await found(code), await found(text)];
  expect(a).toEqual(b);
  expect(a.states).not.toBe((await found(named("kvm/timer"))).states);
  expect(code.varied).toMatchObject({ from: "kvm/timer", changes: ["in apic_timer_fn: changed in code"] });
});

test("a program in code orders the guest's instructions as one in a file", async () => {
  const property = named("kvm/timer").properties.find(({ id }) => id === "tmict-write-loses-no-expiry")!;
  const code = extendWorld("kvm/timer", {
    name: "twice",
    about: "TMICT is written twice",
    guests: ["td"],
    designs: ["upstream"],
    start: "running",
    programs: [guest(0, "guest_write_tmict(value=N)", { label: "SECOND", do: "guest_write_tmict(value=N)" })],
    properties: [property],
  });
  const text = file(
    "extends: kvm/timer",
    "designs: upstream",
    "guests: td",
    "start: running",
    "program: { guest0: [guest_write_tmict(value=N), { label: SECOND, do: guest_write_tmict(value=N) }] }",
    "properties: { tmict-write-loses-no-expiry: any }",
  );
  const [a, b] = [await found(code), await found(text)];
  expect(a).toEqual(b);
  expect(a.verdicts).toEqual(["violated"]);
});

const wide = extend("vcpu", { between: bool }, { between: false });
type Wide = ValueOf<typeof wide.state>;

test("a step is split in a wider state, and a place between the halves is reached", async () => {
  const halves = extendWorld<Wide>("kvm/timer", {
    name: "halves",
    about: "vcpu->mode is stored after another could look",
    guests: ["td"],
    designs: ["upstream"],
    extend: wide,
    change: ({ actions }) => {
      const whole = actionNamed(actions, "mode_outside");
      const parts = split(
        whole,
        [
          { name: "mode_outside_begin", effect: () => undefined },
          { name: "mode_outside_end", effect: whole.effect },
        ],
        {
          read: (s, { v }: { readonly v: number }) => Number(s.vcpu[v].between),
          write: (d, { v }: { readonly v: number }, at) => {
            d.vcpu[v].between = at === 1;
          },
        },
      );
      return { drop: [whole.name], add: parts };
    },
    properties: [
      propertyOf<Wide>().invariant({
        id: "never-between",
        statement: "No vCPU is between the halves",
        holds: (s) => s.vcpu.every(({ between }) => !between),
      }),
    ],
    expected: [{ property: "never-between", verdict: "violated" }],
  });
  const { properties } = await answer(halves);
  expect(properties[0].verdict).toBe("violated");
  expect(halves.varied?.changes).toEqual([
    "state: more fields",
    "drop mode_outside",
    "add mode_outside_begin",
    "add mode_outside_end",
  ]);
});

test("a name that is not there is refused where the extension is made, with the nearest", () => {
  const rest = { name: "x", about: "x", properties: [] };
  expect(() => extendWorld("kvm/timr", rest)).toThrow(/did you mean "kvm\/timer"/);
  expect(() => extendWorld("kvm/timer", { ...rest, actions: ["apic_timer_fm"] })).toThrow(
    /did you mean "apic_timer_fn"/,
  );
  expect(() => extendWorld("kvm/timer", { ...rest, start: "runing" })).toThrow(/did you mean "running"/);
  expect(() => extendWorld("kvm/timer", { ...rest, programs: [guest(0, "guest_write_tmic")] })).toThrow(
    /guest_write_tmict/,
  );
  const setLapic = { name: "setLapic", about: "x", source: "x", values: ["x", "y"] };
  expect(() => extendWorld("kvm/timer", { ...rest, options: [setLapic] })).toThrow(
    'x: there is an option called setLapic already: take optionNamed("setLapic"), or call yours otherwise',
  );
  expect(() => optionNamed("setLapc")).toThrow(/did you mean "setLapic"/);
});

test("an extension that leaves out what it must say is refused by name", () => {
  const spec = { name: "w", about: "without properties" } as unknown as Parameters<typeof extendScenario>[1];
  expect(() => extendScenario(named("kvm/timer"), spec)).toThrow(
    "a scenario that extends kvm/timer has no properties",
  );
});
