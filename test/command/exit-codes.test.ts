import { describe, expect, test } from "vitest";
import { shelve, type AnyScenario } from "#check";
import { afterHundred, below, counter, reaches, rises } from "../fixtures/counter.ts";
import { catalogue, fakeIo, run, type Ran } from "../fixtures/io.ts";
import { posting } from "../fixtures/posting.ts";

const only = (scenario: AnyScenario) => ({ ...catalogue, scenarios: [scenario] });
const explore = (scenario: AnyScenario, flags = "", io: Parameters<typeof run>[1] = {}): Promise<Ran> =>
  run(`explore ${flags}`, io, only(scenario));

describe("0: every verdict as expected", () => {
  test("a complete search that finds what is expected", async () => {
    for (const line of [
      "explore",
      "explore --design sync-first",
      "explore --set notification=none --guest td",
    ])
      expect(await run(line)).toMatchObject({ code: 0, stderr: "" });
  });

  test("a bound that was asked for, said in words", async () => {
    const { code, stdout } = await run("explore --depth 3");
    expect(code).toBe(0);
    expect(stdout).toContain("holds-to-bound: within depth 3");
    expect(stdout.replaceAll("\n", " ")).toContain("deeper behaviour was not looked at");
  });

  test("a depth that the model never uses up is no bound", async () => {
    const { stdout } = await explore(counter({ properties: [below(9)] }), "--depth 6");
    expect(stdout).toContain("below-9  holds: complete search, in all 6 states");
  });

  test("a limit that is never reached does not count", async () => {
    const { code, stdout } = await run(
      "explore --max-states 521 --time-limit 1h --max-memory 900M --require-complete",
    );
    expect(code).toBe(0);
    expect(stdout).toContain("Complete: every state");
  });
});

describe("1: a verdict other than expected", () => {
  const broken = { property: "below-3", verdict: "violated" } as const;

  test("a violation where the property should hold", async () => {
    const scenario = counter({
      properties: [below(3)],
      expected: [{ property: "below-3", verdict: "holds" }],
    });
    const { code, stdout } = await explore(scenario);
    expect(code).toBe(1);
    expect(stdout).toContain("below-3  violated after 3 steps, UNEXPECTED: holds was expected");
    expect((await explore(scenario, "--depth 2")).code).toBe(0);
    expect((await explore(scenario, "--depth 3")).code).toBe(1);
  });

  test("a known violation that no longer occurs in the complete search", async () => {
    const scenario = counter({ last: 2, properties: [below(3)], expected: [broken] });
    expect((await explore(scenario)).code).toBe(1);
    expect((await explore(scenario, "--depth 1")).code).toBe(0);
  });

  test("a vacuous property that should hold", async () => {
    const expected = [{ property: "after-hundred", verdict: "holds" } as const];
    const { code, stdout } = await explore(counter({ properties: [afterHundred], expected }));
    expect(code).toBe(1);
    expect(stdout.replaceAll(/\n\s+/g, " ")).toContain(
      "its antecedent never occurs in the complete search, UNEXPECTED",
    );
  });

  test("what should be reached but never is", async () => {
    const expected = [{ property: "reaches-9", verdict: "witnessed" } as const];
    const scenario = counter({ properties: [reaches(9)], expected });
    expect((await explore(scenario)).code).toBe(1);
    expect((await explore(scenario)).stdout).toContain("violated: never reached in the complete search");
    expect((await explore(scenario, "--depth 2")).code).toBe(0);
  });

  test("three of five properties are violated: each gets its verdict and its run", async () => {
    const properties = [below(2), below(9), below(4), rises, below(3)];
    const expected = properties.map(({ id }) => ({ property: id, verdict: "holds" as const }));
    const { code, stdout } = await explore(counter({ properties, expected }));
    expect(code).toBe(1);
    expect(stdout.match(/UNEXPECTED/g)).toHaveLength(3);
    expect(stdout.match(/apicv-check replay/g)).toHaveLength(3);
  });

  test("with --strict any violation", async () => {
    const scenario = counter({ properties: [below(3)], expected: [broken] });
    expect((await explore(scenario)).code).toBe(0);
    expect((await explore(scenario, "--strict")).code).toBe(1);
    expect((await explore(counter({ properties: [below(3)] }), "--strict")).code).toBe(1);
    expect((await explore(counter({ properties: [below(9)] }), "--strict")).code).toBe(0);
  });

  test("an unexpected violation outweighs a limit", async () => {
    const expected = [{ property: "below-3", verdict: "holds" } as const];
    const scenario = counter({ last: 900, properties: [below(3), below(999)], expected });
    expect((await explore(scenario, "--max-states 10")).code).toBe(1);
  });
});

