import { afterAll, beforeAll, expect, test } from "vitest";
import { compiled, MAIN, type Compiled } from "../fixtures/compiled.ts";

let program: Compiled;
beforeAll(() => {
  program = compiled();
});
afterAll(() => program.remove());

test("threads that share the mutants give the answers that one gives, in the same order", async () => {
  const asked = (workers: number) =>
    program.run(MAIN, ["mutate", "peterson", "increment", "--quiet", "--json", "--workers", String(workers)]);
  const alone = await asked(1);
  expect(alone).toMatchObject({ code: 0, stderr: "" });
  expect(alone.stdout.length).toBeGreaterThan(1_000);
  expect(await asked(2)).toEqual(alone);
});
