import { describe, expect, test } from "vitest";
import { chosenPairs, everyChosen } from "../../src/model/axis.ts";
import { catalogueOf, type Catalogue } from "../../src/catalogue/catalogue.ts";
import { choiceOf } from "../../src/catalogue/choice.ts";
import { handleText, parseHandle } from "../../src/catalogue/handle.ts";
import { shelve } from "../../src/catalogue/scenario.ts";
import { worldFlags } from "../../src/report/command-line.ts";
import { worldText } from "../../src/catalogue/size.ts";
import { catalogue, run } from "../fixtures/io.ts";
import { counter } from "../fixtures/counter.ts";
import { posting } from "../fixtures/posting.ts";

/** The fixture's catalogue with one axis more. */
const kernel = { name: "kernel", plural: "kernels", about: "the kernel to explore it in" };
const wider = await catalogueOf({
  ...catalogue,
  axes: [...(catalogue.axes ?? []), kernel],
  scenarios: [
    shelve({
      ...posting,
      axes: { ...posting.axes, kernel: ["7.1", "6.14"] },
      expected: [
        {
          property: "posted-interrupt-never-missed",
          where: { kernel: "6.14" },
          verdict: "violated",
          because: "it is old",
        },
        ...posting.expected,
      ],
    }),
    counter(),
  ],
})();

const [scenario, plain] = wider.scenarios;
const { axes = [] } = wider;
const valuesOf = (name: string): readonly string[] => scenario.axes?.[name] ?? [];
const ask = (line: string, of: Catalogue = wider) => run(line, {}, of);

describe.each(axes.map((axis) => [axis.name, axis] as const))("the axis %s", (name, { plural }) => {
  test("is a flag that chooses, and is written back", async () => {
    const value = valuesOf(name).at(-1);
    const choice = choiceOf(scenario, { [name]: value });
    expect(choice[name]).toBe(value);
    expect(worldFlags(scenario, choice)).toContain(` --${name} ${value}`);
    for (const command of ["explore", "simulate --seed 1 --runs 1"]) {
      const { stdout } = await ask(`${command} --${name} ${value} --json`);
      expect(JSON.parse(stdout)).toMatchObject({ [name]: value });
      expect((await ask(`${command.split(" ")[0]} --help`)).stdout).toContain(`--${name} <name>`);
    }
  });

  test("is refused a value that it has not, with the nearest", async () => {
    const [value] = valuesOf(name);
    const { code, stderr } = await ask(`explore --${name} ${value}x`);
    expect(code).toBe(2);
    expect(stderr).toContain(`did you mean "${value}"?`);
  });

  test("is refused where a world has none, and is null there", async () => {
    const { code, stderr } = await ask(`explore --scenario ${plain.name} --${name} x`);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: `apicv-check: ${plain.name} has no ${name} to choose: leave out --${name} x\n`,
    });
    const { stdout } = await ask(`explore --scenario ${plain.name} --json`);
    expect(JSON.parse(stdout)).toMatchObject({ [name]: null });
  });

  test("has its values listed and explained", async () => {
    const [value] = valuesOf(name);
    expect((await ask(`list ${plural}`)).stdout).toContain(value);
    expect((await ask("list --help")).stdout).toContain(plural);
    expect((await ask(`explain ${value}`)).stdout).toContain(`${name} ${value}`);
    const { scenarios } = JSON.parse((await ask("list scenarios --json")).stdout) as {
      readonly scenarios: readonly Readonly<Record<string, unknown>>[];
    };
    expect(scenarios.map((one) => one[plural])).toEqual([valuesOf(name), []]);
  });

  test("decides which expectation counts, case by case", async () => {
    const { stdout } = await ask(`check ${scenario.name} --json`);
    const { checks } = JSON.parse(stdout) as {
      readonly checks: readonly Readonly<Record<string, unknown>>[];
    };
    expect(new Set(checks.map((one) => one[name]))).toEqual(new Set(valuesOf(name)));
  });
});

test("an expectation of one value on an axis counts there alone", async () => {
  const expected = async (value: string): Promise<unknown> => {
    const { stdout } = await ask(`explore --kernel ${value} --json`);
    const { properties } = JSON.parse(stdout) as { readonly properties: readonly { expected: unknown }[] };
    return properties[0].expected;
  };
  expect([await expected("7.1"), await expected("6.14")]).toEqual(["holds", "violated"]);
});

