import { CheckError, during } from "../errors.ts";
import type { Path, Problem } from "../problem/exploration.ts";
import { isEnabled, startOf, takerOf } from "../problem/plain-step.ts";
import { stepText, type Step } from "../model/model.ts";
import type { Trace } from "./trace.ts";

/** Longer runs are refused: nothing that is explored here has such. */
const LONGEST = 1_000_000;
/** No such run is written in more characters, at four for a step. */
const LONGEST_TEXT = 4 * LONGEST;

const enabledIn = <S>(problem: Problem<S>, state: S): readonly Step<S>[] =>
  problem.steps.filter((step) => {
    try {
      return isEnabled(problem, step, state);
    } catch (error) {
      throw during(`the guard of ${stepText(step)}`, error);
    }
  });

/** One choice: a digit 0 to 9 or a to z, from 36 on `.36.`. */
const digit = (choice: number): string => (choice < 36 ? choice.toString(36) : `.${choice}.`);

/**
 * A run as the choices it makes, each the place of its step among the steps enabled there, one character each:
 * `c40701`. An empty run is `-`; `2@` before it names a start state other than the first. `c40+701` takes the steps after
 * the `+` again and again, `c40+` stops there for ever.
 */
export const scheduleOf = <S>(
  problem: Problem<S>,
  path: Path,
  { start, steps, loopAt }: Trace<S>,
): string => {
  const made = steps.map(({ step }, i) =>
    digit(enabledIn(problem, i === 0 ? start : steps[i - 1].after).findIndex(({ id }) => id === step.id)),
  );
  const first = path.start === 0 ? "" : `${path.start}@`;
  if (loopAt === undefined) return `${first}${made.length === 0 ? "-" : made.join("")}`;
  return `${first}${made.slice(0, loopAt).join("")}+${made.slice(loopAt).join("")}`;
};

/**
 * The run that a schedule names.
 * @throws CheckError when it is malformed, or chooses a step where there is none.
 */
export const pathOf = <S>(problem: Problem<S>, schedule: string): Path => {
  if (schedule.length > LONGEST_TEXT)
    throw new CheckError(
      "input",
      `a schedule has at most ${LONGEST_TEXT} characters, this one ${schedule.length}`,
    );
  const parts = /^(?:(\d{1,6})@)?(?:-|((?:[0-9a-z]|\.\d{1,6}\.)*)(?:(\+)((?:[0-9a-z]|\.\d{1,6}\.)*))?)$/.exec(
    schedule,
  );
  if (parts === null || /^(\d+@)?$/.test(schedule))
    throw new CheckError(
      "input",
      `malformed schedule "${schedule.slice(0, 40)}": it is one digit or letter for each step, like c40701`,
    );
  const start = Number(parts[1] ?? 0);
  const choicesIn = (text = ""): readonly string[] => text.match(/[0-9a-z]|\.\d+\./g) ?? [];
  const stem = choicesIn(parts[2]);
  const choices = [...stem, ...choicesIn(parts[4])];
  if (choices.length > LONGEST)
    throw new CheckError("input", `a schedule has at most ${LONGEST} steps, this one ${choices.length}`);
  if (problem.start[start] === undefined)
    throw new CheckError(
      "input",
      `there is no start state ${start} (the last is ${problem.start.length - 1})`,
    );
  const take = takerOf(problem);
  let state = startOf(problem, start);
  const steps = choices.map((text, i) => {
    const choice = text.startsWith(".") ? Number(text.slice(1, -1)) : parseInt(text, 36);
    const enabled = enabledIn(problem, state);
    const step = enabled[choice];
    if (step === undefined)
      throw new CheckError(
        "input",
        `step ${i + 1} is choice ${choice}, but ${enabled.length} steps are enabled there` +
          (enabled.length === 0 ? "" : ` (${enabled.map(stepText).join(", ")})`),
      );
    try {
      state = take(step, state)!.after;
    } catch (error) {
      throw during(stepText(step), error);
    }
    return step.id;
  });
  return { start, steps, ...(parts[3] === undefined ? {} : { loopAt: stem.length }) };
};
