import { expect, test } from "vitest";
import { answer } from "../../src/catalogue/answer.ts";
import { scenarios } from "../../scenarios/index.ts";
import { unchanged } from "./unchanged.ts";

test.each([
  ["kvm/timer", 2900],
  ["oracle/die-hard", 16],
])(
  "a file without changes gives the version, states, transitions and verdicts of %s",
  async (name, states) => {
    const world = scenarios.find((one) => one.name === name)!;
    const [is, was] = await Promise.all([unchanged(world), world].map((scenario) => answer(scenario)));
    expect(was.exploration.states).toBe(states);
    expect(is.version).toBe(was.version);
    for (const key of ["states", "transitions", "levels"] as const)
      expect(is.exploration[key]).toEqual(was.exploration[key]);
    expect(is.properties.map(({ verdict }) => verdict)).toEqual(was.properties.map(({ verdict }) => verdict));
  },
);
