import { describe, expect, test } from "vitest";
import {
  add,
  all,
  CheckError,
  del,
  exploreFast,
  exploreReference,
  has,
  index,
  int,
  problemOf,
  record,
  set,
  shelve,
  someOf,
  vector,
  withSymmetry,
  type Domain,
  type Property,
  type Ranges,
  type Scope,
} from "#check";
import { withinSwitches } from "../../src/methods/switches/switches.ts";
import { counter } from "../fixtures/counter.ts";
import { catalogue, run } from "../fixtures/io.ts";

const described = { statement: "-" };

interface Asked {
  readonly name?: string;
  readonly args?: Ranges;
  readonly state?: Domain<unknown>;
  readonly scope?: Scope;
  readonly start?: unknown;
  readonly properties?: readonly { readonly id: string; readonly args?: Ranges }[];
}

/** A model that does nothing but have names, ranges and sizes. */
const posed = ({ name = "act", args = {}, state, scope = {}, start = { x: 0 }, properties = [] }: Asked) =>
  problemOf<unknown>(
    {
      name: "hostile",
      state: state ?? record({ x: int(0, 1) }),
      init: () => [start],
      actions: [{ name, actor: () => "CPU0", args, guard: () => true, effect: () => undefined }],
    },
    scope,
    properties.map(({ id, args = {} }): Property<unknown> => ({
      ...described,
      id,
      args,
      kind: "invariant",
      holds: () => true,
    })),
  );

const refused = (ask: () => unknown): string => {
  try {
    ask();
  } catch (error) {
    expect(error).toBeInstanceOf(CheckError);
    return (error as Error).message;
  }
  return "not refused";
};

describe("A2: a limit is checked where it lies, with family, size and limit", () => {
  test.each([31, 32, 33, 34, 40, 64])("A2: someOf of %i members, in an action and in a property", (size) => {
    const asked = { args: { them: someOf("vcpu") }, scope: { vcpu: size } };
    const why = `the family "vcpu" has ${size} members: a set holds at most 30`;
    expect(refused(() => posed(asked))).toContain(why);
    expect(refused(() => posed(asked))).toContain("in the argument them of the action act");
    const property = { scope: asked.scope, properties: [{ id: "p", args: asked.args }] };
    expect(refused(() => posed(property))).toContain(why);
    expect(refused(() => posed(property))).toContain("in the argument them of the property p");
  });

  test("A2: a product of arguments that no table has room for", () => {
    const asked = { args: { them: someOf("vcpu") }, scope: { vcpu: 30 } };
    expect(refused(() => posed(asked))).toMatch(
      /^the action act has 1073741823 choices of its arguments \(them 1073741823\): at most 1048576 are looked at/,
    );
    expect(posed({ ...asked, scope: { vcpu: 10 } }).steps).toHaveLength(1023);
  });

  test.each([30, 31, 32, 33, 63, 64, -1, 0.5, Number.NaN, Infinity])("A2: member %d of a set", (member) => {
    for (const [name, helper] of Object.entries({ has, add, del }))
      expect(refused(() => helper(5, member))).toBe(
        `${name}(set, ${member}): a set holds members 0 to 29 of a family, and ${member} is none of them`,
      );
  });

  test.each([31, 32, 33, 64, -1, 1.5, Number.NaN])("A2: all of %d members", (size) => {
    expect(refused(() => all(size))).toBe(
      `all(${size}): a set holds 0 to 30 members of a family, not ${size}`,
    );
  });

  test("A2: up to the limit sets are what they are said to be", () => {
    for (let size = 0; size <= 30; size++) {
      let built = 0;
      for (let member = 0; member < size; member++) built = add(built, member);
      expect(all(size)).toBe(built);
      for (let member = 0; member < 30; member++) expect(has(built, member)).toBe(member < size);
      expect(del(built, Math.max(0, size - 1))).toBe(all(Math.max(0, size - 1)));
    }
  });

  test.each([
    ["the action act", { args: { v: [] } }],
    ["the property p", { properties: [{ id: "p", args: { v: [] } }] }],
  ] as const)("A2: an empty list leaves nothing to do or ask: %s", (what, asked) => {
    expect(refused(() => posed(asked))).toBe(
      "it ranges over an empty list, so that nothing would ever be done or asked: give it a value, or leave out what has it\n" +
        `  in the argument v of ${what}`,
    );
  });

  test("A2: a value that is in a list twice", () => {
    expect(refused(() => posed({ args: { v: [1, 2, 1] } }))).toContain("a list that has 1 twice");
  });
});

