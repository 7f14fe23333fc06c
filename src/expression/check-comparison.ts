import { always, type Comparison } from "./always.ts";
import { inText, refuse, refuseType, type Checked, type Context } from "./checked.ts";
import { checkSides } from "./check-sides.ts";
import type { Operator, TermOf } from "./term.ts";
import { inWords } from "./type.ts";

const COMPARISONS: readonly string[] = ["==", "!=", "<", "<=", ">", ">="] satisfies readonly Comparison[];

/** Whether an operator compares. */
export const isComparison = (operator: Operator): operator is Comparison => COMPARISONS.includes(operator);

const checkAlways = (
  context: Context,
  term: TermOf<"binary">,
  operator: Comparison,
  left: Checked,
  right: Checked,
): void => {
  const whole = inText(context, { term });
  const same = inText(context, left) === inText(context, right);
  if ((!left.varies && !right.varies) || (same && left.varies))
    refuse(context, term, `"${whole}" says the same of every state`);
  const answer = always(operator, left, right);
  if (answer === undefined) return;
  const sides = [left, right].filter(({ varies }) => varies);
  const what = sides.map((side) => `${inText(context, side)} is ${inWords(side.type)}`).join(", ");
  refuse(context, term, `"${whole}" is always ${answer}: ${what}`);
};

const ordered = (context: Context, side: Checked): void => {
  if (side.type.kind === "number") return;
  if (side.word === "bare") refuseType(context, side, side.type);
  refuse(
    context,
    side.term,
    `${inText(context, side)} is ${inWords(side.type)}: only numbers are less or greater than others`,
  );
};

const run: Readonly<Record<Comparison, (left: Checked["run"], right: Checked["run"]) => Checked["run"]>> = {
  "==": (left, right) => (s) => left(s) === right(s),
  "!=": (left, right) => (s) => left(s) !== right(s),
  "<": (left, right) => (s) => (left(s) as number) < (right(s) as number),
  "<=": (left, right) => (s) => (left(s) as number) <= (right(s) as number),
  ">": (left, right) => (s) => (left(s) as number) > (right(s) as number),
  ">=": (left, right) => (s) => (left(s) as number) >= (right(s) as number),
};

/** `A == B` and the other comparisons. @throws ExpressionError also where the answer is always the same. */
export const checkComparison = (term: TermOf<"binary">, operator: Comparison, context: Context): Checked => {
  const left = context.check(term.left, context);
  const right = context.check(term.right, context);
  if (operator === "==" || operator === "!=") checkSides(context, left, right);
  else for (const side of [left, right]) ordered(context, side);
  checkAlways(context, term, operator, left, right);
  return { term, type: { kind: "bool" }, run: run[operator](left.run, right.run), varies: true };
};
