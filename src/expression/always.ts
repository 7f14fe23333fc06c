import type { Checked } from "./checked.ts";
import type { TypeOf } from "./type.ts";

/** An operator that compares two values. */
export type Comparison = "==" | "!=" | "<" | "<=" | ">" | ">=";

/** The answer if it is always the same. */
type Answer = boolean | undefined;
type Numbers = TypeOf<"number">;

const not = (answer: Answer): Answer => (answer === undefined ? undefined : !answer);
const equal = (a: Numbers, b: Numbers): Answer => {
  if (a.max < b.min || b.max < a.min) return false;
  return a.min === a.max && b.min === b.max ? true : undefined;
};
const less = (a: Numbers, b: Numbers): Answer => (a.max < b.min ? true : a.min >= b.max ? false : undefined);

const ofNumbers: Readonly<Record<Comparison, (a: Numbers, b: Numbers) => Answer>> = {
  "==": equal,
  "!=": (a, b) => not(equal(a, b)),
  "<": less,
  "<=": (a, b) => not(less(b, a)),
  ">": (a, b) => less(b, a),
  ">=": (a, b) => not(less(a, b)),
};

const wordsAlways = (a: TypeOf<"word">, b: TypeOf<"word">): Answer => {
  if (!a.values.some((value) => b.values.includes(value))) return false;
  return a.values.length === 1 && b.values.length === 1 ? true : undefined;
};

/** The number of the only member of a family: what is said of it is not worth an error, since another scope has more. */
export const isOnlyMember = ({ type }: Checked): boolean =>
  type.kind === "number" && type.family !== undefined && type.max === 0;

/** The answer of a comparison of two numbers or words, where their types alone say it. */
export const always = (operator: Comparison, left: Checked, right: Checked): Answer => {
  const [a, b] = [left.type, right.type];
  if (a.kind === "number" && b.kind === "number") {
    const isFirst = ({ min, max }: Numbers): boolean => min === 0 && max === 0;
    if ([left, right].some(isOnlyMember) && isFirst(a) && isFirst(b)) return undefined;
    return ofNumbers[operator](a, b);
  }
  if (a.kind !== "word" || b.kind !== "word") return undefined;
  return operator === "==" ? wordsAlways(a, b) : not(wordsAlways(a, b));
};
