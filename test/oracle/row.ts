import {
  problemOf,
  propertyOf,
  replay,
  type Exploration,
  type Model,
  type Property,
  type Scope,
} from "#check";
import { formatOf } from "../../src/derive/format.ts";
import { judgeState } from "../../src/model/judge.ts";
import { choices } from "../../src/model/action.ts";
import { expect, test } from "vitest";
import { engines } from "../engines.ts";

/** One row of a table of known answers, found by other tools. */
export interface Row<S> {
  readonly model: Model<S>;
  readonly scope: Scope;
  readonly properties: readonly Property<S>[];
  readonly states: number;
  readonly transitions: number;
  /** Edges on the longest of the shortest paths. */
  readonly depth?: number;
  /** States in which no step is enabled. */
  readonly dead?: number;
  /** Transitions that lead back to the state they left. */
  readonly loops?: number;
  /** States first reached at distance 0, 1, 2, ... */
  readonly levels?: readonly number[];
  /** How often each action is taken. */
  readonly fired?: Readonly<Record<string, number>>;
  /** Steps of the shortest run to a hit of each property that has one: a violation, or for `sometimes` a witness. */
  readonly found: Readonly<Record<string, number>>;
  /** In how many states the antecedent of a property is true, or for `sometimes` the property itself. */
  readonly seen?: Readonly<Record<string, number>>;
}

/** The reference explorer stays with the rows that it answers at once. */
const REFERENCE_STATES = 2_000;

const LOOPS = "loops";
/** A step property that sees each transition which changes nothing. */
const loopsOf = <S>(model: Model<S>, scope: Scope): Property<S> => {
  const { diff } = formatOf(model.state, scope);
  return propertyOf<S>().step({
    id: LOOPS,
    statement: "A step changes something.",
    source: "-",
    kernel: "-",
    antecedent: (before, after) => diff(before, after).length === 0,
    holds: () => true,
  });
};

/** Tests that every engine gives the answers of the row, and that every run it found replays to a hit. */
export const testRow = <S>(name: string, row: Row<S>): void => {
  const able = engines.filter(([engine]) => engine !== "reference" || row.states <= REFERENCE_STATES);
  test.each(able)(`${name} on the %s engine`, async (_, explore) => {
    const { model, scope } = row;
    const properties = row.loops === undefined ? row.properties : [...row.properties, loopsOf(model, scope)];
    const problem = problemOf(model, scope, properties);
    const exploration = await explore(problem);
    const { stop, states, transitions, levels, deadlocks } = exploration;
    expect({ stop, states, transitions }).toEqual({
      stop: "exhausted",
      states: row.states,
      transitions: row.transitions,
    });
    if (row.depth !== undefined) expect(levels.length - 1).toBe(row.depth);
    if (row.dead !== undefined) expect(deadlocks).toBe(row.dead);
    if (row.levels !== undefined) expect(levels).toEqual(row.levels);
    if (row.fired !== undefined) expect(perAction(problem.steps, exploration)).toEqual(row.fired);
    const seen = properties.map(({ id }, i) => [id, exploration.findings[i].antecedent]);
    expect(Object.fromEntries(seen)).toMatchObject({
      ...row.seen,
      ...(row.loops === undefined ? {} : { [LOOPS]: row.loops }),
    });
    const found = properties.flatMap((property, i) => {
      const { path } = exploration.findings[i];
      if (path === undefined) return [];
      const trace = replay(problem, path);
      const last = trace.steps.at(-1)?.after ?? trace.start;
      if (property.kind !== "step")
        expect(
          choices(property.args, scope).some((args) => judgeState(property, last, args) >= 2),
          `the run found for ${property.id} ends in a state that decides it`,
        ).toBe(true);
      return [[property.id, trace.steps.length]];
    });
    expect(Object.fromEntries(found)).toEqual(row.found);
  });
};

const perAction = <S>(
  steps: readonly { readonly id: number; readonly action: { readonly name: string } }[],
  { fired }: Exploration<S>,
): Record<string, number> => {
  const sums: Record<string, number> = {};
  for (const { id, action } of steps) sums[action.name] = (sums[action.name] ?? 0) + fired[id];
  return sums;
};
