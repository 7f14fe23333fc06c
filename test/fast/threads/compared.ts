import { afterAll, beforeAll, expect } from "vitest";
import { compiled, type Compiled } from "../../fixtures/compiled.ts";

/** What is searched by several numbers of workers, as compare.mjs takes it. */
export interface Asked {
  readonly name?: "shipped" | "counting";
  readonly given: Readonly<Record<string, unknown>>;
  readonly bounds?: Readonly<Record<string, unknown>>;
  readonly counts: readonly number[];
  readonly slice?: number;
  readonly rounds?: number;
  /** Threads that are started before the search, whether they fail so early, and whether the search waits until they have. */
  readonly early?: { readonly count: number; readonly how: "loads" | "throws"; readonly waits: boolean };
}
/** What one of the searches says. */
export interface Found {
  readonly states?: number;
  readonly stop?: string;
  readonly error?: string;
}

let program: Compiled;

/** Has the program ready for a file of tests. */
export const useProgram = (): void => {
  beforeAll(() => {
    program = compiled("fast/threads/problems.mjs", "fast/threads/compare.mjs");
  });
  afterAll(() => program.remove());
};

/** What each number of workers found. */
export const explored = async (asked: Asked): Promise<readonly Found[]> => {
  const { stdout, stderr } = await program.run("compare.mjs", [
    JSON.stringify({ name: "shipped", ...asked }),
  ]);
  expect(stderr).toBe("");
  return JSON.parse(stdout) as readonly Found[];
};

/** Expects the same of every number of workers, to the order of the states and the antecedents; gives it. */
export const same = async (asked: Asked): Promise<Found> => {
  const [first, ...others] = await explored(asked);
  for (const other of others) expect(other).toEqual(first);
  return first;
};
