import { codecOf } from "../../derive/codec.ts";
import { compareRows, renamedRow } from "../../derive/renaming.ts";
import type { Path, Problem } from "../../problem/exploration.ts";
import { takerOf } from "../../problem/plain-step.ts";
import { leastRow } from "./canonical-state.ts";

/**
 * The run of the model behind a run of states that stand for others: from the start state itself, by the steps under the
 * names that the members have there. Each state of one run is, up to renaming, the state of the other.
 */
export const realRun = <S>(problem: Problem<S>, { start, steps }: Path): Path => {
  const { symmetry } = problem;
  if (symmetry === undefined) return { start, steps };
  const take = takerOf(problem);
  const { encode, decode } = codecOf(problem.model.state, problem.scope);
  const after = (row: Int32Array, step: number): Int32Array => {
    const taken = take(problem.steps[step], decode(row));
    if (taken === undefined) throw new Error(`step ${step} is not enabled on the way to a real run`);
    return encode(taken.after);
  };
  /** The step that a step of the row that stands for `real` is there. */
  const renamed = (standing: Int32Array, real: Int32Array, step: number): number => {
    if (compareRows(standing, real) === 0) return step;
    const names = symmetry.renamings.find(
      (renaming) => compareRows(renamedRow(renaming, standing), real) === 0,
    );
    if (names === undefined)
      throw new Error("a state does not differ in names only from the one that stands for it");
    return names.steps[step];
  };
  let real = encode(problem.start[start]);
  let standing = leastRow(problem, real);
  const taken = steps.map((step) => {
    const own = renamed(standing, real, step);
    real = after(real, own);
    standing = leastRow(problem, after(standing, step));
    return own;
  });
  return { start, steps: taken };
};
