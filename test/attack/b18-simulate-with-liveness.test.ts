import { expect, test } from "vitest";
import { propertyOf } from "#check";
import { below, counter, type Counter } from "../fixtures/counter.ts";
import { catalogue, run } from "../fixtures/io.ts";

const ends = propertyOf<Counter>().eventually({
  id: "ends",
  statement: "-",
  fairness: [],
  holds: ({ n }) => n === 5,
});
const scenario = counter({
  properties: [below(3), ends, below(9)],
  expected: [
    { property: "below-3", verdict: "violated" },
    { property: "ends", verdict: "violated" },
  ],
});
const simulated = (flags: string) =>
  run(`simulate --seed 1 --runs 5 ${flags}`, {}, { ...catalogue, scenarios: [scenario] });

test("B18: of all properties those are asked that a walk can decide, and what was left out is said", async () => {
  const { code, stdout, stderr } = await simulated("");
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const text = stdout.replaceAll(/\s+/g, " ");
  expect(text).toContain("below-3 violated (known) after 3 steps");
  expect(text).toContain("ends unknown: left out: eventually is about runs that go on for ever");
  expect(text).toContain("below-9 unknown: no violation in 5 walks");
  const json: unknown = JSON.parse((await simulated("--json")).stdout);
  expect(json).toMatchObject({
    properties: [{ verdict: "violated" }, { id: "ends", verdict: "unknown", trace: null }, {}],
  });
});

test("B18: one that is asked for by name is refused", async () => {
  const { code, stdout, stderr } = await simulated("--property ends --property below-3");
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toContain("ends is a liveness property (eventually), which a random walk cannot check");
});
