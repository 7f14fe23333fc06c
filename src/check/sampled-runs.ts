import { codecOf } from "../derive/codec.ts";
import { CheckError } from "../errors.ts";
import type { Exploration, Path, Problem } from "../problem/exploration.ts";
import { moverOf, startOf } from "../problem/plain-step.ts";
import { runText, type Step } from "../model/model.ts";
import { KeptSteps } from "./kept-steps.ts";

/** Runs that begin alike are one run so far. */
interface Branch {
  readonly next: Map<number, Branch>;
  /** The states to which the runs lead that end here, by number. */
  readonly ends: number[];
}

/** Runs longer than this are not taken again: a run is as long as its state is deep. */
const LONGEST = 200;

const branch = (): Branch => ({ next: new Map(), ends: [] });

/** A child of a tree, made where it is missing. */
const into = (tree: Map<number, Branch>, key: number): Branch => {
  const known = tree.get(key) ?? branch();
  tree.set(key, known);
  return known;
};

const wrong = <S>({ steps }: Problem<S>, path: Path, cause?: unknown): CheckError =>
  new CheckError(
    "internal",
    `taken again, ${runText(steps, path)} does not lead where it led: ` +
      "some guard or recipe on the way is not deterministic, or the engine is wrong",
    { cause },
  );

/** A state on a run, in the two forms in which steps are taken. */
interface Met<S> {
  readonly state: () => S;
  readonly row: () => Int32Array;
}

/** Says something once it is asked. */
const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
};

/**
 * Takes the runs to some of the states found once more, and sees that they lead to them. What runs have in common is taken
 * once, so that all together cost no more than the tree that they make. Steps that are `kept` are taken by what is kept of
 * them, the others on plain objects.
 * @throws CheckError `internal` where a run leads elsewhere.
 */
export const runsLeadThere = <S>(
  problem: Problem<S>,
  found: Exploration<S>,
  ids: readonly number[],
  kept: (step: Step<S>) => boolean,
): void => {
  const { encode, decodeFrozen } = codecOf(problem.model.state, problem.scope);
  const move = moverOf(problem);
  const steps = new KeptSteps(problem);
  const ofState = (state: S): Met<S> => ({ state: () => state, row: once(() => encode(state)) });
  const ofRow = (row: Int32Array): Met<S> => ({
    state: once(() => decodeFrozen(row)),
    row: () => row,
  });
  const taken = (step: Step<S>, met: Met<S>): Met<S> | undefined => {
    if (kept(step)) {
      const after = steps.after(step, met.row());
      return after && ofRow(after);
    }
    const after = move(step, met.state());
    return after === undefined ? undefined : ofState(after);
  };
  const paths = new Map(
    ids.filter((id) => depthOf(found, id) <= LONGEST).map((id) => [id, found.path(id)] as const),
  );
  const starts = new Map<number, Branch>();
  for (const [id, { start, steps }] of paths)
    steps.reduce((at, step) => into(at.next, step), into(starts, start)).ends.push(id);
  /** Some run through a branch. */
  const through = (at: Branch): Path => {
    let end = at;
    while (end.ends.length === 0) end = end.next.values().next().value!;
    return paths.get(end.ends[0])!;
  };
  const attempt = <T>(at: Branch, make: () => T | undefined): T => {
    let made: T | undefined;
    try {
      made = make();
    } catch (error) {
      throw wrong(problem, through(at), error);
    }
    if (made === undefined) throw wrong(problem, through(at));
    return made;
  };
  const left: (readonly [met: Met<S>, at: Branch])[] = [...starts].map(([start, at]) => [
    attempt(at, () => (start in problem.start ? ofState(startOf(problem, start)) : undefined)),
    at,
  ]);
  for (let top = left.pop(); top !== undefined; top = left.pop()) {
    const [met, at] = top;
    for (const id of at.ends) {
      const row = attempt(at, () => met.row().join());
      if (row !== encode(found.state(id)).join()) throw wrong(problem, paths.get(id)!);
    }
    for (const [step, next] of at.next)
      left.push([attempt(next, () => taken(problem.steps[step], met)), next]);
  }
};

/** States are numbered by depth. */
const depthOf = <S>({ levels }: Exploration<S>, id: number): number => {
  let before = 0;
  return levels.findIndex((size) => (before += size) > id);
};
