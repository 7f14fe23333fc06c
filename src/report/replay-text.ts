import type { Trace, TraceStep } from "../check/trace.ts";
import type { Format } from "../derive/format.ts";
import { noteOfStep } from "../model/note.ts";
import { stepLines } from "./changes.ts";
import { INDENT } from "./columns.ts";
import { numbered } from "./counterexample.ts";
import { loopBegins, loopEnds } from "./loop-lines.ts";
import { wrap } from "./wrap.ts";

const noted = ({ step: { action, args }, before, after }: TraceStep<unknown>): readonly string[] =>
  (noteOfStep(action.note, { args, before, after })?.whenReplayed ?? []).map((line) => `  ${line}`);

const stateLines = (state: unknown, format: Format<unknown>): readonly string[] =>
  format.state(state).flatMap((line) => wrap(`${" ".repeat(INDENT * 2)}${line}`, 75));

/** A run step by step, each step with all that is noted of it; with `whole` the full state at the start and after each step. */
export const replayLines = (
  trace: Trace<unknown>,
  format: Format<unknown>,
  whole: boolean,
): readonly string[] => {
  const { start, steps } = trace;
  const blocks = steps.map((taken, place) => ({
    actor: taken.step.actor,
    lines: [...stepLines(taken, format, true), ...noted(taken)],
    before: loopBegins(trace, place),
  }));
  if (!whole) return [...numbered(blocks), ...loopEnds(trace)];
  return [
    ...stateLines(start, format),
    ...numbered(blocks, (place) => stateLines(steps[place].after, format)),
    ...loopEnds(trace),
  ];
};
