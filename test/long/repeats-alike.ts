import { afterAll, beforeAll, expect, test } from "vitest";
import { compiled, type Compiled } from "../fixtures/compiled.ts";

const oracles = [
  { oracle: "EWD 840, 3 nodes", states: 302, transitions: 1625, depth: 8, dead: 1, lengths: [null, null, 3] },
  {
    oracle: "two-phase commit, 5 managers",
    states: 8832,
    transitions: 58145,
    depth: 16,
    dead: 0,
    lengths: [null, 5, 16],
  },
  {
    oracle: "readers and writers, 3 actors",
    states: 21527,
    transitions: 59673,
    depth: 12,
    dead: 0,
    lengths: [null, 6, 3, 2, 2],
  },
];
interface Told {
  readonly levels: readonly number[];
  readonly lengths: readonly (number | null)[];
}
interface Repeated {
  readonly alone: Told;
  readonly rounds: number;
  readonly others: readonly unknown[];
}

/** Asks that the oracles come out the same in each of some rounds, with each number of workers, whatever delays them. */
export const repeatsAlike = (rounds: number, counts: readonly number[]): void => {
  let program: Compiled;
  beforeAll(() => {
    program = compiled("fast/threads/noise.mjs", "fast/threads/repeat.mjs");
  });
  afterAll(() => program.remove());

  const cases = counts.flatMap((count) => oracles.map((row) => ({ ...row, count })));
  test.for(cases)(
    `F11: $count workers, ${rounds} times, whatever delays them: $oracle`,
    async ({ oracle, count, depth, ...known }) => {
      const { code, stdout, stderr } = await program.run("repeat.mjs", [
        JSON.stringify({ oracle, count, rounds }),
      ]);
      expect([code, stderr]).toEqual([0, ""]);
      const { alone, ...repeated } = JSON.parse(stdout) as Repeated;
      expect(alone).toMatchObject(known);
      expect(alone.levels).toHaveLength(depth + 1);
      expect(repeated).toEqual({ rounds, others: [] });
    },
  );
};
