import fc from "fast-check";
import { expect, test } from "vitest";
import { CheckError } from "../../src/errors.ts";
import { questionOfFlags, unvaried } from "../../src/variation/from-flags.ts";
import { QUESTION_FLAGS, type QuestionFlags } from "../../src/variation/flags/question-flags.ts";
import { scenarioFrom } from "../../src/variation/from-text.ts";
import { textOfVariation } from "../../src/variation/format/write-variation.ts";
import { axes, cites, scenarios } from "../../scenarios/index.ts";

const world = scenarios.find(({ name }) => name === "oracle/die-hard")!;

/** Much of it right, so that more than the first look is reached. */
const pieces = fc.constantFrom(
  ..."Fill Empty Pour Fill(jug=0) Pour(from=0,to=1) (jug=9) amount[0] amount[jug] amount[1] amount jug heroes".split(
    " ",
  ),
  ..."guard without when set all : , => == < > + && ! ( ) 0 3 5 before. after. action weak: strong: jug=2 jug= = *".split(
    " ",
  ),
  "never-4-gallons",
  "never",
  "oracle/die-hard",
  "\n",
  "'",
  "\u0441",
  "\u0000",
  "__proto__",
);
const value = fc.oneof(
  { weight: 8, arbitrary: fc.array(pieces, { maxLength: 8 }).map((parts) => parts.join(" ")) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 40 }) },
  { weight: 1, arbitrary: fc.constant("(".repeat(3000)) },
);
/** Values that are right alone. */
const right: Readonly<Record<(typeof QUESTION_FLAGS)[number], readonly string[]>> = {
  scope: ["jug=2", "jug=1"],
  with: ["Fill", "P*"],
  drop: ["Fill", "E*"],
  change: ["Fill when amount[jug] < 2", "Pour without amount[from]", "Empty set amount[0]: 3 - amount[0]"],
  never: ["amount[0] == 2"],
  always: ["amount[1] < 5"],
  reach: ["amount[0] == amount[1]"],
  leadsTo: ["amount[0] == 0 => amount[1] == 5"],
  fair: ["strong:Pour", "weak:heroes"],
  after: ["Fill"],
  before: ["Pour"],
};
const flags: fc.Arbitrary<QuestionFlags> = fc
  .subarray([...QUESTION_FLAGS], { minLength: 1, maxLength: 3 })
  .chain((some) =>
    fc.record(
      Object.fromEntries(
        some.map((flag) => [
          flag,
          fc.array(
            fc.oneof(
              { weight: 6, arbitrary: fc.constantFrom(...right[flag]) },
              { weight: 1, arbitrary: value },
            ),
            { minLength: 1, maxLength: 2 },
          ),
        ]),
      ),
    ),
  );

/** Whether flags are understood, in full; else they are refused with a place. */
const understood = (given: QuestionFlags): boolean => {
  try {
    const { variation } = questionOfFlags(given, unvaried(world), scenarios);
    const text = textOfVariation(variation);
    const { varied, properties } = scenarioFrom({ name: "again.yaml", text }, { axes, cites, scenarios });
    // Nothing that was given is left out.
    for (const kind of ["never", "always", "reach", "leadsTo"] as const)
      expect(
        properties.filter(({ id }) => id.startsWith(kind === "leadsTo" ? "leads-to" : kind)).length,
      ).toBeGreaterThanOrEqual(given[kind]?.length ?? 0);
    const changed =
      (given.change?.length ?? 0) + (given.with?.length ?? 0) + (given.drop === undefined ? 0 : 1);
    expect(varied!.changes.length).toBeGreaterThanOrEqual(changed);
    return true;
  } catch (error) {
    if (!(error instanceof CheckError) || error.code !== "input") throw error;
    expect(error.message).toMatch(/^\d+ errors? in the flags\n--[a-z-]+, column \d+: [^]+\n {2}[^\n]*\n +\^/);
    return false;
  }
};

test("whatever flags say, it is understood in full or refused with a place", () => {
  let accepted = 0;
  fc.assert(
    fc.property(flags, (given) => {
      if (understood(given)) accepted++;
    }),
    { numRuns: 250 },
  );
  expect(accepted).toBeGreaterThan(20);
});
