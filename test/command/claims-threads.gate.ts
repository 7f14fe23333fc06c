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
  // The seconds that each took are the one thing in which they may differ.
  const timeless = (run: typeof alone) => ({ ...run, stdout: run.stdout.replace(/"seconds": [\d.e-]+/, "") });
  expect(timeless(alone).stdout).not.toBe(alone.stdout);
  expect(timeless(await asked("--json"))).toEqual(timeless(alone));
  expect(timeless(await asked("--json", "--workers", "2"))).toEqual(timeless(alone));
});
