import { resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { compiled, MAIN, type Compiled } from "../fixtures/compiled.ts";
import { untimed } from "../fixtures/untimed.ts";

const question = resolve("scenarios/questions/no-unblock.yaml");

let program: Compiled;
beforeAll(() => {
  program = compiled();
});
afterAll(() => program.remove());

test("two threads that search the model of a file find what one finds", async () => {
  const said = async (workers: string) => {
    const { code, stdout, stderr } = await program.run(MAIN, [
      "explore",
      question,
      "--json",
      "--quiet",
      "--workers",
      workers,
    ]);
    expect([code, stderr]).toEqual([0, ""]);
    const result = JSON.parse(stdout) as Record<string, unknown>;
    const { modelVersion, complete, states, transitions, depth, properties, coverage, varied } = result;
    return { varied, same: { modelVersion, complete, states, transitions, depth, properties, coverage } };
  };
  const [one, two] = [await said("1"), await said("2")];
  expect(two.same).toEqual(one.same);
  expect(one.same.states).toBe(2788);
  expect(one.varied).toMatchObject({ from: "kvm/timer", idleChanges: { length: 2 } });
  expect(two.varied).toEqual(one.varied);
});

test.each([
  ["explore", question, "--set", "timerDelivery=*", "--set", "timerMode=*"],
  ["explore", "--mutate", "M1", "--set", "timerMode=*"],
  ["explore", "kvm/timer", "--drop", "guest_io", "--set", "timerMode=*", "--allow-unrecorded"],
])("threads that share the models of %s %s find what one finds, in the same order", async (...words) => {
  const alone = untimed(await program.run(MAIN, [...words, "--json", "--workers", "1"]));
  expect(alone.stderr).toBe("");
  const { models, varied } = JSON.parse(alone.stdout) as {
    readonly models: number;
    readonly varied: unknown;
  };
  expect(models).toBeGreaterThan(1);
  expect(varied).toBeDefined();
  expect(untimed(await program.run(MAIN, [...words, "--json", "--workers", "2"]))).toEqual(alone);
});
