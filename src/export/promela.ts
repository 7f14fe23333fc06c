import { Expressions, type VariableOf } from "./expression.ts";
import type { ExportedProperty, ExportedWorld } from "./exported-world.ts";
import { Names, type Variable } from "./names.ts";
import type { Rule } from "./rules.ts";

const expressions = new Expressions({
  and: "&&",
  or: "||",
  equals: "==",
  differs: "!=",
  otherwise: (condition, then, rest) => `(${condition} -> ${then} : ${rest})`,
  no: "false",
  yes: "true",
});

const remark = (text: string): string => `/* ${text.replaceAll("*/", "* /")} */`;

/** A field as wide as the values need. */
const declared = ({ codes, number, name }: Variable, start: string): string => {
  const [least, most] = [number(codes[0]), number(codes.at(-1)!)];
  const bits = most < 1 ? 1 : 32 - Math.clz32(most);
  if (least < 0 || bits > 16) return `int ${name} = ${start};`;
  return bits === 1 ? `bit ${name} = ${start};` : `unsigned ${name} : ${bits} = ${start};`;
};

/** A world as a Promela model for Spin. */
export const promelaOf = (world: ExportedWorld): string => {
  const { about, variables, varying, words, starts, rules, properties } = world;
  const [first] = starts;
  const several = starts.length > 1;
  const macros = new Names();
  const finding = new Map(
    properties.filter(({ finds }) => finds).map(({ id }) => [id, macros.of(`FIND_${id}`)]),
  );
  const lines = [
    "/*",
    ...[
      ...about,
      "",
      "spin -o2 -a FILE && gcc -O2 -DSAFETY -DNOREDUCE -DNOFAIR -o pan pan.c && ./pan -E -m1000000",
      several
        ? `Spin stores one state more, before a start is chosen, and counts ${starts.length + 1} transitions more.`
        : "Spin counts one transition more, to the start.",
      "What must not be found is asserted. What has to be found is asserted not to be, and Spin then finds an error, with",
      `spin -o2 -a -D${[...finding.values()][0] ?? "FIND_..."}: there is such a name for each.`,
    ].map((line) => (line === "" ? " *" : ` * ${line.replaceAll("*/", "* /")}`)),
    " */",
    "",
  ];
  const saved = [...new Set(rules.flatMap((rule) => rule.saved))];
  return [
    ...lines,
    ...words.map(({ name, code }) => `#define ${name} ${code}`),
    "",
    ...varying.map((leaf) => declared(variables[leaf], variables[leaf].text(first[leaf]))),
    ...saved.map((leaf) => `hidden int ${variables[leaf].before};`),
    "",
    "active proctype world() {",
    ...(several
      ? [
          "  if",
          ...starts.map((row) => {
            const set = varying.map((leaf) => `${variables[leaf].name} = ${variables[leaf].text(row[leaf])}`);
            return `  :: d_step { true -> ${set.join("; ")} }`;
          }),
          "  fi;",
        ]
      : []),
    "  do",
    ...rules.flatMap((rule) => ruleLines(world, rule, finding)),
    ...properties.flatMap((property) => stateLines(world, property, finding)),
    "  od",
    "}",
    "",
  ].join("\n");
};

/** Lines that count only where a property's evidence is looked for. */
const where = (macro: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : [`#ifdef ${macro}`, ...lines, "#endif"];

const stateLines = (
  { variables }: ExportedWorld,
  { id, finds, never, inStates }: ExportedProperty,
  finding: ReadonlyMap<string, string>,
): readonly string[] => {
  const asserted = (told: ExportedProperty["finds"]): readonly string[] => {
    const when = told === undefined ? [] : inStates(told);
    if (told === undefined || when.length === 0) return [];
    const condition = expressions.any(when, (leaf) => variables[leaf]);
    return [`  :: d_step { ${condition} -> assert(false) } ${remark(`${id}: ${told.words}`)}`];
  };
  return [...asserted(never), ...where(finding.get(id) ?? "", asserted(finds))];
};

const ruleLines = (
  { variables, properties }: ExportedWorld,
  { name, guard, saved, assignments, said }: Rule,
  finding: ReadonlyMap<string, string>,
): readonly string[] => {
  const of: VariableOf = (leaf) => variables[leaf];
  const whileWriting: VariableOf = (leaf) =>
    saved.includes(leaf) ? { ...variables[leaf], name: variables[leaf].before } : variables[leaf];
  const statements = [
    ...saved.map((leaf) => `${variables[leaf].before} = ${variables[leaf].name}`),
    ...assignments.map(({ leaf, to }) => {
      const variable = variables[leaf];
      return `${variable.name} = ${expressions.value(to, variable, variable.name, whileWriting)}`;
    }),
  ];
  const asserted = properties.flatMap(({ id, place, finds }) => {
    const when = said.flatMap((one) =>
      one.place === place && finds && one[finds.bit] !== undefined ? [one[finds.bit]!] : [],
    );
    return when.length === 0
      ? []
      : where(finding.get(id) ?? "", [
          `       assert(!(${expressions.any(when, of)})); ${remark(`${id}: ${finds!.words}`)}`,
        ]);
  });
  return [
    `  :: d_step { ${remark(name)}`,
    `       ${expressions.condition(guard, of)} ->`,
    ...asserted,
    ...(statements.length === 0
      ? ["       skip"]
      : statements.map((text, i) => `       ${text}${i + 1 < statements.length ? ";" : ""}`)),
    "     }",
  ];
};
