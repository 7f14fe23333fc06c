import type { Programs } from "../../catalogue/origin.ts";
import { choices, type Action, type Args } from "../../model/action.ts";
import type { Model } from "../../model/model.ts";
import { sizeOf, type Scope } from "../../schema/domain.ts";
import { agree, callOf, fixedBy } from "../text/call.ts";
import type { Following } from "./changed-model.ts";
import { conditionIn } from "../ground/expressions.ts";
import { FaultError, unknown } from "../text/faults.ts";
import { madeOnce, type Ground } from "../ground/ground.ts";
import type { Instruction, NewField, Program } from "../variation.ts";
import { written } from "../text/written.ts";

/** Where a program stands that has no more instructions. */
const DONE = "DONE";

/** The instructions of one member in their order, in code: calls, or calls with a label or a condition. */
export interface GuestProgram {
  /** Whose program it is, as `guest0`. */
  readonly of: string;
  readonly steps: readonly (
    string | { readonly label?: string; readonly do: string; readonly when?: string }
  )[];
}

/** The same as a file says it. */
export const programOf = ({ of, steps }: GuestProgram): Program => ({
  of: written(of),
  steps: steps.map((step): Instruction => {
    if (typeof step === "string") return { do: written(step) };
    const { label, when } = step;
    return {
      do: written(step.do),
      ...(label !== undefined && { label: written(label) }),
      ...(when !== undefined && { when: written(when) }),
    };
  }),
});

/** The words for the instructions of a program: their labels, or their numbers from 1. */
const wordsOf = ({ steps }: Program): readonly string[] => [
  ...steps.map(({ label }, i) => label?.text ?? `AT_${i + 1}`),
  DONE,
];

/** The fields that programs have in the state: `program.guest0.pc`. @throws FaultError where two places are called alike. */
export const programFields = (programs: readonly Program[]): readonly NewField[] =>
  programs.map((program) => {
    const words = wordsOf(program);
    const twice = words.find((word, i) => words.indexOf(word) !== i);
    if (twice !== undefined) throw new FaultError(program.of.at, `two places are called ${twice}`);
    return {
      path: { ...program.of, text: `program.${program.of.text}.pc` },
      domain: words.map(written),
      creates: true,
    };
  });

/** The number of the member whose program it is. @throws FaultError where there is none. */
const numberOf = ({ of }: Program, { family, called }: Programs, scope: Scope): number => {
  const names = Array.from({ length: sizeOf(scope, family) }, (_, v) => `${called}${v}`);
  const number = names.indexOf(of.text);
  if (number < 0) throw unknown("program", of, names);
  return number;
};

/** One instruction, as it is asked whether a step of an action is it. */
interface Ready {
  readonly action: string;
  readonly word: string;
  readonly next: string;
  readonly is: (state: unknown, args: Args) => boolean;
}

const readyOf = (
  action: Action<unknown>,
  { do: call, when }: Instruction,
  [word, next]: readonly [string, string],
  ground: Ground,
): Ready => {
  const fixed = fixedBy(callOf(call), action, ground.scope);
  const condition = when && conditionIn(when, action.args, ground);
  return {
    action: action.name,
    word,
    next,
    is: (state, args) => agree(fixed, args) && (condition?.(state, args) ?? true),
  };
};

interface Counters {
  readonly program: Readonly<Record<string, { pc: string }>>;
}

/** What is said of a place where no run comes. */
const unreachedText = (whose: string, word: string): string => `program of ${whose} never at ${word}`;

/** An instruction of a guest that has a program: a step of it where the program stands, which it moves on. */
const counted = (
  was: Action<unknown>,
  whose: string,
  isMine: (args: Args) => boolean,
  ready: readonly Ready[],
  { ledger }: Ground,
): Action<unknown> => {
  const reached = (word: string) => ledger.marker(unreachedText(whose, word));
  const at = (state: unknown, args: Args): Ready | undefined => {
    const { pc } = (state as Counters).program[whose];
    return ready.find(({ action, word, is }) => action === was.name && word === pc && is(state, args));
  };
  const made: Action<unknown> = {
    ...was,
    guard: (state, args) => was.guard(state, args) && (!isMine(args) || at(state, args) !== undefined),
    effect: (draft, args) => {
      const here = isMine(args) ? at(draft, args) : undefined;
      was.effect(draft, args);
      if (here === undefined) return;
      (draft as unknown as Counters).program[whose].pc = here.next;
      reached(here.next)();
    },
  };
  return ledger.say(
    made,
    ready.filter(({ action }) => action === was.name).map(({ next }) => unreachedText(whose, next)),
    was,
  );
};

/** A model in which one program is followed. */
const withProgram = (
  model: Model<unknown>,
  program: Program,
  how: Programs,
  ground: Ground,
  { tell, attempt }: Following,
): Model<unknown> => {
  const v = numberOf(program, how, ground.scope);
  const words = wordsOf(program);
  const isMine = (action: Action<unknown>, args: Args): boolean => action.actor(args) === how.actor(v);
  /** Whether some of its steps are instructions of this member. */
  const isOf = (action: Action<unknown>): boolean =>
    choices(action.args, ground.scope).some((args) => isMine(action, args));
  const readyAt = (step: Instruction, i: number): readonly Ready[] => {
    const { action: name, args } = callOf(step.do);
    if (!how.isInstruction(name.text) && model.actions.some((one) => one.name === name.text))
      throw new FaultError(name.at, `${name.text} is no instruction: a program has those alone`);
    const other = args.find((arg) => arg.name.text === how.arg && arg.value.text !== String(v));
    if (other !== undefined)
      throw new FaultError(other.value.at, `it is the program of ${program.of.text}: leave ${how.arg} out`);
    const action = model.actions.find((one) => one.name === name.text);
    tell(name, action === undefined ? "absent" : "done");
    if (action !== undefined && !isOf(action))
      throw new FaultError(name.at, `${name.text} is no instruction of ${program.of.text}: others take it`);
    return action === undefined ? [] : [readyOf(action, step, [words[i], words[i + 1]], ground)];
  };
  const ready = program.steps.flatMap((step, i) => attempt(step.do.at, () => readyAt(step, i)) ?? []);
  const isCounted = (action: Action<unknown>): boolean => how.isInstruction(action.name) && isOf(action);
  const countedOf = (was: Action<unknown>): Action<unknown> =>
    madeOnce(ground, program, was, () =>
      counted(was, program.of.text, (args) => isMine(was, args), ready, ground),
    );
  return { ...model, actions: model.actions.map((was) => (isCounted(was) ? countedOf(was) : was)) };
};

/**
 * A model in which the instructions of some guests come in the order of a program, and in no other.
 * @throws FaultError where a program names what there is not, unless it is followed and left out.
 */
export const programmed = (
  model: Model<unknown>,
  programs: readonly Program[],
  how: Programs | undefined,
  ground: Ground,
  following: Following,
): Model<unknown> =>
  programs.reduce<Model<unknown>>(
    (before, program) =>
      following.attempt(program.of.at, () => {
        if (how === undefined) throw new FaultError(program.of.at, "nobody runs a program here");
        return withProgram(before, program, how, ground, following);
      }) ?? before,
    model,
  );
