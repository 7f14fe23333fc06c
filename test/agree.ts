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
import { codecOf } from "../src/derive/codec.ts";

/** How an explorer answered: what it found, or the message of its error. */
type Answer<S> = { readonly found: Exploration<S> } | { readonly error: string };

/** In larger explorations the runs to some states are compared, not to each: a run is as long as the state is deep. */
const comparedRuns = 500;
/** Of so many states it is compared what the engines took them to say and to lead to. */
const comparedStates = 50;

const answer = async <S>(explored: Promise<Exploration<S>>): Promise<Answer<S>> => {
  try {
    return { found: await explored };
  } catch (error) {
    if (error instanceof CheckError) return { error: `${error.code}: ${error.message}` };
    throw error;
  }
};

/**
 * The law that the two engines mean the same: they find the same states in the same order, by the same runs, say the
 * same of all properties, and every run that they report replays; or they refuse with the same words.
 */
export const agree = async <S>(problem: Problem<S>, bounds: Bounds = {}): Promise<Answer<S>> => {
  const slow = await answer(exploreReference(problem, bounds));
  const fast = await answer(exploreFast(problem, bounds));
  if ("error" in slow || "error" in fast) {
    expect(fast).toEqual(slow);
    return fast;
  }
  const {
    state: slowState,
    path: slowPath,
    row: _row,
    told: slowTold,
    tableBytes: _,
    ...expected
  } = slow.found;
  expect(fast.found).toMatchObject(expected);
  const { encode } = codecOf(problem.model.state, problem.scope);
  const apart = Array.from({ length: expected.states }, (_, id) => id).filter(
    (id) => Buffer.compare(bytes(encode(slowState(id))), bytes(encode(fast.found.state(id)))) !== 0,
  );
  expect(apart.map((id) => fast.found.state(id))).toEqual(apart.map((id) => slowState(id)));
  const stride = Math.ceil(expected.states / comparedRuns);
  for (let id = 0; id < expected.states; id += stride) expect(fast.found.path(id)).toEqual(slowPath(id));
  for (let id = 0; id < Math.min(expected.states, comparedStates); id++)
    expect(fast.found.told?.(id)).toEqual(slowTold?.(id));
  for (const { path } of fast.found.findings) if (path !== undefined) replay(problem, path);
  return fast;
};

const bytes = (row: Int32Array): Uint8Array => new Uint8Array(row.buffer);
