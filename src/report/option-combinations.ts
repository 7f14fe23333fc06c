import { isIdleLaw, type Combination, type Matrix, type PlainVerdict } from "../catalogue/matrix.ts";
import { productsOf } from "../catalogue/value-products.ts";
import { plural, stopText } from "../check/verdict.ts";
import { isRequirement, type Property } from "../model/property.ts";
import { programName } from "../program-name.ts";
import { standingOf, STANDINGS, vacuousIn, violatedIn, type Standing } from "./combination-standing.ts";
import { commandLines, worldFlags } from "./command-line.ts";
import { commonRows, leftLines, matrixJson, refusals, severalText, severalValues } from "./matrix.ts";
import { labelled } from "./summary.ts";
import { expectedWord } from "./varied.ts";
import { wrap } from "./wrap.ts";

const LINE = 79;

/** A verdict on what is violated: after how many steps, and whether that is recorded. */
const violatedText = ({ scenario }: Matrix, { id, traceLength, expected }: PlainVerdict): string => {
  const known = expected === "violated" ? ` (${expectedWord(scenario)})` : ", not recorded";
  return `${id} ${traceLength === null ? "never reached" : `after ${plural(traceLength, "step")}`}${known}`;
};

const vacuousText = (matrix: Matrix, combination: Combination): string => {
  const { good, idle } = vacuousIn(matrix, combination);
  return [
    ...(idle.length === 0 ? [] : [`vacuous: ${idle.join(", ")}`]),
    ...(good.length === 0 ? [] : [`vacuous, which is good here: ${good.join(", ")}`]),
  ].join("; ");
};

/** How few of what is asked the combinations that violate something violate; null where none does. */
const fewestViolated = (combinations: readonly Combination[]): number | null => {
  const counts = combinations.map((one) => violatedIn(one).length).filter((count) => count > 0);
  return counts.toSorted((a, b) => a - b)[0] ?? null;
};

/** What is asked, in a word. */
const wordFor = (properties: readonly Property<unknown>[]): string =>
  properties.every(isRequirement) ? "requirement" : "property";

/** Combinations that are told together, under a heading, each with what tells it from the others. */
interface Section {
  readonly title: string;
  /** Whether it is told also where there is none. */
  readonly always?: true;
  readonly has: (one: Combination) => boolean;
  readonly reason: (one: Combination) => string;
}

/** The sections, the best first: where all holds, near misses, the rest by what fails first. */
const sectionsOf = (matrix: Matrix): readonly Section[] => {
  const { properties, combinations } = matrix;
  const stands =
    (standing: Standing) =>
    (one: Combination): boolean =>
      standingOf(matrix, one) === standing;
  const violated = stands("violated");
  const fewest = fewestViolated(combinations);
  const isNear = (one: Combination): boolean => violated(one) && violatedIn(one).length === fewest;
  const what = wordFor(properties);
  return [
    {
      title: `Every ${what} holds, in complete searches`,
      always: true,
      has: stands("holds"),
      reason: (one) => vacuousText(matrix, one),
    },
    {
      title: `No ${what} is violated, but some antecedents never occur`,
      has: stands("vacuous"),
      reason: (one) => vacuousText(matrix, one),
    },
    { title: "Not decided", has: stands("open"), reason: ({ stop, depth }) => stopText(stop, depth) },
    {
      title:
        fewest === properties.length
          ? `Every ${what} is violated`
          : `Near misses, ${fewest} of ${plural(properties.length, what)} violated`,
      has: isNear,
      reason: (one) =>
        violatedIn(one)
          .map((verdict) => violatedText(matrix, verdict))
          .join(", "),
    },
    {
      title: "More is violated, by what fails first",
      has: (one) => violated(one) && !isNear(one),
      reason: (one) => {
        const [first, ...more] = violatedIn(one);
        return `${violatedText(matrix, first)}, then ${more.map(({ id }) => id).join(", ")}`;
      },
    },
    { title: "Nothing applies", has: stands("not-applicable"), reason: ({ refusal }) => refusal ?? "" },
  ];
};