test("a trace has a value for each axis, in their order, and is read again", async () => {
  const choice = choiceOf(scenario, { kernel: "6.14" });
  expect(worldText(scenario, choice)).toBe(`${scenario.name}:mode-first:vmx:6.14`);
  expect(chosenPairs(choice)).toEqual([
    ["design", "mode-first"],
    ["guest", "vmx"],
    ["kernel", "6.14"],
  ]);
  const [property] = scenario.properties;
  const handle = { scenario, choice, version: "0a1b2c", property, schedule: "-" };
  expect(parseHandle(handleText(handle), wider.scenarios)).toEqual(handle);
  expect((await ask(`replay ${scenario.name}:x`)).stderr).toContain(
    "copy all of scenario:design:guest:kernel:version:property:schedule from the report",
  );
});

test("worlds are compared along the first axis, and the others are flags", async () => {
  const { code, stdout } = await ask("compare mode-first sync-first --kernel 7.1 --json");
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    guest: "vmx",
    kernel: "7.1",
    designs: ["mode-first", "sync-first"],
    searches: [{ design: "mode-first" }, { design: "sync-first" }],
  });
  const kernels = { ...wider, axes: [kernel] };
  const only = { ...scenario, axes: { kernel: valuesOf("kernel") }, expected: [] };
  const other = await ask("compare 7.1 6.14 --json", { ...kernels, scenarios: [only] });
  expect(JSON.parse(other.stdout)).toMatchObject({
    kernels: ["7.1", "6.14"],
    differences: [{ kernel: "6.14", against: "7.1" }],
  });
  expect((await ask("compare --help", kernels)).stdout).toContain("say where kernels differ");
});

test("a catalogue without axes knows of none", async () => {
  const bare = await catalogueOf({ scenarios: [counter()] })();
  const { stdout } = await ask("explore --json", bare);
  expect(Object.keys(JSON.parse(stdout) as object)).not.toContain("design");
  for (const help of ["explore --help", "compare --help", "claims --help", "list --help", "explain --help"])
    expect((await ask(help, bare)).stdout).not.toMatch(/design|guest/);
  const refusals = [
    ["explore --design x", "unknown option '--design'"],
    ["list designs", 'unknown kind "designs"'],
    ["compare a b", "this catalogue names no axis to compare worlds along"],
  ];
  for (const [line, message] of refusals) {
    const { code, stderr } = await ask(line, bare);
    expect([line, code]).toEqual([line, 2]);
    expect(stderr).toContain(message);
  }
});

test("what no flag, trace or expectation could be written with is refused", () => {
  const named = (...axes: readonly { readonly name: string; readonly plural: string }[]) =>
    catalogueOf({ scenarios: [], axes: axes.map((axis) => ({ ...axis, about: "" })) });
  const [design, guest] = [
    { name: "design", plural: "designs" },
    { name: "guest", plural: "guests" },
  ];
  expect(() => named(design, guest)).not.toThrow();
  expect(() => named(design, design)).toThrow(/design/);
  expect(() => named(design, { ...guest, plural: "designs" })).toThrow(/designs/);
  expect(() => named({ ...design, name: "set" })).toThrow(/the axis set of the catalogue is called as/);
  expect(() => named({ ...design, name: "two words" })).toThrow(/it takes a word in small letters/);
  const [scenarios, one] = [catalogue.scenarios, [{ ...design, about: "" }]];
  expect(() => catalogueOf({ scenarios, axes: one })).toThrow(/unknown axis "guest"/);
  const option = { name: "kernel", about: "", source: "", values: ["a"] };
  const clashing = { ...counter(), options: [option] };
  expect(() => catalogueOf({ scenarios: [clashing], axes: [kernel] })).toThrow(
    /the option kernel of oracle\/counter is called as something else is/,
  );
});

test("every choice is made once, the last axis fastest, and none on an axis without values", () => {
  const values = { design: ["d1", "d2"], guest: ["g1", "g2"] };
  expect(everyChosen(values)).toEqual([
    { design: "d1", guest: "g1" },
    { design: "d1", guest: "g2" },
    { design: "d2", guest: "g1" },
    { design: "d2", guest: "g2" },
  ]);
  expect(everyChosen({ design: ["d"], guest: [] })).toEqual([{ design: "d" }]);
  expect(everyChosen({})).toEqual([{}]);
  expect(everyChosen(values, (axis, all) => (axis === "guest" ? [] : all))).toEqual([]);
});
