import { afterAll, beforeAll, expect, test } from "vitest";
import { mutants } from "./mutants.ts";
import { copyOfSources, discard, fateOf, type Fate } from "./mutate.ts";

/** The tests that a change of the engine has to get past; what they miss, they miss. */
const suite = [
  "test/laws/engine-agreement",
  "test/laws/schema",
  "test/derive/renaming",
  "test/laws/symmetry",
  "test/laws/por",
  "test/fast",
  "test/methods",
  "test/oracle",
  "test/model",
  "test/check",
  "test/catalogue",
  "test/command/exit-codes",
];
/** Mutants that change no behaviour that any promise is made of, each with its reason. */
const survivors: readonly string[] = [];

let copy = "";
beforeAll(() => {
  copy = copyOfSources();
});
afterAll(() => discard(copy));

const fates = new Map<string, Fate>();

test.for(mutants)("$about", async (mutant) => {
  const fate = await fateOf(copy, mutant, suite);
  fates.set(mutant.about, fate);
  expect(fate === "survived").toBe(survivors.includes(mutant.about));
});

test("at least 95 of 100 are killed, and the others are listed", () => {
  const survived = mutants.map(({ about }) => about).filter((about) => fates.get(about) === "survived");
  expect(fates.size).toBe(mutants.length);
  expect(survived).toEqual(survivors);
  expect(survived.length).toBeLessThanOrEqual(mutants.length * 0.05);
});
