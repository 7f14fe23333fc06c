import { describe, expect, test } from "vitest";
import { propertyOf, shelve, type AnyScenario, type Property } from "#check";
import { below, counter, reaches, rises, type Counter } from "../fixtures/counter.ts";
import { catalogue, run, type Ran } from "../fixtures/io.ts";
import { posting } from "../fixtures/posting.ts";

const { eventually } = propertyOf<Counter>();
const said = { statement: "-" };
const falls = { ...rises, id: "falls", holds: () => false };
const arrives = eventually({ ...said, id: "arrives", fairness: [], holds: ({ n }) => n === 9 });

const asked = (line: string, scenario: AnyScenario): Promise<Ran> =>
  run(line, {}, { ...catalogue, scenarios: [scenario] });
const unwrapped = ({ stdout }: Ran): string => stdout.replaceAll(/\s+/g, " ");

/** A violation of each kind of property, none of them recorded. */
const kinds: readonly (readonly [string, Property<Counter>])[] = [
  ["an invariant", below(3)],
  ["a property of steps", falls],
  ["what is never reached", reaches(9)],
  ["a liveness property", arrives],
];

describe("A4: a violation that nobody recorded is exit 1, and is said to be unrecorded", () => {
  test.for(kinds)("%s", async ([, property]) => {
    const scenario = counter({ properties: [property] });
    const explored = await asked("explore", scenario);
    expect(explored.code).toBe(1);
    expect(unwrapped(explored)).toMatch(/ violated:? .*, not recorded: nothing is expected of it here/);
    expect(unwrapped(explored)).toContain(
      `recorded in the "expected" of oracle/counter: { "property": "${property.id}", "verdict": "violated"`,
    );
    const json: unknown = JSON.parse((await asked("explore --json", scenario)).stdout);
    expect(json).toMatchObject({
      properties: [
        {
          verdict: "violated",
          expected: null,
          asExpected: false,
          because: expect.stringContaining("violated, not recorded") as string,
        },
      ],
    });
    const checked = await asked("check", scenario);
    expect(checked.code).toBe(1);
    expect(unwrapped(checked)).toMatch(/ No .* not recorded/);
    expect(unwrapped(checked)).toContain('in the "expected" of oracle/counter');
  });

  test("unless it is allowed, or recorded", async () => {
    for (const [, property] of kinds) {
      const scenario = counter({ properties: [property] });
      expect((await asked("explore --allow-unrecorded", scenario)).code).toBe(0);
      expect((await asked("explore --allow-unrecorded --strict", scenario)).code).toBe(1);
      const known = { property: property.id, verdict: "violated" } as const;
      const recorded = counter({ properties: [property], expected: [known] });
      expect((await asked("explore", recorded)).code).toBe(0);
      expect((await asked("check", recorded)).code).toBe(0);
      const otherwise = { property: property.id, verdict: "holds" } as const;
      const wrong = counter({ properties: [property], expected: [otherwise] });
      expect((await asked("explore --allow-unrecorded", wrong)).code).toBe(1);
    }
  });

  test("of options for which nothing is expected; the row to be recorded names them", async () => {
    const silent = shelve({
      ...posting,
      expected: posting.expected.filter(({ where }) => where !== undefined && "design" in where),
    });
    const { code, stdout } = await asked("explore --guest td --set notification=none", silent);
    expect(code).toBe(1);
    expect(stdout.replaceAll(/\s+/g, " ")).toContain(
      '{ "property": "posted-interrupt-never-missed", "where": { "design": "mode-first", "guest": "td", "notification": "none" }, "verdict": "violated"',
    );
  });

  test("random walks and comparisons likewise", async () => {
    const broken = counter({ properties: [below(3)] });
    expect((await asked("simulate --seed 1", broken)).code).toBe(1);
    expect((await asked("simulate --seed 1 --allow-unrecorded", broken)).code).toBe(0);
    const silent = shelve({ ...posting, expected: [] });
    const compared = await asked("compare mode-first sync-first", silent);
    expect(compared.code).toBe(1);
    expect(unwrapped(compared)).toContain("!: violated, not recorded");
    expect((await asked("compare mode-first sync-first --allow-unrecorded", silent)).code).toBe(0);
  });

  test("what holds, is vacuous or unknown needs no record", async () => {
    expect((await asked("explore", counter({ properties: [below(9), reaches(4)] }))).code).toBe(0);
    expect((await asked("check", counter({ properties: [below(9)] }))).code).toBe(0);
  });
});
