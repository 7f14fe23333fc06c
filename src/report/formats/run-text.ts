import { formatOf, type Format } from "../../derive/format.ts";
import { stepText } from "../../model/model.ts";
import type { TraceStep } from "../../check/trace.ts";
import type { ReportedRun } from "./reported.ts";

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

/** One line a step: its number, its actor, what it does. */
export const runLines = (run: ReportedRun): readonly string[] => {
  const { loopAt } = run.trace;
  return [
    ...stepWords(run).map(({ number, actor, text }) => `${number} ${actor} ${text}`),
    ...(loopAt === undefined ? [] : [`then again and again from after step ${loopAt}`]),
  ];
};
