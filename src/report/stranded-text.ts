import { plural } from "../check/verdict.ts";
import { runText } from "../model/model.ts";
import type { Outcome } from "../catalogue/outcome.ts";
import { wrap } from "./wrap.ts";

type Cut = Pick<Outcome, "stranded" | "problem">;

/** For each thread that stands still for want of an action left out: where, after which run, and what would go on. */
export const strandedLines = ({ stranded, problem }: Cut): readonly string[] =>
  stranded.flatMap(({ thread, at, actions, path }) =>
    wrap(
      `${thread} stands at ${at} for ever, for the first time after ${plural(path.steps.length, "step")} ` +
        `(${runText(problem.steps, path)}). What would go on is left out: ${actions.join(", ")}.`,
      79,
      2,
    ),
  );

/** The same as data. */
export const strandedJson = ({ stranded, problem }: Cut) =>
  stranded.map(({ thread, at, actions, path }) => ({
    thread,
    at,
    actions,
    run: path.steps.map((id) => runText(problem.steps, { steps: [id] })),
  }));
