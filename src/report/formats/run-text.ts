import { formatOf, type Format } from "../../derive/format.ts";
import { stepText } from "../../model/model.ts";
import type { TraceStep } from "../../check/trace.ts";
import { isBookkeeping } from "../changes.ts";
import { traceLines } from "../counterexample.ts";
import { changeLines } from "../run/change-words.ts";
import { labelling } from "../run/step-label.ts";
import { toldOf } from "../run/told.ts";
import { wrap } from "../wrap.ts";
import type { ReportedRun } from "./reported.ts";

/** As wide as the lines of a run. */
const WIDTH = 75;

/** The changes of a step as text: `vcpu[0].mode: OUT -> IN`. */
const changeTexts = (
  format: Pick<Format<unknown>, "value">,
  { changes }: TraceStep<unknown>,
): readonly string[] =>
  changes.map(({ path, from, to }) => `${path}: ${format.value(path, from)} -> ${format.value(path, to)}`);

/** A step of a run as every format words it. */
export interface StepWords {
  /** From 1. */
  readonly number: number;
  readonly actor: string;
  readonly text: string;
  readonly changes: readonly string[];
}

/** The steps of a run in words. */
export const stepWords = ({ problem: { model, scope }, trace }: ReportedRun): readonly StepWords[] => {
  const format = formatOf(model.state, scope);
  return trace.steps.map((taken, place) => ({
    number: place + 1,
    actor: taken.step.actor,
    text: stepText(taken.step),
    changes: changeTexts(format, taken),
  }));
};

/** The actors of some steps, each once, in the order in which they first act. */
export const actorsOf = (steps: readonly StepWords[]): readonly string[] => [
  ...new Set(steps.map(({ actor }) => actor)),
];

/** A run told in sentences, naming its steps; nothing of a run without steps. */
export const toldOfRun = ({ problem, trace, start }: ReportedRun): string =>
  trace.steps.length === 0 ? "" : toldOf(problem, trace, start, undefined).join(" ");

/** A run as it is printed in brief: told first, then a lane for each actor, a line a step. */
export const runLines = (run: ReportedRun): readonly string[] => {
  const told = toldOfRun(run);
  return [
    ...(told === "" ? [] : [...wrap(told, WIDTH, 0), ""]),
    // One column is the margin of a mail.
    ...traceLines(run.problem, run.trace, {}).map((line) => line.slice(1)),
  ];
};

/** The steps of a run, each as its lane shows it, with what it changed but for the model's own bookkeeping. */
export const briefSteps = ({ problem, trace }: ReportedRun): readonly StepWords[] => {
  const format = formatOf(problem.model.state, problem.scope);
  const label = labelling(problem.steps);
  return trace.steps.map(({ step, changes }, place) => {
    const seen = changes.filter((change) => !isBookkeeping(change));
    return {
      number: place + 1,
      actor: step.actor,
      text: label(step),
      changes: seen.length === 0 ? [] : changeLines(seen, format, undefined, Infinity),
    };
  });
};
