import { CheckError, during } from "../errors.ts";
import { stepText, type Step } from "../model/model.ts";
import type { Path, Problem } from "../problem/exploration.ts";
import { isEnabled, startOf, takerOf } from "../problem/plain-step.ts";
import { spellingsOf } from "./step-spelling.ts";
import type { Trace } from "./trace.ts";

/** Longer runs are refused: nothing that is explored here has such. */
const LONGEST = 1_000_000;
/** No such run is written in more characters, at 32 for a step. */
const LONGEST_TEXT = 32 * LONGEST;

const isOn = <S>(problem: Problem<S>, step: Step<S>, state: S): boolean => {
  try {
    return isEnabled(problem, step, state);
  } catch (error) {
    throw during(`the guard of ${stepText(step)}`, error);
  }
};

/** The spellings of a problem's steps, by id. */
const spelled = <S>({ steps }: Problem<S>): readonly (readonly string[])[] => steps.map(spellingsOf);

/** Equal steps in a row as one, with how many there are before it: `3ti0`. */
const counted = (texts: readonly string[]): string => {
  const groups: { readonly text: string; times: number }[] = [];
  for (const text of texts) {
    const last = groups.at(-1);
    if (last?.text === text) last.times++;
    else groups.push({ text, times: 1 });
  }
  return groups.map(({ text, times }) => `${times === 1 ? "" : times}${text}`).join(".");
};

/**
 * A run as the names of its steps, each as short as it can be among the steps enabled where it is taken: `dp0.gwt0,N.2ti0`,
 * where `2ti0` is two steps. An empty run is `-`; `2@` before it names a start state other than the first. `dp0+ti0.mo0`
 * takes the steps after the `+` again and again, `dp0+` stops there for ever.
 */
export const scheduleOf = <S>(
  problem: Problem<S>,
  path: Path,
  { start, steps, loopAt }: Trace<S>,
): string => {
  const spellings = spelled(problem);
  const known = new Map<number, readonly Step<S>[]>();
  /** The other steps that can be written in a way in which this one can. */
  const alike = (id: number): readonly Step<S>[] => {
    const others =
      known.get(id) ??
      problem.steps.filter(
        (other) => other.id !== id && spellings[other.id].some((text) => spellings[id].includes(text)),
      );
    known.set(id, others);
    return others;
  };
  const made = steps.map(({ step: { id } }, i) => {
    const state = i === 0 ? start : steps[i - 1].after;
    const taken = new Set(
      alike(id)
        .filter((other) => isOn(problem, other, state))
        .flatMap((other) => spellings[other.id]),
    );
    return spellings[id].find((text) => !taken.has(text)) ?? spellings[id].at(-1)!;
  });
  const first = path.start === 0 ? "" : `${path.start}@`;
  if (loopAt === undefined) return `${first}${made.length === 0 ? "-" : counted(made)}`;
  return `${first}${counted(made.slice(0, loopAt))}+${counted(made.slice(loopAt))}`;
};

/** Steps of a schedule: how often, and which. */
interface Named {
  readonly times: number;
  readonly text: string;
}

const input = (message: string): CheckError => new CheckError("input", message);

const namedIn = (text: string | undefined): readonly Named[] =>
  text === undefined || text === ""
    ? []
    : text.split(".").map((part) => {
        const [, times, name] = /^([0-9]*)(.*)$/.exec(part)!;
        return { times: times === "" ? 1 : Number(times), text: name };
      });

const malformed = (schedule: string): CheckError =>
  input(
    `malformed schedule "${schedule.slice(0, 40)}": it is the names of its steps with dots between, like dp0.gwt0,N.2ti0` +
      (/^(\d+@)?[0-9a-z+.]+$/.test(schedule)
        ? "\n  traces once had one character for each step, its place among those enabled; they cannot be read any more"
        : ""),
  );

/** A schedule taken apart. */
interface Parts {
  readonly start: number;
  readonly named: readonly Named[];
  readonly loopAt?: number;
}

const lengthOf = (part: readonly Named[]): number => part.reduce((sum, { times }) => sum + times, 0);

const partsOf = (schedule: string): Parts => {
  if (schedule.length > LONGEST_TEXT)
    throw input(`a schedule has at most ${LONGEST_TEXT} characters, this one ${schedule.length}`);
  const parts = /^(?:(\d{1,6})@)?(?:-|([\w,%.]*)(?:(\+)([\w,%.]*))?)$/.exec(schedule);
  if (parts === null || /^(\d+@)?$/.test(schedule)) throw malformed(schedule);
  const [stem, loop] = [namedIn(parts[2]), namedIn(parts[4])];
  const named = [...stem, ...loop];
  if (named.some(({ times, text }) => text === "" || times === 0)) throw malformed(schedule);
  const steps = lengthOf(named);
  if (steps > LONGEST) throw input(`a schedule has at most ${LONGEST} steps, this one ${steps}`);
  return {
    start: Number(parts[1] ?? 0),
    named,
    ...(parts[3] === undefined ? {} : { loopAt: lengthOf(stem) }),
  };
};

/** The steps that can be written in each way. */
const bySpelling = <S>(problem: Problem<S>): ReadonlyMap<string, readonly Step<S>[]> => {
  const steps = new Map<string, Step<S>[]>();
  spelled(problem).forEach((texts, id) => {
    for (const text of texts) steps.set(text, [...(steps.get(text) ?? []), problem.steps[id]]);
  });
  return steps;
};

/**
 * The run that a schedule names. A name means the one enabled step that can be written so; so it means the same in a model
 * that has other actions beside.
 * @throws CheckError when it is malformed, or names a step that is not enabled where it would be taken.
 */
export const pathOf = <S>(problem: Problem<S>, schedule: string): Path => {
  const { start, named, loopAt } = partsOf(schedule);
  if (problem.start[start] === undefined)
    throw input(`there is no start state ${start} (the last is ${problem.start.length - 1})`);
  const known = bySpelling(problem);
  if (named.length === 1 && !known.has(named[0].text)) throw malformed(schedule);
  const take = takerOf(problem);
  let state = startOf(problem, start);
  const steps: number[] = [];
  for (const { times, text } of named)
    for (let time = 0; time < times; time++) {
      const step = theOne(problem, state, steps.length + 1, text, known.get(text) ?? []);
      try {
        state = take(step, state)!.after;
      } catch (error) {
        throw during(stepText(step), error);
      }
      steps.push(step.id);
    }
  return { start, steps, ...(loopAt === undefined ? {} : { loopAt }) };
};

/** Of the steps that a name may mean, the one that is enabled. @throws CheckError when it is not exactly one. */
const theOne = <S>(
  problem: Problem<S>,
  state: S,
  place: number,
  text: string,
  meant: readonly Step<S>[],
): Step<S> => {
  const enabled = meant.filter((step) => isOn(problem, step, state));
  if (enabled.length === 1) return enabled[0];
  if (enabled.length > 1)
    throw input(
      `step ${place}: ${text} may be ${enabled.map((step) => `${stepText(step)} (${spellingsOf(step).at(-1)})`).join(" or ")}` +
        ": write it in full",
    );
  const others = problem.steps.filter((step) => isOn(problem, step, state)).map(stepText);
  const what =
    meant.length === 0
      ? `no step of this model is called ${text.slice(0, 40)}`
      : `${meant.map(stepText).join(" or ")} is not enabled there`;
  throw input(
    `step ${place}: ${what}; ${others.length === 0 ? "no step is enabled" : `enabled are ${others.join(", ")}`}`,
  );
};
