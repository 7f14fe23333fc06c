import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { problemOf, replay, shelve, type AnyScenario } from "#check";
import { handleText, parseHandle } from "../../src/catalogue/handle.ts";
import { pathOf, scheduleOf } from "../../src/check/schedule.ts";
import { versionOf } from "../../src/check/model-version.ts";
import { choiceOf, settingsOf } from "../../src/catalogue/choice.ts";
import { counter } from "../fixtures/counter.ts";
import { posting } from "../fixtures/posting.ts";

const scenario = shelve(posting);
const problem = problemOf(posting.build(choiceOf(scenario, {})).model, posting.scope, posting.properties);

describe("schedules", () => {
  /** A random run: at each state some enabled step. */
  const walk = fc.array(fc.nat({ max: 30 }), { maxLength: 30 }).map((picks) => {
    const steps: number[] = [];
    let state = problem.start[0];
    for (const pick of picks) {
      const enabled = problem.steps.filter(({ action, args }) => action.guard(state, args));
      if (enabled.length === 0) break;
      steps.push(enabled[pick % enabled.length].id);
      state = replay(problem, { start: 0, steps }).steps.at(-1)!.after;
    }
    return { start: 0, steps };
  });

  test("a run written as a schedule and read again is the same run", () => {
    fc.assert(
      fc.property(walk, (path) => {
        const schedule = scheduleOf(problem, path, replay(problem, path));
        expect(schedule).toMatch(/^(-|[0-9A-Za-z_,.]+)$/);
        expect(pathOf(problem, schedule)).toEqual(path);
      }),
      { numRuns: 50 },
    );
  });

  test("a run that goes on for ever says where its loop begins, also where there is none", () => {
    fc.assert(
      fc.property(walk, fc.nat({ max: 30 }), (path, at) => {
        const endless = { ...path, loopAt: at % (path.steps.length + 1) };
        const schedule = scheduleOf(problem, endless, replay(problem, endless));
        expect(schedule).toMatch(/^[0-9A-Za-z_,.]*\+[0-9A-Za-z_,.]*$/);
        expect(pathOf(problem, schedule)).toEqual(endless);
      }),
      { numRuns: 50 },
    );
  });

  test("steps alike in a row are counted, and other start states are named", () => {
    const many = counter({
      actions: Array.from({ length: 40 }, (_, i) => `A${i}`),
      start: [{ n: 3 }, { n: 0 }],
    });
    const { model, start } = many.build({ options: {} });
    const wide = problemOf(model, {}, [], start);
    const path = { start: 1, steps: [35, 36, 36, 36, 39] };
    expect(scheduleOf(wide, path, replay(wide, path))).toBe("1@A35.3A36.A39");
    expect(pathOf(wide, "1@A35.3A36.A39")).toEqual(path);
    expect(() => pathOf(wide, "2@-")).toThrow(/no start state 2/);
    expect(() => pathOf(wide, "1000001A1")).toThrow(/at most 1000000 steps, this one 1000001/);
  });

  test("what is no schedule is refused", () => {
    for (const text of [
      "",
      "A",
      "0 0",
      ".3",
      "1@",
      "@0",
      "--",
      "+-",
      "-+",
      "0++",
      "PO0..PO0",
      "0PO0",
      "1@0+0+",
    ])
      expect(() => pathOf(problem, text)).toThrow(/malformed schedule/);
    expect(() => pathOf(problem, "2002")).toThrow(/once had one character for each step/);
    expect(() => pathOf(problem, "PO0.xyz")).toThrow(
      /step 2: no step of this model is called xyz; enabled are /,
    );
  });
});

describe("handles", () => {
  const property = scenario.properties[0];
  const wish = fc.record({
    design: fc.constantFrom(...(posting.axes?.["design"] ?? [])),
    guest: fc.constantFrom(...(posting.axes?.["guest"] ?? [])),
    set: fc.subarray(["notification=none"]),
  });

  test("a handle written and read again names the same run", () => {
    fc.assert(
      fc.property(wish, fc.nat({ max: 3 }), (wished, place) => {
        const handle = {
          scenario,
          choice: choiceOf(scenario, wished),
          version: "0a1b2c",
          property: scenario.properties[place],
          schedule: "c40701",
        };
        expect(parseHandle(handleText(handle), [scenario])).toEqual(handle);
      }),
    );
  });

  test("it leaves out what is default or absent", () => {
    const choice = choiceOf(scenario, {});
    expect(settingsOf(scenario, choice)).toEqual([]);
    expect(handleText({ scenario, choice, version: "0a1b2c", property, schedule: "-" })).toBe(
      "kvm/posting:mode-first:vmx:0a1b2c:pinm:-",
    );
  });

  test("a property whose initials another one has too is written in full", () => {
    const twins: AnyScenario = {
      ...scenario,
      properties: ["a-b-c", "a-big-cat"].map((id) => ({ ...property, id })),
    };
    const written = handleText({
      scenario: twins,
      choice: choiceOf(twins, {}),
      version: "0a1b2c",
      property: twins.properties[1],
      schedule: "-",
    });
    expect(written).toContain(":a-big-cat:");
    expect(parseHandle(written, [twins]).property?.id).toBe("a-big-cat");
    expect(parseHandle(written.replace("a-big-cat", "a-b-c"), [twins]).property?.id).toBe("a-b-c");
  });
});

describe("the version of a model", () => {
  const version = (scenario: AnyScenario): string => {
    const { model, start } = scenario.build(choiceOf(scenario, {}));
    return versionOf(problemOf(model, scenario.scope, scenario.properties, start));
  };

  test("is stable, and changes with the steps and the start", () => {
    expect(version(counter())).toBe(version(counter()));
    expect(version(counter())).toMatch(/^[0-9a-f]{6}$/);
    const others = [counter({ actions: ["COUNTS"] }), counter({ start: [{ n: 1 }] })];
    expect(new Set([counter(), ...others].map(version)).size).toBe(3);
  });
});