describe("B5: mistakes in scopes and sizes are errors of the model", () => {
  const sets = record({ x: int(0, 1), deep: record({ mask: vector("vcpu", set("irq")) }) });
  test.each([
    [
      { vcpu: 2, irq: 31 },
      /^the family "irq" has 31 members: a set holds at most 30.*\n {2}in the field deep\.mask of the state$/,
    ],
    [
      { vcpu: 65, irq: 2 },
      /^the scope gives the family "vcpu" the size 65: a family has 1 to 64 members\n.*deep\.mask/,
    ],
    [{ vcpu: 0, irq: 2 }, /the size 0: a family has 1 to 64/],
    [{ vcpu: 1.5, irq: 2 }, /the size 1\.5: a family has 1 to 64/],
    [
      { vcpus: 2, irq: 2 },
      /no size for the family "vcpu" \(did you mean "vcpus"\?\): write its number of members there, as in \{ "vcpu": 2 \}/,
    ],
  ] as const)("B5: %j", (scope, why) => {
    expect(refused(() => posed({ state: sets, scope }))).toMatch(why);
  });

  test("B5: families of arguments", () => {
    expect(refused(() => posed({ args: { v: "cpu" } }))).toContain('no size for the family "cpu"');
    expect(refused(() => posed({ args: { v: "cpu" } }))).toContain("in the argument v of the action act");
    expect(refused(() => posed({ properties: [{ id: "p", args: { v: "cpu" } }] }))).toContain(
      "in the argument v of the property p",
    );
  });

  test("B5: they end a command with exit code 2, and ask for no report", async () => {
    const sick = (build: () => never) => ({ ...counter(), build });
    for (const build of [
      () => posed({ state: sets, scope: { vcpu: 2, irq: 31 } }) as never,
      () => posed({ args: { v: "cpu" } }) as never,
      () => int(3, 1) as never,
      () => add(0, 31) as never,
    ]) {
      const { code, stderr } = await run("explore", {}, { ...catalogue, scenarios: [sick(build)] });
      expect([code, stderr.includes("report")]).toEqual([2, false]);
    }
  });
});

describe("B4: names that every object has", () => {
  const hostile = ["constructor", "toString", "__proto__", "hasOwnProperty", "valueOf"];

  test.each(hostile)(
    "B4: a family called %s, with symmetry on it, on another, and within switches",
    async (family) => {
      const problem = problemOf<{ on: readonly number[]; other: readonly number[]; at: number }>(
        {
          name: "families",
          state: record({
            on: vector(family, int(0, 1)),
            other: vector("cpu", int(0, 1)),
            at: index(family),
          }),
          init: () => [0, 1].map((at) => ({ on: [0, 0], other: [0, 0], at })),
          actions: [
            {
              name: "on",
              actor: () => "A",
              args: { [family]: family },
              guard: (s, args) => s.on[Number(args[family])] === 0,
              effect: (d, args) => {
                (d.on as Record<number, number>)[Number(args[family])] = 1;
                d.at = Number(args[family]);
              },
            },
            {
              name: "other",
              actor: () => "B",
              args: { c: "cpu" },
              guard: (s, { c }) => s.other[Number(c)] === 0,
              effect: (d, { c }) => {
                (d.other as Record<number, number>)[Number(c)] = 1;
              },
            },
          ],
        },
        Object.fromEntries([
          [family, 2],
          ["cpu", 2],
        ]),
      );
      const { states } = await exploreReference(problem);
      for (const explore of [exploreFast, withinSwitches(exploreFast, 9)])
        expect((await explore(problem)).states).toBe(states);
      for (const families of [[family], ["cpu"], [family, "cpu"]]) {
        const fast = await exploreFast(withSymmetry(problem, families));
        const slow = await exploreReference(withSymmetry(problem, families));
        expect(fast.states).toBe(slow.states);
        expect(fast.states).toBeLessThan(states);
      }
      expect(refused(() => posed({ args: { v: family }, scope: {} }))).toContain(
        `the scope gives no size for the family "${family}"`,
      );
    },
  );

  test.each(hostile.filter((name) => name !== "__proto__"))("B4: a field called %s", async (name) => {
    const problem = posed({ state: record({ [name]: int(0, 1) }), start: { [name]: 1 } });
    expect((await exploreFast(problem)).state(0)).toEqual({ [name]: 1 });
    expect((await exploreReference(problem)).states).toBe(1);
    const absent = posed({ state: record({ [name]: int(0, 1) }), start: {} });
    await expect(exploreFast(absent)).rejects.toThrow(`${name} = undefined is outside int(0, 1)`);
  });

  test("B4: a field called __proto__ is refused", () => {
    const state = record(Object.fromEntries([["__proto__", int(0, 1)]]));
    expect(refused(() => posed({ state }))).toBe(
      'a field of the state is called "__proto__": call it otherwise',
    );
  });

  test.each(hostile)("B4: %s on the command line is a name like any other", async (name) => {
    const options = [{ name: "order", about: "-", source: "-", values: ["a", "b"] }];
    const scenario = { ...counter(), axes: { design: ["d"], guest: ["g"] }, options };
    const odd = {
      ...counter(),
      name: "oracle/odd",
      options: [{ name, about: "-", source: "-", values: [name, "b"] }],
    };
    const scenarios = [scenario, odd];
    const of = (line: string) => run(line, {}, { ...catalogue, scenarios });
    for (const line of [
      `explore --set ${name}=x`,
      `explore --set order=${name}`,
      `explore --scenario ${name}`,
      `explore --design ${name}`,
      `explore --guest ${name}`,
      `explore --property ${name}`,
      `explore --symmetry ${name}`,
      `list ${name}`,
      `claims ${name}`,
      `replay ${name}`,
    ]) {
      const { code, stderr } = await of(line);
      expect([line, code, stderr.includes("please report")]).toEqual([line, 2, false]);
      expect(stderr).toContain(name);
    }
    const { code, stdout } = await of(`explore --scenario oracle/odd --set ${name}=b --json`);
    expect(code).toBe(0);
    expect(Object.entries((JSON.parse(stdout) as { options: object }).options)).toEqual([[name, "b"]]);
  });
});

