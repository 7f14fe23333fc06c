import { byGravity, type Combination, type Matrix, type PlainVerdict } from "../catalogue/matrix.ts";
import { productsOf } from "../catalogue/value-products.ts";
import { plural, stopText } from "../check/verdict.ts";
import { programName } from "../program-name.ts";
import { commandLines, worldFlags } from "./command-line.ts";
import { commonRows, leftLines, matrixJson, refusals, severalText, severalValues } from "./matrix.ts";
import { labelled } from "./summary.ts";
import { expectedWord } from "./varied.ts";
import { wrap } from "./wrap.ts";

const LINE = 79;

/** What is said of a combination as a whole, the best first: all hold, nothing breaks but some is vacuous, open, or one is violated. */
const STANDINGS = ["holds", "vacuous", "open", "violated", "not-applicable"] as const;
type Standing = (typeof STANDINGS)[number];

const standingOf = ({ verdicts, refusal, complete }: Combination): Standing => {
  const has = (verdict: PlainVerdict["verdict"]): boolean => verdicts.some((one) => one.verdict === verdict);
  if (has("violated")) return "violated";
  if (refusal !== null || !verdicts.some(({ verdict }) => verdict !== "not-applicable"))
    return "not-applicable";
  if (!complete || has("unknown") || has("holds-to-bound")) return "open";
  return has("vacuous") ? "vacuous" : "holds";
};

/** The property that the shortest run violates. */
const firstFailing = ({ verdicts }: Combination): PlainVerdict | undefined =>
  verdicts.toSorted(byGravity).find(({ verdict }) => verdict === "violated");

/** What tells combinations of one standing apart: which property fails first and when, or which are vacuous. */
const reasonOf = ({ scenario }: Matrix, combination: Combination, standing: Standing): string => {
  const { verdicts, stop, depth, refusal } = combination;
  if (standing === "violated") {
    const { id, traceLength, expected } = firstFailing(combination)!;
    const known = expected === "violated" ? ` (${expectedWord(scenario)})` : ", not recorded";
    return `${id} fails first, ${traceLength === null ? "never reached" : `after ${plural(traceLength, "step")}`}${known}`;
  }
  if (standing === "vacuous")
    return `vacuous: ${verdicts.flatMap(({ id, verdict }) => (verdict === "vacuous" ? [id] : [])).join(", ")}`;
  if (standing === "open") return stopText(stop, depth);
  if (standing === "not-applicable") return refusal ?? "";
  return "";
};

const heads: Readonly<Record<Standing, string>> = {
  holds: "Every property holds, in complete searches",
  vacuous: "Nothing is violated in complete searches, but some antecedents never occur",
  open: "Not decided",
  violated: "A property is violated",
  "not-applicable": "Nothing applies",
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

const lengthOf = (one: Combination): number => firstFailing(one)?.traceLength ?? Infinity;

/** The combinations of one standing, by what tells them apart, the shortest run first. */
const standingLines = (matrix: Matrix, standing: Standing): readonly string[] => {
  const some = matrix.combinations.filter((one) => standingOf(one) === standing);
  if (some.length === 0) return standing === "holds" ? [`${heads.holds}: under no combination.`, ""] : [];
  const reasons = new Map<string, Combination[]>();
  for (const one of some.toSorted((a, b) => lengthOf(a) - lengthOf(b) || 0)) {
    const reason = reasonOf(matrix, one, standing);
    reasons.set(reason, [...(reasons.get(reason) ?? []), one]);
  }
  return [
    ...wrap(`${heads[standing]}: ${counted(some)}`, LINE, 0),
    ...[...reasons].flatMap(([reason, of]) => [
      ...(reason === "" ? [] : wrap(`  ${reason}: ${counted(of)}`, LINE)),
      ...combinationLines(matrix, of),
    ]),
    "",
  ];
};

const counted = (some: readonly Combination[]): string =>
  `${plural(some.length, "combination")} in ${plural(new Set(some.map(({ model }) => model)).size, "model")}`;

/** The report of `compare --all-options` for people. */
export const optionsLines = (matrix: Matrix): readonly string[] => {
  const { properties, several, combinations } = matrix;
  const first = combinations
    .filter((one) => standingOf(one) === "violated")
    .toSorted((a, b) => lengthOf(a) - lengthOf(b))
    .at(0);
  return [
    ...labelled([
      ...commonRows(matrix),
      ["all of", several.join(" ")],
      ["asked", properties.map(({ id }) => id).join(" ")],
    ]),
    "",
    ...STANDINGS.flatMap((standing) => standingLines(matrix, standing)),
    ...wrap(
      `${plural(combinations.length, "combination")} in ${plural(matrix.models, "model")}, each searched once. What is not named may have any value.`,
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
            `${programName()} explore ${worldFlags(matrix.scenario, first.choice)} --property ${firstFailing(first)!.id}`,
          ),
        ]),
  ];
};

/** The result of `compare --all-options` as data. */
export const optionsJson = (matrix: Matrix) => {
  const standings = STANDINGS.map((standing): readonly [Standing, number] => [
    standing,
    matrix.combinations.filter((one) => standingOf(one) === standing).length,
  ]);
  return {
    ...matrixJson(matrix),
    asked: matrix.properties.map(({ id }) => id),
    standings: Object.fromEntries(standings),
  };
};