describe("3: stopped at a limit", () => {
  const long = counter({ last: 900, properties: [below(999)] });

  test("states", async () => {
    const { code, stdout } = await explore(long, "--max-states 10");
    expect(code).toBe(3);
    expect(stdout).toContain("below-999  unknown: stopped at the states limit, no violation in the part");
    expect(stdout).toContain("INCOMPLETE: stopped at the limit of 10 states; raise --max-states");
  });

  test("time", async () => {
    let clock = 0;
    const { code, stdout } = await explore(long, "--reference --time-limit 1s", {
      now: () => (clock += 400),
    });
    expect(code).toBe(3);
    expect(stdout).toContain("INCOMPLETE: stopped at the time limit");
  });

  test("memory, of the process, of the system, of the heap", async () => {
    const { memory } = fakeIo();
    let clock = 0;
    let resident = memory.resident;
    const growing = { memory: () => ({ ...memory, resident: (resident += 20 * 2 ** 20) }) };
    const grown = await explore(long, "--reference --max-memory 170M", {
      ...growing,
      now: () => (clock += 100),
    });
    expect(grown.code).toBe(3);
    expect(grown.stdout.replaceAll("\n", " ")).toMatch(
      /stopped at the memory limit with \d+ states? not expanded/,
    );
    const worlds = [
      { ...memory, resident: memory.residentLimit + 1 },
      { ...memory, heap: memory.heapLimit * 0.9 },
    ];
    for (const world of worlds) {
      const { code, stdout } = await explore(long, "", { memory: () => world });
      expect(code).toBe(3);
      expect(stdout).toContain("INCOMPLETE: stopped at the memory limit");
    }
  });

  test("a heap full of garbage only is collected, not given up", async () => {
    const { memory } = fakeIo();
    const io = {
      memory: (collect?: boolean) => (collect ? memory : { ...memory, heap: memory.heapLimit * 0.9 }),
    };
    expect((await explore(long, "", io)).code).toBe(0);
  });

  test("not where every verdict was reached before", async () => {
    const expected = [{ property: "below-3", verdict: "violated" } as const];
    const scenario = counter({ last: 900, properties: [below(3), reaches(4)], expected });
    expect((await explore(scenario, "--max-states 10")).code).toBe(0);
  });

  test("--require-complete and not complete", async () => {
    expect((await run("explore --depth 3 --require-complete")).code).toBe(3);
    expect((await run("explore --design sync-first --fail-fast")).code).toBe(0);
    expect((await run("explore --design sync-first --fail-fast --require-complete")).code).toBe(3);
  });
});

describe("130: interrupted", () => {
  const interrupting = {
    onInterrupt: (stop: () => void) => {
      stop();
      return () => undefined;
    },
  };

  test("what was found is printed and marked incomplete", async () => {
    const scenario = counter({ last: 900, properties: [below(1), below(999)] });
    const { code, stdout } = await explore(scenario, "--reference", interrupting);
    expect(code).toBe(130);
    expect(stdout).toContain("below-1    violated after 1 step");
    expect(stdout).toContain("below-999  unknown: interrupted");
    expect(stdout).toContain("INCOMPLETE: interrupted");
    const json: unknown = JSON.parse((await explore(scenario, "--json --reference", interrupting)).stdout);
    expect(json).toMatchObject({ stop: "interrupted", complete: false });
  });
});

describe("not-applicable", () => {
  test("a property that says nothing of a design is not checked there", async () => {
    const expected = [
      { property: "below-3", verdict: "not-applicable", because: "no counter here" } as const,
    ];
    const { code, stdout } = await explore(counter({ properties: [below(3)], expected }), "--strict");
    expect(code).toBe(0);
    expect(stdout).toContain("below-3  not-applicable: no counter here");
    const refusing = await explore(counter({ start: [], properties: [below(3)], expected }));
    expect(refusing.code).toBe(0);
    expect(refusing.stdout).toContain("Nothing to explore");
  });
});

describe("2 and 70: no verdict", () => {
  test("an exception in guard, recipe or property is one message with the run to it", async () => {
    const boom = (): never => {
      throw new Error("boom");
    };
    const property = { ...below(9), holds: ({ n }: { readonly n: number }) => n < 3 || boom() };
    const broken = [
      { scenario: counter({ guard: ({ n }) => n < 3 || boom() }), text: "COUNT" },
      { scenario: counter({ effect: (d) => (d.n < 2 ? void (d.n += 1) : boom()) }), text: "COUNT" },
      { scenario: counter({ properties: [property] }), text: "property below-9" },
      {
        scenario: counter({ guard: () => true, effect: (d) => void (d.n += 3000) }),
        text: "n = 6000 is outside int(0, 5000)",
      },
    ];
    for (const { scenario, text } of broken)
      for (const flags of ["", "--reference"]) {
        const { code, stdout, stderr } = await explore(scenario, flags);
        expect(code).toBe(2);
        expect(stdout).toBe("");
        expect(stderr).toContain(text);
        expect(stderr).toMatch(/COUNT, reached by (COUNT|no step)/);
        expect(stderr).not.toMatch(/^\s+at /m);
      }
  });

  test("nothing to explore is an error, not a verdict", async () => {
    expect(await explore(counter({ start: [] }))).toMatchObject({ code: 2, stdout: "" });
    expect(await explore(counter({ actions: [] }))).toMatchObject({ code: 2, stdout: "" });
    expect(await run("explore", {}, { ...catalogue, scenarios: [] })).toMatchObject({ code: 2, stdout: "" });
  });

  test("an error of the program itself is said to be one", async () => {
    const scenario = shelve({
      ...posting,
      build: () => {
        throw new TypeError("cannot read that");
      },
    });
    const { code, stderr } = await explore(scenario);
    expect(code).toBe(70);
    expect(stderr).toContain("apicv-check: internal error: cannot read that");
    expect(stderr).not.toMatch(/^\s+at /m);
    expect((await explore(scenario, "", { env: { APICV_CHECK_DEBUG: "1" } })).stderr).toMatch(/^\s+at /m);
  });
});