/** Combinations in few lines; what may have any of its values is left out. */
const combinationLines = (matrix: Matrix, some: readonly Combination[]): readonly string[] => {
  const { scenario, several, combinations } = matrix;
  const all = several.map(
    (_, place) => new Set(combinations.map((one) => severalValues(matrix, one.choice)[place])).size,
  );
  return productsOf(some.map((one) => severalValues(matrix, one.choice))).flatMap((product) => {
    const words = product.flatMap((values, place) =>
      values.length === all[place] ? [] : [severalText(scenario, several[place], values.join(","))],
    );
    return wrap(`    ${words.length === 0 ? "every combination" : words.join(" ")}`, LINE, 4);
  });
};

const lengthOf = (one: Combination): number => violatedIn(one)[0]?.traceLength ?? Infinity;

/** A section: its combinations by what tells them apart, the shortest run first. */
const sectionLines = (matrix: Matrix, { title, always, has, reason }: Section): readonly string[] => {
  const some = matrix.combinations.filter(has);
  if (some.length === 0) return always === true ? [`${title}: under no combination.`, ""] : [];
  const reasons = new Map<string, Combination[]>();
  for (const one of some.toSorted((a, b) => lengthOf(a) - lengthOf(b) || 0)) {
    const why = reason(one);
    reasons.set(why, [...(reasons.get(why) ?? []), one]);
  }
  return [
    ...wrap(`${title}: ${counted(some)}`, LINE, 0),
    ...[...reasons].flatMap(([why, of]) => [
      ...(why === "" ? [] : wrap(`  ${why}: ${counted(of)}`, LINE)),
      ...combinationLines(matrix, of),
    ]),
    "",
  ];
};

const counted = (some: readonly Combination[]): string =>
  `${plural(some.length, "combination")} in ${plural(new Set(some.map(({ model }) => model)).size, "model")}`;

/** That laws are counted as met where they say nothing, if some do. */
const lawsText = (combinations: readonly Combination[]): string =>
  combinations.some(({ verdicts }) => verdicts.some(isIdleLaw))
    ? " A law whose antecedent never occurs counts as one that holds."
    : "";

/** The report of `compare --all-options` for people. */
export const optionsLines = (matrix: Matrix, observed: readonly Property<unknown>[]): readonly string[] => {
  const { properties, several, combinations } = matrix;
  const first = combinations
    .filter((one) => standingOf(matrix, one) === "violated")
    .toSorted((a, b) => lengthOf(a) - lengthOf(b))
    .at(0);
  return [
    ...labelled([
      ...commonRows(matrix),
      ["all of", several.join(" ")],
      [properties.every(isRequirement) ? "required" : "asked", properties.map(({ id }) => id).join(" ")],
      ["not asked", observed.map(({ id }) => id).join(" ")],
      ["", observed.length === 0 ? "" : "(observations, not requirements: --property ID asks one)"],
    ]),
    "",
    ...sectionsOf(matrix).flatMap((section) => sectionLines(matrix, section)),
    ...wrap(
      `${plural(combinations.length, "combination")} in ${plural(matrix.models, "model")}, each searched once. What is not named may have any value.${lawsText(combinations)}`,
      LINE,
      0,
    ),
    ...refusals(matrix),
    ...leftLines(matrix),
    ...(first === undefined
      ? []
      : [
          "The shortest run, step by step:",
          ...commandLines(
            `${programName()} explore ${worldFlags(matrix.scenario, first.choice)} --property ${violatedIn(first)[0].id}`,
          ),
        ]),
  ];
};

/** The result of `compare --all-options` as data; `seconds` is what it took, null where nobody measured. */
export const optionsJson = (
  matrix: Matrix,
  observed: readonly Property<unknown>[],
  seconds: number | null = null,
) => {
  const standings = STANDINGS.map((standing): readonly [Standing, number] => [
    standing,
    matrix.combinations.filter((one) => standingOf(matrix, one) === standing).length,
  ]);
  const fewest = fewestViolated(matrix.combinations);
  return {
    ...matrixJson(matrix, seconds),
    asked: matrix.properties.map(({ id }) => id),
    observations: observed.map(({ id }) => id),
    standings: Object.fromEntries(standings),
    nearMisses: {
      violated: fewest,
      combinations: matrix.combinations.filter((one) => violatedIn(one).length === fewest).length,
    },
  };
};
