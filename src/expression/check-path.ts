import { own } from "../schema/own.ts";
import type { Node } from "../schema/domain.ts";
import {
  checkNumber,
  namesKnown,
  inText,
  refuse,
  refuseIndex,
  refuseName,
  type Checked,
  type Context,
} from "./checked.ts";
import { didYouMean, type Part } from "./expression-error.ts";
import type { TermOf } from "./term.ts";
import { inWords, typeOfNode, typeOfRange, type Type } from "./type.ts";

/** What stands at a node, in the schema at `path`; what is read of a leaf is noted. */
const checkedNode = (
  context: Context,
  { term, run, path }: Pick<Checked, "term" | "run" | "path">,
  node: Node,
): Checked => {
  const type = typeOfNode(node, context.names.scope);
  if (path !== undefined && type.kind !== "record" && type.kind !== "vector") context.reads.add(path);
  return { term, type, run, varies: true, ...(path === undefined ? {} : { path }) };
};

type Rooted = "state" | "after";

/** The whole state, before the step or after it. */
const rootOf = ({ names, noted }: Context, term: TermOf<"name">, which: Rooted): Checked => {
  if (which === "after") noted.saysAfter = true;
  return {
    term,
    type: typeOfNode(names.state.node, names.scope),
    run: (situation) => situation[which],
    varies: true,
    path: "",
  };
};

/** A name that is known because the expression is of a step, or of what a step writes. */
const checkStepName = (term: TermOf<"name">, context: Context): Checked | undefined => {
  const { names } = context;
  if (names.step === undefined)
    return names.after === true && term.name === "after" ? rootOf(context, term, "after") : undefined;
  if (term.name === "before") return rootOf(context, term, "state");
  if (term.name === "after") return rootOf(context, term, "after");
  if (term.name !== "action") return undefined;
  const type = { kind: "word", values: names.step.actions } as const;
  return { term, type, run: ({ action }) => action, varies: true };
};

const checkArgument = (term: TermOf<"name">, context: Context): Checked | undefined => {
  const { args, scope } = context.names;
  const { name } = term;
  const range = args === undefined ? undefined : own(args, name);
  if (range === undefined) return undefined;
  const type = typeOfRange(range, scope);
  if (type === undefined)
    return refuse(context, term, `the argument ${name} is a word or a number, by choice: it has no one type`);
  return { term, type, run: (situation) => situation.args[name], varies: true };
};

/** A name: of a member, an argument or a field, or else a word. */
export const checkName = (term: TermOf<"name">, context: Context): Checked => {
  const { names, bound } = context;
  const { name } = term;
  const member = bound.find((one) => one.name === name);
  if (member !== undefined) {
    const { type, run, path } = member;
    if (path !== undefined && type.kind !== "record" && type.kind !== "vector") context.reads.add(path);
    return { term, type, run, varies: true, ...(path === undefined ? {} : { path }) };
  }
  const known = checkStepName(term, context) ?? checkArgument(term, context);
  if (known !== undefined) return known;
  const { node } = names.state;
  const field = node.kind === "record" ? own(node.fields, name) : undefined;
  if (field === undefined)
    return { term, type: { kind: "word", values: [name] }, run: () => name, varies: false, word: "bare" };
  if (names.step !== undefined)
    return refuse(context, term, `of which state? in a step it is before.${name} or after.${name}`);
  const run: Checked["run"] = ({ state }) => (state as Readonly<Record<string, unknown>>)[name];
  return checkedNode(context, { term, run, path: name }, field);
};

/** A value that has fields or members, and so is no word. */
export const checkWhole = (of: Checked, context: Context): Checked => {
  if (of.word === "bare" && of.term.kind === "name") return refuseName(context, of.term, of.term.name);
  return of;
};

/** What to write where it is the members of a vector that have the field. */
const memberHint = (context: Context, of: Checked, name: string): string => {
  const { type } = of;
  if (type.kind !== "vector" || type.item.kind !== "record" || own(type.item.fields, name) === undefined)
    return "";
  return `; write ${inText(context, of)}[0].${name}`;
};

const unknownField = (context: Context, of: Checked, name: string, nameAt: Part): never => {
  const { type } = of;
  if (type.kind !== "record")
    return refuse(
      context,
      nameAt,
      `${inText(context, of)} has no fields: it is ${inWords(type)}${memberHint(context, of, name)}`,
    );
  const known = Object.keys(type.fields);
  const isRoot = of.path === "";
  return refuse(
    context,
    nameAt,
    `unknown field "${name}" of ${isRoot ? "the state" : inText(context, of)}${didYouMean(name, known)}`,
    name,
  );
};

/** `RECORD.FIELD`. */
export const checkField = (term: TermOf<"field">, context: Context): Checked => {
  const of = checkWhole(context.check(term.of, context), context);
  const { name, nameAt } = term;
  const node = of.type.kind === "record" ? own(of.type.fields, name) : undefined;
  if (node === undefined) return unknownField(context, of, name, nameAt);
  const path = of.path === undefined ? undefined : of.path === "" ? name : `${of.path}.${name}`;
  const run: Checked["run"] = (situation) => (of.run(situation) as Readonly<Record<string, unknown>>)[name];
  return checkedNode(context, { term, run, ...(path === undefined ? {} : { path }) }, node);
};

/** Refuses a number that may be of no member of a family. */
export const checkMember = (at: Checked<Type & { kind: "number" }>, context: Context, of: Members): void => {
  const { min, max } = at.type;
  if (min >= 0 && max < of.size) return;
  const members = `the members of ${of.family} are 0..${of.size - 1}`;
  refuse(
    context,
    at.term,
    at.varies
      ? `${inText(context, at)} may be ${min < 0 ? min : max}: ${members}`
      : `there is no member ${min}: ${members}`,
  );
};

interface Members {
  readonly family: string;
  readonly size: number;
}

/** `VECTOR[NUMBER]`. */
export const checkAt = (term: TermOf<"member">, context: Context): Checked => {
  const of = checkWhole(context.check(term.of, context), context);
  const { type } = of;
  if (type.kind !== "vector")
    return refuse(context, term.of, `${inText(context, of)} has no members: it is ${inWords(type)}`);
  const named = context.check(term.at, context);
  if (named.word === "bare" && named.term.kind === "name") refuseIndex(context, named, of);
  const at = checkNumber(term.at, context);
  checkMember(at, context, type);
  const run: Checked["run"] = (situation) => {
    const list = of.run(situation) as readonly unknown[];
    return list[at.run(situation) as number];
  };
  return checkedNode(
    context,
    { term, run, ...(of.path === undefined ? {} : { path: `${of.path}[]` }) },
    type.item,
  );
};

/** Refuses a name for a member that means something already. */
export const checkFresh = (term: TermOf<"name">, context: Context): void => {
  const taken = [...namesKnown(context), "before", "after", "action", "any", "min", "max"];
  if (taken.includes(term.name))
    refuse(context, term, `"${term.name}" means something already: call the member otherwise`);
};
