import type { Choice } from "./choice.ts";
import { Expressions, type VariableOf } from "./expression.ts";
import type { ExportedWorld } from "./exported-world.ts";
import type { Variable } from "./names.ts";
import type { Rule } from "./rules.ts";

const expressions = new Expressions({
  and: "&",
  or: "|",
  equals: "=",
  differs: "!=",
  otherwise: (condition, then, rest) => `(${condition} ? ${then} : ${rest})`,
  no: "false",
  yes: "true",
});

const quoted = (text: string): string => `"${text.replaceAll(/["\\]/g, "'")}"`;

const rangeOf = ({ codes, number }: Variable): string => `${number(codes[0])} .. ${number(codes.at(-1)!)}`;

/** A world as a Murphi model, in the dialect of Rumur. */
export const murphiOf = (world: ExportedWorld): string => {
  const { about, variables, varying, words, starts, rules, properties } = world;
  const of: VariableOf = (leaf) => variables[leaf];
  const condition = (choices: readonly Choice[]): string => expressions.any(choices, of);
  const lines = [
    ...about,
    "",
    "rumur --symmetry-reduction off --deadlock-detection off --output world.c FILE",
    "gcc -O2 -mcx16 -o world world.c -lpthread -latomic && ./world",
    "Rumur calls states and transitions `states` and `rules fired`. What has to be found is a cover property, what must not",
    "be an invariant: where no error is reported, all verdicts are the same.",
  ].map((line) => (line === "" ? "--" : `-- ${line}`));
  const declared = [
    ...(words.length === 0 ? [] : ["const", ...words.map(({ name, code }) => `  ${name}: ${code};`), ""]),
    "var",
    ...(varying.length === 0 ? ["  nothing: 0 .. 0;"] : []),
    ...varying.map((leaf) => `  ${variables[leaf].name}: ${rangeOf(variables[leaf])};`),
    "",
  ];
  const begun = starts.flatMap((row, i) => [
    `startstate "${i + 1}" begin`,
    ...(varying.length === 0 ? ["  nothing := 0;"] : []),
    ...varying.map((leaf) => `  ${variables[leaf].name} := ${variables[leaf].text(row[leaf])};`),
    "end;",
    "",
  ]);
  const judged = properties.flatMap(({ id, finds, never, inStates }) => {
    const found = finds === undefined ? [] : inStates(finds);
    const refused = never === undefined ? [] : inStates(never);
    return [
      ...(refused.length === 0 ? [] : [`invariant ${quoted(id)} !(${condition(refused)});`]),
      ...(found.length === 0 ? [] : [`cover ${quoted(`${id}: ${finds!.words}`)} ${condition(found)};`]),
    ];
  });
  return [
    ...lines,
    "",
    ...declared,
    ...begun,
    ...rules.flatMap((rule) => ruleLines(world, rule)),
    ...judged,
    "",
  ].join("\n");
};

const ruleLines = ({ variables, properties }: ExportedWorld, rule: Rule): readonly string[] => {
  const { name, guard, saved, assignments, said } = rule;
  const of: VariableOf = (leaf) => variables[leaf];
  const whileWriting: VariableOf = (leaf) =>
    saved.includes(leaf) ? { ...variables[leaf], name: variables[leaf].before } : variables[leaf];
  const covers = properties.flatMap(({ id, place, finds }) => {
    const when = said.flatMap((one) =>
      one.place === place && finds && one[finds.bit] !== undefined ? [one[finds.bit]!] : [],
    );
    return when.length === 0
      ? []
      : [`  cover ${expressions.any(when, of)} ${quoted(`${id}: ${finds!.words}`)};`];
  });
  return [
    `rule ${quoted(name)} ${expressions.condition(guard, of)} ==>`,
    ...(saved.length === 0
      ? []
      : ["var", ...saved.map((leaf) => `  ${variables[leaf].before}: ${rangeOf(variables[leaf])};`)]),
    "begin",
    ...covers,
    ...saved.map((leaf) => `  ${variables[leaf].before} := ${variables[leaf].name};`),
    ...assignments.map(({ leaf, to }) => {
      const variable = variables[leaf];
      return `  ${variable.name} := ${expressions.value(to, variable, variable.name, whileWriting)};`;
    }),
    "end;",
    "",
  ];
};
