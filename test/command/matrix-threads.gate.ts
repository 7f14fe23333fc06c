import { afterAll, beforeAll, expect, test } from "vitest";
import { compiled, MAIN, type Compiled } from "../fixtures/compiled.ts";
import { untimed } from "../fixtures/untimed.ts";

let program: Compiled;
beforeAll(() => {
  program = compiled();
});
afterAll(() => program.remove());

test.each([
  ["explore", "--scenario", "kvm/level", "--guest", "*", "--set", "levelTriggered=*", "--json"],
  [
    "compare",
    "--scenario",
    "kvm/timer",
    "--all-options",
    "--set",
    "nohzFull=off",
    "--set",
    "tdhVpEnter=may-be-busy",
  ],
])("threads that share the models of %s find what one finds, in the same order", async (...words) => {
  const alone = untimed(await program.run(MAIN, [...words, "--workers", "1"]));
  expect(alone).toMatchObject({ code: 0, stderr: "" });
  expect(alone.stdout.length).toBeGreaterThan(1_000);
  expect(untimed(await program.run(MAIN, [...words, "--workers", "2"]))).toEqual(alone);
});

test("the design question of kvm/timer: no combination meets every requirement", async () => {
  const { code, stdout } = await program.run(MAIN, [
    "compare",
    "--scenario",
    "kvm/timer",
    "--all-options",
    "--json",
  ]);
  expect(code).toBe(0);
  const { models, combinations, refused, standings } = JSON.parse(stdout) as {
    readonly models: number;
    readonly combinations: readonly unknown[];
    readonly refused: readonly unknown[];
    readonly standings: unknown;
  };
  expect({ models, combinations: combinations.length, refused: refused.length, standings }).toEqual({
    models: 64,
    combinations: 192,
    refused: 96,
    standings: { holds: 0, vacuous: 48, open: 0, violated: 144, "not-applicable": 0 },
  });
});
