import { checkCondition, inText, refuse, type Checked, type Context } from "./checked.ts";
import { checkFresh } from "./check-path.ts";
import type { TermOf } from "./term.ts";
import { inWords, typeOfNode } from "./type.ts";

/** How deep `exists` and `all` may be inside one another. */
const DEEPEST = 3;

/** The new names that `exists` and `all` give: of a member, or of its number and the member. */
const newNames = (term: TermOf<"call">, context: Context): readonly TermOf<"name">[] => {
  const { name, args } = term;
  if (args.length !== 2 && args.length !== 3)
    refuse(
      context,
      term,
      `write ${name}(x, CONDITION) or ${name}(i, x, CONDITION), where i is the number of x`,
    );
  const names = args
    .slice(0, -1)
    .map((arg) =>
      arg.kind === "name"
        ? arg
        : refuse(context, arg, `${name}() begins with a name of its own for a member`),
    );
  names.forEach((one) => checkFresh(one, context));
  if (names.length === 2 && names[0].name === names[1].name)
    refuse(context, names[1], `"${names[1].name}" is the member's number already: call the member otherwise`);
  return names;
};

/** `VECTOR.exists(x, CONDITION)`, `VECTOR.all(i, x, CONDITION)`. */
export const checkQuantifier = (term: TermOf<"call">, context: Context, of: Checked): Checked => {
  const { type } = of;
  if (type.kind !== "vector")
    return refuse(context, term.of ?? term, `${inText(context, of)} has no members: it is ${inWords(type)}`);
  const { depth, names, bound } = context;
  if (depth === DEEPEST)
    refuse(context, term.nameAt, `exists and all are at most ${DEEPEST} deep inside one another`);
  const fresh = newNames(term, context);
  const { family, size } = type;
  const path = of.path === undefined ? {} : { path: `${of.path}[]` };
  const number = {
    type: { kind: "number", min: 0, max: size - 1, family } as const,
    run: ((s) => s.at[depth].member) as Checked["run"],
  };
  const member = {
    type: typeOfNode(type.item, names.scope),
    run: ((s) => s.at[depth].list[s.at[depth].member]) as Checked["run"],
    ...path,
  };
  const [first, second] = fresh;
  const given =
    second === undefined
      ? [{ name: first.name, ...member }]
      : [
          { name: first.name, ...number },
          { name: second.name, ...member },
        ];
  const body = checkCondition(term.args[fresh.length], {
    ...context,
    bound: [...given, ...bound],
    depth: depth + 1,
  });
  /** What ends the search: one that is true, or one that is not. */
  const decided = term.name === "exists";
  const run: Checked["run"] = (s) => {
    const place = (s.at[depth] ??= { list: [], member: 0 });
    place.list = of.run(s) as readonly unknown[];
    for (place.member = 0; place.member < size; place.member++)
      if ((body.run(s) as boolean) === decided) return decided;
    return !decided;
  };
  return { term, type: { kind: "bool" }, run, varies: true };
};
