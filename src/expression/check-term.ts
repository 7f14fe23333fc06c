import { checkCall } from "./check-call.ts";
import { checkComparison, isComparison } from "./check-comparison.ts";
import { checkIn } from "./check-in.ts";
import { checkSides } from "./check-sides.ts";
import { checkCondition, checkNumber, inText, refuse, type Checked, type Context } from "./checked.ts";
import { checkAt, checkField, checkName } from "./check-path.ts";
import type { Names } from "./names.ts";
import type { Term, TermOf } from "./term.ts";
import type { Type, TypeOf } from "./type.ts";

type Numbers = TypeOf<"number">;

/** What the two branches of a choice are together. */
const either = (a: Type, b: Type): Type => {
  if (a.kind === "number" && b.kind === "number")
    return { kind: "number", min: Math.min(a.min, b.min), max: Math.max(a.max, b.max) };
  if (a.kind === "word" && b.kind === "word")
    return { kind: "word", values: [...new Set([...a.values, ...b.values])] };
  return a;
};

const rangeOf = (operator: "+" | "-" | "*", a: Numbers, b: Numbers): Numbers => {
  if (operator === "+") return { kind: "number", min: a.min + b.min, max: a.max + b.max };
  if (operator === "-") return { kind: "number", min: a.min - b.max, max: a.max - b.min };
  const corners = [a.min * b.min, a.min * b.max, a.max * b.min, a.max * b.max].toSorted((x, y) => x - y);
  return { kind: "number", min: corners[0], max: corners[3] };
};

const arithmetic = (operator: "+" | "-" | "*", a: number, b: number): number =>
  // A product with 0 may be -0, which is no other number than 0.
  operator === "+" ? a + b : operator === "-" ? a - b : a * b + 0;

const checkArithmetic = (term: TermOf<"binary">, operator: "+" | "-" | "*", context: Context): Checked => {
  const [left, right] = [checkNumber(term.left, context), checkNumber(term.right, context)];
  const type = rangeOf(operator, left.type, right.type);
  if (!Number.isSafeInteger(type.min) || !Number.isSafeInteger(type.max))
    refuse(context, term, `${inText(context, { term })} goes beyond the safe integers`);
  return {
    term,
    type,
    run: (s) => arithmetic(operator, left.run(s) as number, right.run(s) as number),
    varies: left.varies || right.varies,
  };
};

const checkLogic = (term: TermOf<"binary">, context: Context): Checked => {
  const [left, right] = [checkCondition(term.left, context), checkCondition(term.right, context)];
  const run: Checked["run"] =
    term.operator === "&&" ? (s) => left.run(s) && right.run(s) : (s) => left.run(s) || right.run(s);
  return { term, type: { kind: "bool" }, run, varies: true };
};

const checkBinary = (term: TermOf<"binary">, context: Context): Checked => {
  const { operator } = term;
  if (operator === "&&" || operator === "||") return checkLogic(term, context);
  if (operator === "in") return checkIn(term, context);
  return isComparison(operator)
    ? checkComparison(term, operator, context)
    : checkArithmetic(term, operator, context);
};

/** `CONDITION ? A : B`. */
const checkChoice = (term: TermOf<"choice">, context: Context): Checked => {
  const when = checkCondition(term.when, context);
  const [yes, no] = [context.check(term.yes, context), context.check(term.no, context)];
  if (yes.word === undefined || no.word === undefined) {
    // A word that is written in one branch need not be one that the other may be.
    if (yes.type.kind !== "word" || no.type.kind !== "word") checkSides(context, yes, no);
  }
  const branches = [yes, no].flatMap((one) => (one.word === undefined ? (one.branches ?? []) : [one]));
  return {
    term,
    type: either(yes.type, no.type),
    run: (s) => (when.run(s) ? yes.run(s) : no.run(s)),
    varies: true,
    branches,
  };
};

const checkMinus = (term: TermOf<"minus">, context: Context): Checked => {
  const of = checkNumber(term.of, context);
  const { min, max } = of.type;
  // 0 - 0 is 0, where -0 would be the negative zero.
  const type = { kind: "number", min: 0 - max, max: 0 - min } as const;
  return { term, type, run: (s) => 0 - (of.run(s) as number), varies: of.varies };
};

/** How terms are checked, by their kinds. */
type Cases = { readonly [K in Term["kind"]]: (term: TermOf<K>, context: Context) => Checked };

const cases: Cases = {
  bool: (term) => ({ term, type: { kind: "bool" }, run: () => term.value, varies: false }),
  number: (term) => ({
    term,
    type: { kind: "number", min: term.value, max: term.value },
    run: () => term.value,
    varies: false,
  }),
  quoted: (term) => ({
    term,
    type: { kind: "word", values: [term.value] },
    run: () => term.value,
    varies: false,
    word: "quoted",
  }),
  name: checkName,
  field: checkField,
  member: checkAt,
  call: checkCall,
  list: (term, context) => refuse(context, term, "a list stands only behind in, as in x in [A, B]"),
  not: (term, context) => {
    const of = checkCondition(term.of, context);
    return { term, type: { kind: "bool" }, run: (s) => !of.run(s), varies: true };
  },
  minus: checkMinus,
  binary: checkBinary,
  choice: checkChoice,
};

const check = (term: Term, context: Context): Checked =>
  (cases[term.kind] as (term: Term, context: Context) => Checked)(term, context);

/** What the terms of one expression are checked in. */
export const contextOf = (text: string, names: Names): Context => ({
  text,
  names,
  bound: [],
  depth: 0,
  reads: new Set(),
  noted: { saysAfter: false },
  check,
});
