import { leavesOf } from "../../derive/component.ts";
import { formatOf } from "../../derive/format.ts";
import type { LeafValue } from "../../derive/leaf.ts";
import { CheckError, pathText, unknownName } from "../../errors.ts";
import type { Problem } from "../../problem/exploration.ts";
import type { PathKey } from "../../state-path.ts";
import { columns, type Column } from "../columns.ts";
import { largest } from "../largest.ts";
import { ascii } from "../wrap.ts";

/** Columns of values beside a run: what some leaves of the state are after each step. */
export interface Watched<S> {
  readonly names: readonly string[];
  readonly layout: readonly Column[];
  /** The columns that they take together, and the gap behind them; 0 where nothing is watched. */
  readonly width: number;
  /** The values in a state, in their columns. */
  readonly text: (state: S) => string;
}

const GAP = 2;
/** A longer name is broken. */
const LONGEST_NAME = 10;
/** The run itself has at least this much room. */
const LEAST_ROOM = 30;

/** The leaves of a state by their paths. */
const leafPaths = <S>({ model, scope }: Problem<S>): ReadonlyMap<string, readonly PathKey[]> =>
  new Map(leavesOf(model.state.node, scope).map(({ path }) => [pathText(path), path]));

/** @throws CheckError where a path is of no leaf: names the nearest, or what is below it. */
const leafAt = (name: string, known: ReadonlyMap<string, readonly PathKey[]>): readonly PathKey[] => {
  const path = known.get(name);
  if (path !== undefined) return path;
  const names = [...known.keys()];
  const below = names.filter((one) => one.startsWith(`${name}.`) || one.startsWith(`${name}[`));
  if (below.length === 0) throw unknownName("field", name, names, "--watch names a field of the state");
  throw new CheckError(
    "usage",
    `--watch ${name}: that has several fields; name one, such as ${below.slice(0, 3).join(", ")}`,
  );
};

/**
 * The columns for some leaves of the state, by their paths, beside a run that is printed in `room` columns; `states` are those that are shown.
 * @throws CheckError when a path is of no leaf, or the run has no room beside them.
 */
export const watchedOf = <S>(
  problem: Problem<S>,
  paths: readonly string[],
  states: readonly S[],
  room: number,
): Watched<S> => {
  const { model, scope } = problem;
  const format = formatOf(model.state, scope);
  const known = leafPaths(problem);
  const leaves = paths.map((name) => ({ name, path: leafAt(name, known) }));
  const valuesIn = (state: S): readonly string[] =>
    leaves.map(({ name, path }) => {
      const value = path.reduce<unknown>((here, key) => (here as Record<PathKey, unknown>)[key], state);
      return ascii(format.value(name, value as LeafValue));
    });
  const shown = states.map(valuesIn);
  const layout = columns(
    paths.map((name, i) =>
      Math.max(
        Math.min(LONGEST_NAME, name.length),
        largest(
          shown.map((values) => values[i].length),
          0,
        ),
      ),
    ),
    GAP,
  );
  const width = layout.reduce((sum, column) => sum + column.width + GAP, 0);
  if (width > 0 && room - width < LEAST_ROOM)
    throw new CheckError(
      "usage",
      `--watch: beside ${paths.join(", ")} the run has no room; watch fewer fields`,
    );
  const text = (state: S): string =>
    valuesIn(state).reduce((line, value, i) => line.padEnd(layout[i].at) + value, "");
  return { names: paths.map(ascii), layout, width, text };
};
