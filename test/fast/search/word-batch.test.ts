import { describe, expect, test } from "vitest";
import {
  actionOf,
  exploreFast,
  int,
  problemOf,
  propertyOf,
  record,
  vector,
  type Bounds,
  type Model,
  type ValueOf,
} from "#check";
import type { Pulse } from "../../../src/problem/exploration.ts";

const State = record({ at: vector("axis", int(0, 39)) });
type State = ValueOf<typeof State>;

const side = 40;
const height = 4;
const last = [side - 1, side - 1, height - 1];
const sides = [...Array(side).keys()];

/** All of a square to start from, and a step up each axis: a level has more successors than are looked up at a time. */
const grid: Model<State> = {
  name: "grid",
  state: State,
  init: () => sides.flatMap((x) => sides.map((y) => ({ at: [x, y, 0] }))),
  actions: [
    actionOf<State>()("up", {
      actor: "CPU0",
      args: { i: "axis" },
      guard: ({ at }, { i }) => at[i] < last[i],
      effect: (d, { i }) => void d.at[i]++,
    }),
  ],
};
const { invariant, sometimes } = propertyOf<State>();
const high = (z: number) =>
  sometimes({
    id: `corner-${z}`,
    statement: "-",
    holds: ({ at: [x, y, height] }) => x === last[0] && y === last[1] && height === z,
  });
const heights = [...Array(height).keys()];
const explored = async (bounds: Bounds = {}, properties = [] as ReturnType<typeof high>[]) =>
  exploreFast(problemOf(grid, { axis: 3 }, properties), bounds);

describe("states of one word that are expanded by lists", () => {
  test("are counted as if every step were taken", async () => {
    const { states, transitions, levels, deadlocks, fired, newStates } = await explored();
    const across = (side - 1) * side * height;
    const up = side * side * (height - 1);
    expect({ states, transitions, levels, deadlocks, fired, newStates }).toEqual({
      states: side * side * height,
      transitions: 2 * across + up,
      levels: heights.map(() => side * side),
      deadlocks: 1,
      fired: [across, across, up],
      newStates: [0, 0, up],
    });
  });

  test("are the same, in the same order, where a property is hit for the first time among them", async () => {
    const plain = await explored();
    const seen = await explored({}, heights.map(high));
    for (const key of ["states", "transitions", "levels", "deadlocks", "fired", "newStates"] as const)
      expect(seen[key]).toEqual(plain[key]);
    expect(seen.findings.map(({ path }) => path)).toEqual(
      heights.map((z) => ({ start: side * side - 1, steps: Array.from({ length: z }, () => 2) })),
    );
    const ids = [...Array(plain.states).keys()].filter((id) => id % 13 === 0);
    expect(ids.map((id) => seen.state(id))).toEqual(ids.map((id) => plain.state(id)));
  });

  test("are the first of them where there may be no more", async () => {
    const plain = await explored();
    for (const bound of [side * side + 1, 2 * side * side + 700, plain.states - 1, plain.states]) {
      const { stop, states, state } = await explored({ states: bound });
      expect({ stop, states }).toEqual({
        stop: bound < plain.states ? "states" : "exhausted",
        states: bound,
      });
      expect(state(bound - 1)).toEqual(plain.state(bound - 1));
    }
  });
});

const far = 1023;
const Far = record({ at: vector("axis", int(0, far)) });
type Far = ValueOf<typeof Far>;
/** States far from each other, so that they are in a table which grows as more are found. */
const sparse: Model<Far> = {
  name: "sparse",
  state: Far,
  init: () => Array.from({ length: far + 1 }, (_, i) => ({ at: [i, i, i] })),
  actions: [
    actionOf<Far>()("flip", {
      actor: "CPU0",
      args: { i: "axis" },
      guard: ({ at }, { i }) => at[i] >= 0,
      effect: (d, { i }) => void (d.at[i] ^= 1),
    }),
  ],
};
const sum = (counts: readonly number[]): number => counts.reduce((all, count) => all + count, 0);

test("a batch is not counted where the search stops before it is taken", async () => {
  const transitions: number[] = [];
  for (let grants = 0, refused = true; refused; grants++) {
    let asked = 0;
    refused = false;
    const pulse: Pulse = ({ wantsBytes }) => {
      if (wantsBytes === 0 || asked++ < grants) return undefined;
      refused = true;
      return "interrupted";
    };
    const found = await exploreFast(problemOf(sparse, { axis: 3 }, []), {}, pulse);
    expect(sum(found.fired)).toBe(found.transitions);
    expect(sum(found.newStates)).toBe(found.states - (far + 1));
    transitions.push(found.transitions);
  }
  expect(transitions.length).toBeGreaterThan(2);
  expect([transitions[0], transitions.at(-1)]).toEqual([0, 3 * 4 * (far + 1)]);
});

test("a property that fails at a new state is not asked there again", async () => {
  let failed = 0;
  const moody = invariant({
    id: "moody",
    statement: "-",
    holds: ({ at: [x, y, z] }) => {
      if (z === 1 && y === 3 && x === 7 && failed++ === 0) throw new Error("out of sorts");
      return true;
    },
  });
  await expect(exploreFast(problemOf(grid, { axis: 3 }, [moody]))).rejects.toThrow(/out of sorts/);
});
