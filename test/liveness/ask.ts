import { expect } from "vitest";
import { type Exploration, type Explore, type Problem } from "../../src/problem/exploration.ts";
import { confirm } from "../../src/check/confirm.ts";
import type { Trace } from "#check";

/** What a complete search says of each property, every run that it gives replayed: the run, or that it holds. */
export const asked = async <S>(
  problem: Problem<S>,
  explore: Explore,
): Promise<Readonly<Record<string, Trace<S> | "holds">>> => {
  const found: Exploration<S> = await explore(problem);
  expect(found.stop).toBe("exhausted");
  return Object.fromEntries(
    problem.properties.map((property, i) => {
      const { antecedent, path } = found.findings[i];
      expect(antecedent).toBeGreaterThan(0);
      return [property.id, path === undefined ? "holds" : confirm(problem, property, path).trace];
    }),
  );
};

/** The same in words. */
export const verdicts = async <S>(
  problem: Problem<S>,
  explore: Explore,
): Promise<Readonly<Record<string, string>>> =>
  Object.fromEntries(
    Object.entries(await asked(problem, explore)).map(([id, answer]) => [
      id,
      answer === "holds" ? answer : "violated",
    ]),
  );
