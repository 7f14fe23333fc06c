import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { main } from "../../src/command/program.ts";
import { shipped } from "../../scenarios/shipped.ts";
import { fakeIo, type Ran } from "../fixtures/io.ts";
import { runs } from "../fixtures/runs.ts";
import { temporaryFolder } from "../fixtures/temporary-folder.ts";

const run = async (argv: readonly string[]): Promise<Ran> => {
  const { io, written } = fakeIo({ typed: ["1", "properties", "quit"] });
  const code = await main([...argv], io, shipped);
  return { code, ...written };
};

const file = join(temporaryFolder(), "jugs.yaml");
beforeAll(() =>
  writeFileSync(
    file,
    "format: 1\nname: jugs\nabout: no jug is emptied\nextends: oracle/die-hard\nchange:\n  - drop: Empty\nproperties:\n  never-4-gallons: any\n",
  ),
);

type Words = readonly string[];
const few = (...all: readonly Words[]): fc.Arbitrary<Words> => fc.constantFrom(...all);
/** Mostly what is right alone, so that more than the first look is reached. */
const mostly = (right: readonly Words[], wrong: readonly Words[]): fc.Arbitrary<Words> =>
  fc.oneof({ weight: 9, arbitrary: few(...right) }, { weight: 1, arbitrary: few(...wrong) });

/** What is small, and so searched in a moment, or is not there at all. */
const world = mostly(
  [
    ["die-hard"],
    ["oracle/die-hard"],
    ["--scenario", "die-hard"],
    [file],
    ["--file", file],
    ["--mutate", "no-doorbell"],
    ["--mutate", "no-doorbell=post"],
  ],
  [
    ["die-hard", "--mutate", "no-doorbell"],
    ["--bug", "no-doorbell"],
    ["--bug", "TDX-1=mid"],
    ["die-hrd"],
    ["nosuch.yaml"],
    [file, "die-hard"],
  ],
);
const flag = mostly(
  [
    ["--drop", "Fill"],
    ["--drop", "E*"],
    ["--with", "Fill"],
    ["--scope", "jug=2"],
    ["--change", "Fill when amount[jug] < 2"],
    ["--change", "Pour without amount[from]"],
    ["--never", "amount[1] == 4"],
    ["--never", "amount.exists(a, a == 4)"],
    ["--always", "amount[0] < 4 || amount[1] > 0"],
    ["--reach", "amount[0] == 1"],
    ["--leads-to", "amount[0] == 0 => amount[1] == 5"],
    ["--never", "amount[0] == 2", "--after", "Fill"],
    ["--always", "amount[0] < 3", "--before", "Pour"],
    ["--leads-to", "amount[0] == 0 => amount[1] == 5", "--fair", "strong:Pour"],
    ["--property", "never-4-gallons"],
  ],
  [
    ["--drop", "Fil"],
    ["--with", "oracle/peterson"],
    ["--scope", "jug"],
    ["--scope", "jug=1"],
    ["--change", "Empty set amount[jug]: 9"],
    ["--change", "Fill"],
    ["--never", "amont[1] == 4"],
    ["--fair", "strong:Pour"],
    ["--after", "Fill"],
    ["--property", "never-4-galons"],
    ["--property", "avic-sees-what-is-set"],
    ["--set", "fix=post"],
    ["--set", "fix"],
    ["--guest", "td"],
  ],
);
const question = fc
  .tuple(world, fc.array(flag, { maxLength: 4 }))
  .map(([of, flags]) => [...of, ...flags.flat()]);

const SHORT: Readonly<Record<string, Words>> = {
  explore: ["--quiet", "--max-states", "500"],
  simulate: ["--runs", "3", "--depth", "5", "--seed", "1"],
  compare: ["--quiet", "--max-states", "500"],
  check: ["--quiet", "--max-states", "500"],
  step: [],
};
const command = fc.constantFrom<Words>(
  ["explore"],
  ["simulate"],
  ["compare"],
  ["compare", "upstream"],
  ["compare", "fix=pre", "fix=post"],
  ["compare", "--all-options"],
  ["check"],
  ["check", "--list"],
  ["step"],
);

test("whatever flags stand together, they are obeyed, or refused with one message and nothing done", async () => {
  let [obeyed, refused] = [0, 0];
  await fc.assert(
    fc.asyncProperty(command, question, async (words, asked) => {
      const argv = [...words, ...(SHORT[words[0]] ?? []), ...asked];
      const { code, stdout, stderr } = await run(argv);
      expect([0, 1, 2, 3]).toContain(code);
      expect(stderr).not.toMatch(/internal error|\n {4}at |undefined|\[object/);
      expect(stdout).not.toMatch(/undefined|\[object/);
      const isRefused = code === 2;
      if (isRefused) refused++;
      else obeyed++;
      const messages = stderr.match(/^apicv-check: \S/gm)?.length ?? 0;
      expect({ messages, begins: stderr.startsWith("apicv-check: "), silent: stdout === "" }).toEqual({
        messages: isRefused ? 1 : 0,
        begins: isRefused,
        silent: isRefused,
      });
      expect(stderr === "").toBe(!isRefused);
    }),
    { numRuns: runs(150) },
  );
  expect(obeyed).toBeGreaterThan(0);
  expect(refused).toBeGreaterThan(0);
});
