import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { explored, killedNowAndThen, resultOf } from "../checkpoint/program.ts";
import { compiled, type Compiled } from "../fixtures/compiled.ts";

let program: Compiled;
let above = "";
beforeAll(() => {
  program = compiled();
  above = mkdtempSync(join(tmpdir(), "apicv-checkpoint-"));
});
afterAll(() => {
  program.remove();
  rmSync(above, { recursive: true });
});

test("killed twenty times at random moments, with one to four workers, a search says the same", async () => {
  const line = "--scenario bench/tdx-timer-n3g1";
  const whole = await explored(program, line);
  const { ended, killed } = await killedNowAndThen(program, join(above, "kept"), {
    line,
    kills: 20,
    workers: [1, 2, 3, 4],
  });
  expect(killed).toBeGreaterThan(10);
  expect(ended.code).toBe(whole.code);
  expect(resultOf(ended)).toEqual(resultOf(whole));
});
