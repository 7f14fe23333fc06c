import { afterAll, beforeAll, expect, test } from "vitest";
import { compiled, MAIN, type Compiled } from "../fixtures/compiled.ts";

let program: Compiled;
beforeAll(() => {
  program = compiled();
});
afterAll(() => program.remove());

const asked = (...more: readonly string[]) =>
  program.run(MAIN, ["claims", "P1", "P2", "P11", "--quiet", ...more]);

test("threads that share the models give the answers that one gives, in the same order", async () => {
  const alone = await asked("--json", "--workers", "1");
  expect(alone).toMatchObject({ code: 0, stderr: "" });
  expect(alone.stdout.length).toBeGreaterThan(1_000);
  expect(await asked("--json")).toEqual(alone);
  expect(await asked("--json", "--workers", "2")).toEqual(alone);
});
