import { afterAll, beforeAll, expect, test } from "vitest";
import { livenessMutants } from "./mutants-liveness.ts";
import { copyOfSources, discard, fateOf } from "./mutate.ts";

/** The tests that a change of liveness has to get past. */
const suite = [
  "test/liveness",
  "test/oracle/liveness",
  "test/command/liveness",
  "test/model/fairness",
  "test/laws/liveness",
];

let copy = "";
beforeAll(() => {
  copy = copyOfSources();
});
afterAll(() => discard(copy));

test.for(livenessMutants)("$about", async (mutant) => {
  expect(await fateOf(copy, mutant, suite)).not.toBe("survived");
});
