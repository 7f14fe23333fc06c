import { describe, expect, test } from "vitest";
import { AXES, chosenPairs, everyChosen } from "../../src/model/axis.ts";
import { choiceOf } from "../../src/catalogue/choice.ts";
import { worldFlags } from "../../src/report/command-line.ts";
import { worldText } from "../../src/catalogue/size.ts";
import { catalogue, run } from "../fixtures/io.ts";

const [scenario] = catalogue.scenarios;
const last = (values: readonly string[]): string => values[values.length - 1];

describe.each(AXES.map((axis) => [axis.name, axis] as const))("the axis %s", (name, { plural }) => {
  test("is a flag that chooses, and is written back", async () => {
    const value = last(scenario[plural]);
    const choice = choiceOf(scenario, { [name]: value });
    expect(choice[name]).toBe(value);
    expect(worldFlags(scenario, choice)).toContain(` --${name} ${value}`);
    const { stdout } = await run(`explore --${name} ${value} --json`);
    expect(JSON.parse(stdout)).toMatchObject({ [name]: value });
    for (const command of ["explore", "simulate"])
      expect((await run(`${command} --help`)).stdout).toContain(`--${name} <name>`);
  });

  test("is refused a value that it has not, with the nearest", async () => {
    const [value] = scenario[plural];
    const { code, stderr } = await run(`explore --${name} ${value}x`);
    expect(code).toBe(2);
    expect(stderr).toContain(`did you mean "${value}"?`);
  });

  test("has its values listed and explained", async () => {
    const [value] = scenario[plural];
    expect((await run(`list ${plural}`)).stdout).toContain(value);
    expect((await run(`explain ${value}`)).stdout).toContain(`${name} ${value}`);
  });
});

test("a trace has a value for each axis, in their order", () => {
  const choice = choiceOf(scenario, {});
  const values = AXES.map(({ plural }) => scenario[plural][0]);
  expect(worldText(scenario, choice)).toBe([scenario.name, ...values].join(":"));
  expect(chosenPairs(choice)).toEqual(AXES.map(({ name }, i) => [name, values[i]]));
});

test("every choice is made once, the last axis fastest, and none on an axis without values", () => {
  expect(everyChosen(({ name }) => [`${name}1`, `${name}2`])).toEqual([
    { design: "design1", guest: "guest1" },
    { design: "design1", guest: "guest2" },
    { design: "design2", guest: "guest1" },
    { design: "design2", guest: "guest2" },
  ]);
  expect(everyChosen(({ name }) => (name === "guest" ? undefined : ["d"]))).toEqual([{ design: "d" }]);
  expect(everyChosen(() => undefined)).toEqual([{}]);
});
