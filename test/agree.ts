import { expect } from "vitest";
import {
  CheckError,
  exploreFast,
  exploreReference,
  replay,
  type Bounds,
  type Exploration,
  type Problem,
} from "#check";

/** How an explorer answered: what it found, or the message of its error. */
type Answer<S> = { readonly found: Exploration<S> } | { readonly error: string };

const answer = async <S>(explored: Promise<Exploration<S>>): Promise<Answer<S>> => {
  try {
    return { found: await explored };
  } catch (error) {
    if (error instanceof CheckError) return { error: `${error.code}: ${error.message}` };
    throw error;
  }
};

/** The law that the two engines mean the same: they find the same states in the same order, by the same runs. */
export const agree = async <S>(problem: Problem<S>, bounds: Bounds = {}): Promise<Answer<S>> => {
  const slow = await answer(exploreReference(problem, bounds));
  const fast = await answer(exploreFast(problem, bounds));
  if ("error" in slow || "error" in fast) {
    expect(fast).toEqual(slow);
    return fast;
  }
  const { state: slowState, path: slowPath, tableBytes: _, ...expected } = slow.found;
  expect(fast.found).toMatchObject(expected);
  for (let id = 0; id < slow.found.states; id++) {
    expect(fast.found.state(id)).toEqual(slowState(id));
    expect(fast.found.path(id)).toEqual(slowPath(id));
  }
  for (const { path } of fast.found.findings) if (path !== undefined) replay(problem, path);
  return fast;
};
