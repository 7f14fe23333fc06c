import { afterAll, beforeAll, expect, test } from "vitest";
import { compiled, MAIN, type Compiled } from "../fixtures/compiled.ts";

let program: Compiled;
beforeAll(() => {
  program = compiled();
});
afterAll(() => program.remove());

const asked = (...more: readonly string[]) =>
  program.run(MAIN, ["check", "--shard", "1/60", "--quiet", ...more]);

test("threads that share the models check what one checks, and tell it in the same order", async () => {
  // The seconds that each took are the one thing in which they may differ.
  const json = async (...more: readonly string[]) => {
    const { stdout, ...rest } = await asked("--json", ...more);
    return { ...rest, stdout: stdout.replace(/"seconds": [\d.e-]+/, '"seconds": null') };
  };
  const alone = await json("--workers", "1");
  expect(alone).toMatchObject({ code: 0, stderr: "" });
  const { models } = JSON.parse(alone.stdout) as { readonly models: number };
  // So many that threads are started for them.
  expect(models).toBeGreaterThanOrEqual(8);
  expect(await json("--workers", "2")).toEqual(alone);
  expect(await json()).toEqual(alone);
});

test("a limit on states is one of each search, in threads too", async () => {
  const lines = async (workers: string) => {
    const { code, stdout } = await asked("--max-states", "500", "--workers", workers);
    return { code, stdout: stdout.replaceAll(/ +\d+\.\d s/g, "") };
  };
  const alone = await lines("1");
  expect(alone.stdout).toContain("Open");
  expect(await lines("2")).toEqual(alone);
});
