import { checkNumber, inText, refuse, type Checked, type Context } from "./checked.ts";
import { checkWhole } from "./check-path.ts";
import type { TermOf } from "./term.ts";
import { inWords } from "./type.ts";

/** Refuses a call with another number of arguments than is wanted; `how` says how it is called. */
export const checkCount = (term: TermOf<"call">, context: Context, wanted: number, how: string): void => {
  if (term.args.length !== wanted) refuse(context, term, `${how}, not ${term.args.length}`);
};

/** `any(RECORD)` of bits, `any(SET)`. */
const checkAny = (term: TermOf<"call">, context: Context): Checked => {
  checkCount(term, context, 1, "any(x) has one argument");
  const of = checkWhole(context.check(term.args[0], context), context);
  const { type } = of;
  const bool = { kind: "bool" } as const;
  if (type.kind === "set") return { term, type: bool, run: (s) => of.run(s) !== 0, varies: true };
  if (type.kind !== "record" || !Object.values(type.fields).every(({ kind }) => kind === "bool"))
    return refuse(
      context,
      term.args[0],
      `${inText(context, of)} is ${inWords(type)}: any() wants a set, or a record whose fields are all true or false`,
    );
  const names = Object.keys(type.fields);
  if (names.length === 0)
    refuse(context, term, `"${inText(context, { term })}" says the same of every state`);
  if (of.path !== undefined) for (const name of names) context.reads.add(`${of.path}.${name}`);
  const run: Checked["run"] = (s) => {
    const record = of.run(s) as Readonly<Record<string, boolean>>;
    return names.some((name) => record[name]);
  };
  return { term, type: bool, run, varies: true };
};

/** `min(A, B)`, `max(A, B)`. */
const checkExtreme = (
  term: TermOf<"call">,
  context: Context,
  pick: (a: number, b: number) => number,
): Checked => {
  checkCount(term, context, 2, `${term.name}(a, b) has two arguments`);
  const [a, b] = term.args.map((arg) => checkNumber(arg, context));
  return {
    term,
    type: { kind: "number", min: pick(a.type.min, b.type.min), max: pick(a.type.max, b.type.max) },
    run: (s) => pick(a.run(s) as number, b.run(s) as number),
    varies: a.varies || b.varies,
  };
};

/** The functions that every expression has. */
export const BUILT_IN: Readonly<Record<string, (term: TermOf<"call">, context: Context) => Checked>> = {
  any: checkAny,
  min: (term, context) => checkExtreme(term, context, Math.min),
  max: (term, context) => checkExtreme(term, context, Math.max),
};
