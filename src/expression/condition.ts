import type { Args, TakenAction } from "../model/action.ts";
import { checkCondition, refuse, type Checked } from "./checked.ts";
import { contextOf } from "./check-term.ts";
import type { Names } from "./names.ts";
import { sameAnswer } from "./same-answer.ts";
import { parse } from "./syntax.ts";

/** What is common to expressions that are checked. */
export interface Expression {
  /** As it was written. */
  readonly text: string;
  /**
   * The leaves of the state that it may read itself, with `[]` for any member: `vcpu[].req.UNBLOCK`. What a predicate
   * reads is not among them.
   */
  readonly reads: readonly string[];
}

/** An expression that is true or false of a state, or before a step and, where that is known, after it. */
export interface Condition extends Expression {
  readonly holds: (state: unknown, args: Args, after?: unknown) => boolean;
}

/** An expression that is true or false of a step. */
export interface StepCondition extends Expression {
  readonly holds: (before: unknown, after: unknown, taken: TakenAction, args: Args) => boolean;
}

const checked = (text: string, names: Names): Expression & Pick<Checked, "run"> => {
  const term = parse(text);
  const context = contextOf(text, names);
  const { run } = checkCondition(term, context);
  const answer = sameAnswer(({ state, after, action, args }) => {
    const at: never[] = [];
    return run({ state, after, action, args, at }) as boolean;
  }, names);
  if (answer !== undefined)
    refuse(context, term, `"${text.trim()}" says the same of every state: it is always ${answer}`);
  return { text, reads: [...context.reads], run };
};

/**
 * Reads and checks a condition of a state. @throws ExpressionError with what is wrong and where; also where it is true of
 * every state of the schema, or of none, as far as 10,000 looks can tell.
 */
export const conditionOf = (text: string, names: Omit<Names, "step">): Condition => {
  const { run, reads } = checked(text, names);
  return {
    text,
    reads,
    holds: (state, args, after) => run({ state, after, action: "", args, at: [] }) as boolean,
  };
};

/** Reads and checks a condition of a step. @throws ExpressionError as `conditionOf` does. */
export const stepConditionOf = (
  text: string,
  names: Names & { readonly step: NonNullable<Names["step"]> },
): StepCondition => {
  const { run, reads } = checked(text, names);
  return {
    text,
    reads,
    holds: (state, after, { action }, args) => run({ state, after, action, args, at: [] }) as boolean,
  };
};
