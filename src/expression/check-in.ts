import { always, isOnlyMember } from "./always.ts";
import { inText, ofType, refuse, refuseType, type Checked, type Context } from "./checked.ts";
import { checkMember } from "./check-path.ts";
import { checkSides } from "./check-sides.ts";
import type { TermOf } from "./term.ts";
import { inWords, type TypeOf } from "./type.ts";

/** `NUMBER in SET`. */
const checkInSet = (term: TermOf<"binary">, context: Context, set: Checked<TypeOf<"set">>): Checked => {
  const member = context.check(term.left, context);
  const { family, size } = set.type;
  const number = ofType<"number">(context, member, { kind: "number", min: 0, max: size - 1, family });
  checkMember(number, context, set.type);
  const run: Checked["run"] = (s) => (((set.run(s) as number) >>> (number.run(s) as number)) & 1) === 1;
  return { term, type: { kind: "bool" }, run, varies: true };
};

const isListable = ({ type }: Checked): boolean => type.kind === "word" || type.kind === "number";

/** Whether the values written in a list are all that there are. */
const coversAll = ({ type }: Checked, items: readonly Checked[]): boolean => {
  if (!items.every(({ varies }) => !varies)) return false;
  if (type.kind === "word")
    return type.values.every((value) =>
      items.some((item) => (item.type as TypeOf<"word">).values[0] === value),
    );
  if (type.kind !== "number" || type.max - type.min >= items.length) return false;
  const numbers = new Set(items.map((item) => (item.type as TypeOf<"number">).min));
  return numbers.size === type.max - type.min + 1;
};

const checkItem = (context: Context, left: Checked, item: Checked): void => {
  checkSides(context, left, item);
  if (always("==", left, item) === false)
    refuse(
      context,
      item.term,
      `${inText(context, left)} is never ${inText(context, item)}: it is ${inWords(left.type)}`,
    );
};

/** `WORD in [WORD, ...]`, of numbers too. */
const checkInList = (term: TermOf<"binary">, context: Context, list: TermOf<"list">): Checked => {
  const left = context.check(term.left, context);
  if (left.word === "bare") refuseType(context, left, left.type);
  if (!isListable(left))
    refuse(
      context,
      term.left,
      `${inText(context, left)} is ${inWords(left.type)}: only words and numbers are looked for in a list`,
    );
  if (list.items.length === 0) refuse(context, list, "the list is empty");
  const items = list.items.map((item) => context.check(item, context));
  for (const item of items) checkItem(context, left, item);
  if (!left.varies && items.every(({ varies }) => !varies))
    refuse(context, term, `"${inText(context, { term })}" says the same of every state`);
  if (coversAll(left, items) && !isOnlyMember(left))
    refuse(
      context,
      term,
      `"${inText(context, { term })}" is always true: ${inText(context, left)} is ${inWords(left.type)}`,
    );
  const run: Checked["run"] = (s) => {
    const value = left.run(s);
    return items.some((item) => item.run(s) === value);
  };
  return { term, type: { kind: "bool" }, run, varies: true };
};

/** `A in B`, where B is a set or a list that is written there. */
export const checkIn = (term: TermOf<"binary">, context: Context): Checked => {
  if (term.right.kind === "list") return checkInList(term, context, term.right);
  const right = context.check(term.right, context);
  if (right.type.kind === "set") return checkInSet(term, context, right as Checked<TypeOf<"set">>);
  if (right.word === "bare") refuseType(context, right, right.type);
  return refuse(
    context,
    term.right,
    `${inText(context, right)} is ${inWords(right.type)}: "in" wants a set, or a list as in x in [A, B]`,
  );
};
