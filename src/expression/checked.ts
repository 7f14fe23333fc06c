import { fieldsOf } from "../derive/fields.ts";
import type { Args } from "../model/action.ts";
import { didYouMean, ExpressionError, type Part } from "./expression-error.ts";
import type { Names } from "./names.ts";
import { enclosed, type Term } from "./term.ts";
import { inWords, type Type, type TypeOf } from "./type.ts";

/** What an expression is evaluated in. */
export interface Situation {
  readonly state: unknown;
  /** The state after the step, or after the effect so far. */
  readonly after: unknown;
  /** The action of the step. */
  readonly action: string;
  readonly args: Args;
  /** The members that `exists` and `all` are at: for each a vector and the number of its member. */
  readonly at: { list: readonly unknown[]; member: number }[];
}

/** A term whose names are known: what it can be, and how it is found. */
export interface Checked<T extends Type = Type> {
  readonly term: Term;
  readonly type: T;
  readonly run: (situation: Situation) => unknown;
  /** Whether it depends on the state, an argument or a member. */
  readonly varies: boolean;
  /** Where in the state it is, with `[]` for any member: `vcpu[].req`. */
  readonly path?: string;
  /** A word that is written here: bare, so that it may be a name that nobody knows, or quoted. */
  readonly word?: "bare" | "quoted";
  /** The words that are written in the branches of a choice. */
  readonly branches?: readonly Checked[];
}

/** A name that `exists` or `all` gives to a member, or to its number. */
export interface Bound {
  readonly name: string;
  readonly type: Type;
  readonly run: Checked["run"];
  readonly path?: string;
}

/** What a term is checked in. */
export interface Context {
  readonly text: string;
  readonly names: Names;
  readonly bound: readonly Bound[];
  /** How many `exists` and `all` are around it. */
  readonly depth: number;
  /** The leaves that the expression may read, as they are found. */
  readonly reads: Set<string>;
  /** What is noted of the whole expression: whether it says `after.` */
  readonly noted: { saysAfter: boolean };
  readonly check: (term: Term, context: Context) => Checked;
}

/** Refuses the expression, because of a part of it; `unknown` is the name in it that nobody knows, where that is why. */
export const refuse = ({ text }: Context, part: Part, message: string, unknown?: string): never => {
  throw new ExpressionError(text, enclosed(text, part), message, unknown);
};

/** How a term is written. */
export const inText = ({ text }: Context, { term }: { readonly term: Part }): string => {
  const { start, end } = enclosed(text, term);
  return text.slice(start, end);
};

/** The names that mean something where a term stands. */
export const namesKnown = ({ names, bound }: Context): readonly string[] => {
  const fields =
    names.step === undefined && names.state.node.kind === "record"
      ? Object.keys(names.state.node.fields)
      : [];
  return [
    "true",
    "false",
    ...bound.map(({ name }) => name),
    ...Object.keys(names.args ?? {}),
    ...(names.step === undefined ? [] : ["before", "after", "action"]),
    ...(names.after === true ? ["after"] : []),
    ...fields,
  ];
};

/** The places in the state at which a field of that name is, a member of a family by its number 0; none of one at the top. */
const placesOf = ({ names }: Context, name: string): readonly string[] =>
  fieldsOf(names.state)
    .filter(({ path }) => path.endsWith(`.${name}`))
    .map(({ path }) => `${names.step === undefined ? "" : "after."}${path.replaceAll("[]", "[0]")}`);

/** Places that are offered where a name is that of a field further down. */
const FEW_PLACES = 3;

/** Refuses a name that is none of those known, with the places at which a field is called so, or with the nearest name. */
export const refuseName = (context: Context, part: Part, name: string): never => {
  const places = placesOf(context, name);
  const few = places.slice(0, FEW_PLACES).join(", or ");
  const hint = places.length > 0 ? ` (did you mean ${few}?)` : didYouMean(name, namesKnown(context));
  return refuse(context, part, `unknown name "${name}"${hint}`, name);
};

/** Refuses a name for the number of a member that is none of those known. */
export const refuseIndex = (context: Context, at: Checked, of: Checked): never => {
  const list = inText(context, of);
  return refuse(
    context,
    at.term,
    `unknown name "${inText(context, at)}": a member is a number, as ${list}[0], or any one of them, as ${list}.exists(x, CONDITION on x)`,
    inText(context, at),
  );
};

/** The word that a name would be in quotes, where a word was wanted and the name has a meaning. */
const quoteHint = ({ term, type }: Checked, values: readonly string[]): string =>
  term.kind === "name" && type.kind !== "word" && values.includes(term.name)
    ? `; "${term.name}", in quotes, is the word`
    : "";

/** Refuses a value of another type than is wanted. */
export const refuseType = (context: Context, value: Checked, wanted: Type): never => {
  if (value.word === "bare" && value.term.kind === "name")
    return refuseName(context, value.term, value.term.name);
  const hint = wanted.kind === "word" ? quoteHint(value, wanted.values) : "";
  return refuse(
    context,
    value.term,
    `${inText(context, value)} is ${inWords(value.type)}, where ${inWords(wanted)} is wanted${hint}`,
  );
};

/** The value, if it is of the kind wanted. @throws ExpressionError otherwise. */
export const ofType = <K extends Type["kind"]>(
  context: Context,
  value: Checked,
  wanted: TypeOf<K>,
): Checked<TypeOf<K>> =>
  value.type.kind === wanted.kind ? (value as Checked<TypeOf<K>>) : refuseType(context, value, wanted);

const BOOL = { kind: "bool" } as const;

/** A term that is true or false. @throws ExpressionError when it is something else. */
const checkBool = (term: Term, context: Context): Checked<TypeOf<"bool">> =>
  ofType<"bool">(context, context.check(term, context), BOOL);

/** A term that is true or false, and not always the same. @throws ExpressionError otherwise. */
export const checkCondition = (term: Term, context: Context): Checked<TypeOf<"bool">> => {
  const value = checkBool(term, context);
  if (!value.varies) refuse(context, term, `"${inText(context, value)}" says the same of every state`);
  return value;
};

/** A term that is a whole number. @throws ExpressionError when it is something else. */
export const checkNumber = (term: Term, context: Context): Checked<TypeOf<"number">> => {
  const value = context.check(term, context);
  if (value.type.kind === "number") return value as Checked<TypeOf<"number">>;
  if (value.word === "bare") return refuseType(context, value, value.type);
  return refuse(
    context,
    term,
    `${inText(context, value)} is ${inWords(value.type)}, where a number is wanted`,
  );
};