describe("B15: names that could not be told apart or written in a trace", () => {
  const unfit = ["a:b", "a b", "a\tb", "a\nb", "a\u0000b", "a\u200bb", "", " "];
  const rule = "a name is a text with no blank, no colon and no control character, and not empty";

  test.each(unfit)("B15: %j", (name) => {
    const quoted = JSON.stringify(name);
    const world = counter();
    const option = { name: "o", about: "-", source: "-", values: ["x"] };
    for (const ask of [
      () => posed({ name }),
      () => posed({ properties: [{ id: name }] }),
      () => posed({ args: { [name]: [1] } }),
      () => posed({ state: record({ x: vector(name, int(0, 1)) }), scope: { [name]: 2 } }),
      () => shelve({ ...world, name }),
      () => shelve({ ...world, start: name }),
      () => shelve({ ...world, axes: { design: [name] } }),
      () => shelve({ ...world, scope: { [name]: 1 } }),
      () => shelve({ ...world, options: [{ ...option, name }] }),
      () => shelve({ ...world, options: [{ ...option, values: ["x", name] }] }),
    ]) {
      expect(refused(ask)).toContain(`called ${quoted}`);
      expect(refused(ask)).toContain(rule);
    }
  });

  test("B15: two of one name", () => {
    const p = { id: "p" };
    expect(refused(() => posed({ properties: [p, p] }))).toBe(
      "the question has two properties called p: call one of them otherwise",
    );
    const world = counter();
    const option = { name: "o", about: "-", source: "-", values: ["x", "y"] };
    const twice = (changes: object): string => refused(() => shelve({ ...world, ...changes }));
    expect(twice({ axes: { design: ["a", "a"] } })).toContain("two designs called a");
    expect(twice({ axes: { guest: ["a", "a"] } })).toContain("two guests called a");
    expect(twice({ options: [option, option] })).toContain("two options called o");
    expect(twice({ options: [{ ...option, values: ["x", "x"] }] })).toContain("two values called x");
    expect(twice({ options: [{ ...option, name: "a=b" }] })).toContain('has "a=b" for a name or value');
    expect(twice({ options: [{ ...option, values: ["a,b"] }] })).toContain('has "a,b" for a name or value');
    expect(twice({ axes: { design: ["a"] }, options: [{ ...option, name: "design" }] })).toContain(
      "called as something else is",
    );
  });
});
