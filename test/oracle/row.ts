import { expect, test } from "vitest";
import {
  exploreFast,
  problemOf,
  propertyOf,
  reduced,
  replay,
  type Exploration,
  type Model,
  type Property,
  type Scope,
} from "#check";
import { formatOf } from "../../src/derive/format.ts";
import { choices } from "../../src/model/action.ts";
import { HIT, judgeState } from "../../src/model/judge.ts";
import type { Finding } from "../../src/problem/exploration.ts";
import type { Step } from "../../src/model/model.ts";
import { engines } from "../fixtures/engines.ts";

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
    antecedent: (before, after) => diff(before, after).length === 0,
    holds: () => true,
  });
};

/** Tests that every engine gives the answers of the row, and that every run it found replays to a hit. */
export const testRow = <S>(name: string, row: Row<S>): void => {
  const { model, scope, properties: asked, found: expected, seen = {}, loops, ...counts } = row;
  testReduced(name, row);
  const able = engines.filter(([engine]) => engine !== "reference" || row.states <= REFERENCE_STATES);
  test.each(able)(`${name} on the %s engine`, async (_, explore) => {
    const properties = loops === undefined ? asked : [...asked, loopsOf(model, scope)];
    const problem = problemOf(model, scope, properties);
    const exploration = await explore(problem);
    const { stop, states, transitions, levels, deadlocks, findings } = exploration;
    expect({
      stop,
      states,
      transitions,
      depth: levels.length - 1,
      dead: deadlocks,
      levels,
      fired: perAction(problem.steps, exploration),
      seen: Object.fromEntries(properties.map(({ id }, i) => [id, findings[i].antecedent])),
    }).toMatchObject({
      ...counts,
      stop: "exhausted",
      seen: loops === undefined ? seen : { ...seen, [LOOPS]: loops },
    });

    const found = properties.flatMap((property, i) => {
      const { path } = findings[i];
      return path === undefined ? [] : [{ property, trace: replay(problem, path) }];
    });
    expect(Object.fromEntries(found.map(({ property, trace }) => [property.id, trace.steps.length]))).toEqual(
      expected,
    );
    for (const { property, trace } of found)
      expect(property, "a run ends in a state that decides the property").toSatisfy((hit: Property<S>) =>
        isHit(hit, trace.steps.at(-1)?.after ?? trace.start, scope),
      );
  });
};

/** Tests that partial-order reduction changes no verdict of the row and no state without a next step. */
const testReduced = <S>(
  name: string,
  { model, scope, properties, states, transitions, dead, found, seen = {} }: Row<S>,
): void => {
  test(`${name} with partial-order reduction`, async () => {
    const problem = reduced(problemOf(model, scope, properties));
    const part = await exploreFast(problem);
    expect(part.stop).toBe("exhausted");
    expect(part.deadlocks).toBe(dead ?? part.deadlocks);
    expect(part.states).toBeLessThanOrEqual(states);
    expect(part.transitions).toBeLessThanOrEqual(transitions);
    const of = (look: (finding: Finding) => boolean): readonly string[] =>
      properties.filter((_, i) => look(part.findings[i])).map(({ id }) => id);
    expect(of(({ path }) => path !== undefined).toSorted()).toEqual(Object.keys(found).toSorted());
    const occur = of(({ antecedent }) => antecedent > 0);
    expect(Object.keys(seen).filter((id) => !occur.includes(id))).toEqual([]);
    const untrue = properties.filter((property, i) => {
      const { path } = part.findings[i];
      const trace = path && replay(problem, path);
      return trace !== undefined && !isHit(property, trace.steps.at(-1)?.after ?? trace.start, scope);
    });
    expect(untrue).toEqual([]);
  });
};

/** Whether a state violates an invariant or witnesses a `sometimes`. */
const isHit = <S>(property: Property<S>, state: S, scope: Scope): boolean =>
  property.kind !== "step" &&
  choices(property.args, scope).some((args) => (judgeState(property, state, args) & HIT) !== 0);

const perAction = <S>(steps: readonly Step<S>[], { fired }: Exploration<S>): Record<string, number> => {
  const sums: Record<string, number> = {};
  for (const { id, action } of steps) sums[action.name] = (sums[action.name] ?? 0) + fired[id];
  return sums;
};
