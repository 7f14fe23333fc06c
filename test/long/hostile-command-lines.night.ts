import fc from "fast-check";
import { expect, test } from "vitest";
import { answersRightly, hostileDirectory, hostileLines } from "../attack/hostile-command-lines.ts";

/** HOSTILE_SEED repeats a night, HOSTILE_LINES makes it longer or shorter. */
const seed = Number(process.env["HOSTILE_SEED"] ?? Math.floor(Math.random() * 2 ** 30));
const numRuns = Number(process.env["HOSTILE_LINES"] ?? 20_000);
process.stderr.write(`${numRuns} command lines: HOSTILE_SEED=${seed} repeats them\n`);

test("many more command lines are answered as the contract says", async () => {
  const { dir, remove } = await hostileDirectory();
  const codes = new Map<number, number>();
  const law = fc.asyncProperty(hostileLines(dir), async (line) => {
    const { code } = await answersRightly(line);
    codes.set(code, (codes.get(code) ?? 0) + 1);
  });
  await fc.assert(law, { seed, numRuns }).finally(remove);
  process.stderr.write(`${JSON.stringify(Object.fromEntries(codes))}\n`);
  expect(codes.get(0)).toBeGreaterThan(numRuns / 10);
});
