import { afterAll, beforeAll, expect, test } from "vitest";
import { compiled, type Compiled } from "../fixtures/compiled.ts";

let program: Compiled;
beforeAll(() => {
  program = compiled("fast/threads/problems.mjs", "fast/threads/resume.mjs");
});
afterAll(() => program.remove());

interface Found {
  readonly states: number;
  readonly resumedAt?: number;
}

test.for([
  { given: { scenario: "kvm/apicv" }, counts: [1, 2, 3], stops: [2, 5, 11], slice: 64 },
  { given: { scenario: "kvm/rtc" }, counts: [2, 1, 4], stops: [1, 3, 8], slice: 32 },
  { given: { scenario: "bench/tdx-timer-n2g1" }, counts: [3, 2], stops: [9, 20], slice: 128 },
  { given: { scenario: "bench/tdx-timer-n2g1", symmetry: true }, counts: [2, 1], stops: [9], slice: 128 },
  { name: "counting", given: {}, counts: [2, 1, 3], stops: [4, 20, 40], slice: 16 },
  { name: "counting", given: {}, counts: [2], stops: [6], slice: 16, bounds: { depth: 40 } },
  { name: "counting", given: {}, counts: [2, 3], stops: [6], slice: 16, bounds: { states: 20_000 } },
])("stopped and gone on with, with other numbers of workers: %j", async (asked) => {
  const { stdout, stderr } = await program.run("resume.mjs", [JSON.stringify({ name: "shipped", ...asked })]);
  expect(stderr).toBe("");
  const [whole, ...resumed] = JSON.parse(stdout) as readonly Found[];
  expect(resumed.length).toBe(asked.stops.length);
  for (const { resumedAt, ...found } of resumed) {
    expect(resumedAt).toBeGreaterThan(0);
    expect(found).toEqual(whole);
  }
});
