import { refuse, type Checked, type Context } from "./checked.ts";
import { BUILT_IN } from "./built-in.ts";
import { checkWhole } from "./check-path.ts";
import { checkPredicate } from "./check-predicate.ts";
import { checkQuantifier } from "./check-quantifier.ts";
import { didYouMean } from "./expression-error.ts";
import type { TermOf } from "./term.ts";

/** Functions that CEL has and this language has not. */
const OF_CEL =
  /^(?:has|size|matches|startsWith|endsWith|contains|map|filter|exists_one|int|uint|double|string|bytes|type|dyn|duration|timestamp|bind|join|split|trim|indexOf|substring|lowerAscii|upperAscii)$/;

const refuseFunction = (
  context: Context,
  { name, nameAt }: TermOf<"call">,
  known: readonly string[],
): never =>
  refuse(
    context,
    nameAt,
    OF_CEL.test(name)
      ? `${name}() of CEL is not in the language${didYouMean(name, known)}`
      : `unknown function "${name}"${didYouMean(name, known)}`,
  );

/** `NAME(...)` and `X.NAME(...)`. */
export const checkCall = (term: TermOf<"call">, context: Context): Checked => {
  const { name, of } = term;
  const predicates = context.names.predicates ?? [];
  const predicate = predicates.find((one) => one.name === name);
  if (of === undefined && Object.hasOwn(BUILT_IN, name)) return BUILT_IN[name](term, context);
  if (predicate !== undefined) return checkPredicate(term, context, predicate);
  if (of === undefined)
    return refuseFunction(context, term, [...Object.keys(BUILT_IN), ...predicates.map((one) => one.name)]);
  const vector = checkWhole(context.check(of, context), context);
  if (name === "exists" || name === "all") return checkQuantifier(term, context, vector);
  return refuseFunction(context, term, ["exists", "all"]);
};
