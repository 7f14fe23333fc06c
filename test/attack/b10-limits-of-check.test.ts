import { describe, expect, test } from "vitest";
import { problemOf, shelve, type Problem } from "#check";
import { simulate } from "../../src/simulate/simulate.ts";
import { below, counter } from "../fixtures/counter.ts";
import { catalogue, run } from "../fixtures/io.ts";

/** A catalogue of many scenarios, to build each of which takes `takes` on a clock. */
const slow = (takes: () => void) => {
  const built: string[] = [];
  const scenarios = Array.from({ length: 50 }, (_, i) => {
    const one = counter({ properties: [below(9)] });
    return shelve({
      ...one,
      name: `oracle/counter-${i}`,
      build: (choice) => {
        built.push(`oracle/counter-${i}`);
        takes();
        return one.build(choice);
      },
    });
  });
  return { built, from: { ...catalogue, scenarios } };
};

describe("B10: clock and signals are looked at while cases are built", () => {
  test("a limit of time ends the building of models", async () => {
    let clock = 0;
    const { built, from } = slow(() => (clock += 400));
    const { code, stdout } = await run("check --shard 50/50 --time-limit 1s", { now: () => clock }, from);
    expect(code).toBe(3);
    // Three models take more than the second there is.
    expect(built).toHaveLength(3);
    expect(stdout.replaceAll(/\s+/g, " ")).toContain("47 more scenarios not begun");
    expect(stdout).toContain("INCOMPLETE: stopped at the time limit");
  });

  test("an interrupt does", async () => {
    let clock = 0;
    let stop = (): void => undefined;
    const { built, from } = slow(() => {
      clock += 100;
      if (built.length === 4) stop();
    });
    const io = {
      now: () => clock,
      onInterrupt: (then: () => void) => {
        stop = then;
        return () => undefined;
      },
    };
    const { code, stdout } = await run("check --shard 50/50 --json", io, from);
    expect(code).toBe(130);
    expect(built).toHaveLength(4);
    expect(JSON.parse(stdout)).toMatchObject({
      stop: "interrupted",
      complete: false,
      scenariosNotBegun: 46,
    });
  });

  test("models are built as they are searched, and a case is told before the last is built", async () => {
    let told = "";
    let before = -1;
    const { built, from } = slow(() => {
      if (before < 0 && told.includes(" Ok")) before = built.length;
    });
    const { code } = await run(
      "check",
      { stdout: { isTTY: false, write: (text) => void (told += text) } },
      from,
    );
    expect(code).toBe(0);
    expect(before).toBe(2);
  });
});

describe("B10: clock and signals are looked at within a walk, and while its run is shrunk", () => {
  const counting = (below: Parameters<typeof counter>[0]): Problem<unknown> => {
    const { build, scope, properties } = counter(below);
    const { model, start } = build({ options: {} });
    return problemOf(model, scope, properties, start);
  };
  const plan = { runs: 1, depth: 5000, seed: 1, schedule: { kind: "uniform" } as const };
  /** Says to stop at the look of that number. */
  const stopAt = (look: number) => {
    let looks = 0;
    return {
      looks: () => looks,
      stopped: async () => (++looks >= look ? ("interrupted" as const) : undefined),
    };
  };

  test("a long walk ends on its way", async () => {
    const problem = counting({ last: 5000, properties: [below(4999)] });
    const { walks, steps, stop } = await simulate(problem, plan, stopAt(3).stopped);
    expect({ walks, stop }).toEqual({ walks: 0, stop: "interrupted" });
    expect(steps).toBeGreaterThan(0);
    expect(steps).toBeLessThan(5000);
  });

  test("what a walk found is kept, as short as it is by then", async () => {
    // Ten steps there and back for each that counts: there is much to leave out.
    const problem = counting({
      guard: () => true,
      effect: (d) => void (d.n = (d.n + 1) % 700),
      properties: [below(600)],
    });
    const { looks, stopped } = stopAt(20);
    const { sightings } = await simulate(problem, plan, stopped);
    expect(sightings[0].path?.steps).toHaveLength(600);
    // Told to stop it tries only a few more.
    expect(looks()).toBeLessThan(60);
  });
});
