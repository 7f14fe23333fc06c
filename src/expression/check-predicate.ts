import { inText, ofType, refuse, type Checked, type Context } from "./checked.ts";
import { checkCount } from "./built-in.ts";
import { checkMember } from "./check-path.ts";
import { checkWord } from "./check-sides.ts";
import type { Predicate } from "./names.ts";
import type { Term, TermOf } from "./term.ts";
import { inWords, typeOfNode, type Type, type TypeOf } from "./type.ts";

/** One argument of a predicate: within the range that it is declared with. */
const checkParameter = (context: Context, term: Term, wanted: Type, name: string): Checked => {
  const value = context.check(term, context);
  if (wanted.kind === "number") {
    const number = ofType<"number">(context, value, wanted);
    const { min, max, family } = wanted;
    if (family !== undefined) checkMember(number, context, { family, size: max + 1 });
    else if (number.type.min < min || number.type.max > max)
      refuse(
        context,
        term,
        `${inText(context, value)} is ${inWords(number.type)}: ${name} is ${inWords(wanted)}`,
      );
    return value;
  }
  ofType(context, value, wanted);
  if (wanted.kind !== "word") return value;
  checkWord(context, value, name, wanted.values);
  const odd = (value.type as TypeOf<"word">).values.find((word) => !wanted.values.includes(word));
  if (odd !== undefined)
    refuse(context, term, `${inText(context, value)} may be ${odd}, which ${name} never is`);
  return value;
};

/** Of which state a predicate is asked: `before.` and `after.` may stand in front of it, where they are known. */
const stateOf = (term: TermOf<"call">, context: Context): "state" | "after" => {
  const { step, after } = context.names;
  const { of, name } = term;
  if (of === undefined) {
    if (step !== undefined)
      refuse(context, term, `of which state? in a step it is before.${name}(...) or after.${name}(...)`);
    return "state";
  }
  const isOf = (word: string): boolean => of.kind === "name" && of.name === word;
  if (step !== undefined && isOf("before")) return "state";
  if ((step !== undefined || after === true) && isOf("after")) {
    context.noted.saysAfter = true;
    return "after";
  }
  return refuse(context, term.nameAt, `${name}() is asked of the whole state: write ${name}(...)`);
};

/** A call of a predicate, with the arguments that it declares. */
export const checkPredicate = (term: TermOf<"call">, context: Context, predicate: Predicate): Checked => {
  const state = stateOf(term, context);
  const params = Object.entries(predicate.params);
  const how = `${predicate.name}(${params.map(([name]) => name).join(", ")})`;
  checkCount(
    term,
    context,
    params.length,
    `${how} has ${params.length} argument${params.length === 1 ? "" : "s"}`,
  );
  const args = params.map(([name, { node }], i) => {
    const value = checkParameter(
      context,
      term.args[i],
      typeOfNode(node, context.names.scope),
      `${name} of ${how}`,
    );
    return [name, value.run] as const;
  });
  const of = predicate.of as (state: unknown, args: Readonly<Record<string, unknown>>) => boolean;
  return {
    term,
    type: { kind: "bool" },
    run: (s) => of(s[state], Object.fromEntries(args.map(([name, run]) => [name, run(s)]))),
    varies: true,
  };
};
