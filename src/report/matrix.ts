import { chosenOn, chosenPairs } from "../model/axis.ts";
import { settingsOf } from "../catalogue/choice.ts";
import {
  byGravity,
  gravest,
  isIdleLaw,
  type Combination,
  type Matrix,
  type PlainVerdict,
} from "../catalogue/matrix.ts";
import { settingText } from "../catalogue/no-effect.ts";
import { isUnrecorded } from "../catalogue/outcome.ts";
import type { AnyScenario, Choice } from "../catalogue/scenario.ts";
import { grouped, plural, stopText } from "../check/verdict.ts";
import type { Verdict } from "../check/verdict-word.ts";
import { own } from "../schema/own.ts";
import { programName } from "../program-name.ts";
import { commandLines, worldFlags } from "./command-line.ts";
import { noEffectJson, noEffectText } from "./no-effect.ts";
import { SCHEMA_VERSION } from "./schema-version.ts";
import { labelled, notAskedText } from "./summary.ts";
import { expectedWord, variedOf, variedRows } from "./varied.ts";
import { ascii, wrap } from "./wrap.ts";
import { version } from "../package-version.ts";

const LINE = 79;
/** The first column: the gravest verdict of a combination. */
const HANG = 18;

/** A value, or several with commas, of what several were asked of: an axis or an option. */
export const severalText = ({ axes = {} }: AnyScenario, name: string, value: string): string =>
  settingText({ name, isAxis: Object.hasOwn(axes, name), value });

/** What a choice has where several values were asked, in their order. */
export const severalValues = ({ several }: Pick<Matrix, "several">, choice: Choice): readonly string[] =>
  several.map((name) => own<string | null>({ ...choice.options, ...chosenOn(choice) }, name) ?? "");

/** A combination by what it has where several values were asked. */
export const combinationText = (matrix: Pick<Matrix, "scenario" | "several">, choice: Choice): string =>
  severalValues(matrix, choice)
    .map((value, place) => severalText(matrix.scenario, matrix.several[place], value))
    .join(" ");

const alarm = (scenario: AnyScenario, { verdict, expected, asExpected }: PlainVerdict): string => {
  if (verdict === "violated" && expected === "violated") return ` (${expectedWord(scenario)})`;
  return asExpected ? "" : " !";
};

const lengthText = ({ traceLength }: PlainVerdict): string => (traceLength === null ? "" : ` ${traceLength}`);

const wordOf = (combination: Combination): string => {
  const worst = gravest(combination);
  if (combination.refusal !== null) return "no start !";
  if (worst === undefined) return "nothing asked";
  const word = worst.verdict === "witnessed" ? "holds" : worst.verdict;
  const surprising = combination.verdicts.some(({ asExpected }) => !asExpected);
  return `${word}${word === "violated" ? lengthText(worst) : ""}${surprising ? " !" : ""}`;
};

/** Verdicts that are not worth a word in a line. */
const quiet: ReadonlySet<Verdict> = new Set(["holds", "witnessed", "not-applicable"]);

/**
 * What is to be said of each property: by name what is as grave as any and what was not expected, else how many; nothing of a
 * law that says nothing.
 */
const detailsOf = (scenario: AnyScenario, { verdicts }: Combination): readonly string[] => {
  const sorted = verdicts.filter((one) => !isIdleLaw(one) || !one.asExpected).toSorted(byGravity);
  return [...new Set(sorted.map(({ verdict }) => verdict))].flatMap((word, place) => {
    const all = sorted.filter(({ verdict }) => verdict === word);
    const named = all.filter(({ asExpected }) => !asExpected || (place === 0 && !quiet.has(word)));
    const ids = named.map((one) => `${one.id}${lengthText(one)}${alarm(scenario, one)}`);
    if (ids.length > 0) return [`${word}: ${ids.join(", ")}`];
    return quiet.has(word) ? [] : [`${all.length} ${word}`];
  });
};

/** A combination in a line, behind `before` if that came to the same model. */
const combinationLine = (
  matrix: Matrix,
  combination: Combination,
  before: Combination | undefined,
): string => {
  const { stop, depth, states, choice, refusal, noEffect, idleChanges } = combination;
  const size = plural(states, "state");
  const details = [
    ...(stop === "exhausted"
      ? []
      : [
          stopText(stop, matrix.asked.depth ?? depth, { switches: matrix.asked.switches, constraints: null }),
        ]),
    ...(refusal === null ? [] : [refusal]),
    ...detailsOf(matrix.scenario, combination),
  ];
  const detailed = (one: Combination): string => detailsOf(matrix.scenario, one).join();
  const again = before !== undefined && detailed(before) === detailed(combination);
  const parts = again ? ["the same model"] : [before === undefined ? size : "the same model", ...details];
  // However long, one line: what reads it is grep.
  return ascii(
    `${wordOf(combination).padEnd(HANG)}${combinationText(matrix, choice)}${noEffectText(noEffect, idleChanges)}: ${parts.join("; ")}`,
  );
};

/** What there is of each model, the gravest first, those of one model together. */
const byModel = ({ combinations }: Matrix): readonly (readonly Combination[])[] => {
  const worst = (one: Combination): PlainVerdict | undefined => gravest(one);
  const compare = (a: Combination, b: Combination): number => {
    const [left, right] = [worst(a), worst(b)];
    if (left === undefined || right === undefined)
      return Number(left === undefined) - Number(right === undefined);
    return byGravity(left, right);
  };
  const models = new Map<number, Combination[]>();
  for (const one of combinations) models.set(one.model, [...(models.get(one.model) ?? []), one]);
  return [...models.values()].map((some) => some.toSorted(compare)).toSorted(([a], [b]) => compare(a, b));
};

/** Why combinations were refused, each reason once. */
export const refusals = ({ refused }: Pick<Matrix, "refused">): readonly string[] => {
  const reasons = new Map<string, number>();
  for (const { because } of refused) reasons.set(because, (reasons.get(because) ?? 0) + 1);
  return [...reasons].flatMap(([because, count]) =>
    wrap(`Refused, ${plural(count, "combination")}: ${because}`, LINE),
  );
};

/** What was not looked at, and why. */
export const leftLines = ({ left, stop }: Pick<Matrix, "left" | "stop">): readonly string[] =>
  stop === undefined
    ? []
    : wrap(`INCOMPLETE: ${stopText(stop, 0)}; ${plural(left.length, "combination")} not looked at.`, LINE, 0);

const counts = ({ combinations, models, refused }: Matrix, sorted: readonly Combination[]): string => {
  const words = new Map<string, number>();
  for (const one of sorted) {
    const word = gravest(one)?.verdict ?? "nothing asked";
    words.set(word, (words.get(word) ?? 0) + 1);
  }
  const searched = `${plural(combinations.length, "combination")} in ${plural(models, "model")}`;
  const said = [...words].map(([word, count]) => `${grouped(count)} ${word}`).join(", ");
  return `${searched}: ${said}${refused.length === 0 ? "" : `; ${grouped(refused.length)} more refused`}.`;
};

const legend = ({ combinations }: Matrix): readonly string[] => {
  const all = combinations.flatMap(({ verdicts }) => verdicts);
  return [
    "The word is that of the gravest verdict on a property.",
    ...(all.some(({ traceLength }) => traceLength !== null)
      ? ["A number is the steps of the shortest run."]
      : []),
    ...(all.every((one) => one.asExpected || isUnrecorded(one)) ? [] : ["!: another verdict was expected."]),
    ...(all.some(isUnrecorded) ? ["!: violated, not recorded: nothing is expected of it here."] : []),
  ];
};

/** The command that shows the gravest run. */
const telling = ({ scenario }: Matrix, models: readonly (readonly Combination[])[]): readonly string[] => {
  const first = models[0]?.[0];
  const worst = first && gravest(first);
  return first === undefined || worst?.verdict !== "violated"
    ? []
    : [
        "One of them, step by step:",
        ...commandLines(
          `${programName()} explore ${worldFlags(scenario, first.choice)} --property ${worst.id}`,
        ),
      ];
};

/** What was asked of all combinations alike. */
export const commonRows = (matrix: Matrix): readonly (readonly [string, string])[] => {
  const { scenario, several, combinations, refused, left } = matrix;
  const choice = combinations[0]?.choice ?? refused[0]?.choice ?? left[0];
  const fixed = settingsOf(scenario, choice).filter((setting) => !several.includes(setting.split("=")[0]));
  return [
    ["scenario", scenario.name],
    ["", scenario.about],
    ...variedRows(scenario),
    ...chosenPairs(choice).filter(([name]) => !several.includes(name)),
    ["options", fixed.join(" ")],
    ["start", scenario.start],
  ];
};

/** The report of `explore` on several combinations, for people. */
export const matrixLines = (matrix: Matrix): readonly string[] => {
  const models = byModel(matrix);
  return [
    ...labelled([...commonRows(matrix), ["several", matrix.several.join(" ")]]),
    "",
    ...models.flatMap((some) =>
      some.map((combination, place) => combinationLine(matrix, combination, some[place - 1])),
    ),
    "",
    ...wrap(`${counts(matrix, models.flat())} ${legend(matrix).join(" ")}`, LINE, 0),
    ...[notAskedText(matrix)].filter(Boolean).flatMap((text) => wrap(text, LINE, 0)),
    ...refusals(matrix),
    ...leftLines(matrix),
    ...telling(matrix, models),
  ];
};

const choiceJson = (choice: Choice) => ({ ...chosenOn(choice), options: choice.options });

/** One combination as data. */
const combinationJson = (combination: Combination) => {
  const { choice, model, modelVersion, noEffect, idleChanges } = combination;
  const { stop, complete, states, depth, refusal, verdicts } = combination;
  const worst = gravest(combination);
  return {
    ...choiceJson(choice),
    model,
    modelVersion,
    verdict: worst?.verdict ?? null,
    traceLength: worst?.traceLength ?? null,
    noEffect: noEffectJson(noEffect),
    ...(idleChanges === undefined ? {} : { idleChanges }),
    stop,
    complete,
    states,
    depth,
    refusal,
    properties: verdicts.map(
      ({ id, kind, verdict, because, expected, asExpected, traceLength, reason, handle }) => ({
        id,
        kind,
        verdict,
        because,
        expected,
        asExpected,
        traceLength,
        known: reason,
        replay: handle,
      }),
    ),
  };
};

/** Several combinations as data, `seconds` what they took, null where nobody measured; the gravest first, those with one `model` were answered by one search. */
export const matrixJson = (matrix: Matrix, seconds: number | null = null) => {
  const { scenario, asked, several, notAsked, models, refused, left, stop } = matrix;
  return {
    schemaVersion: SCHEMA_VERSION,
    version: version(),
    seconds,
    scenario: scenario.name,
    ...variedOf(scenario),
    scope: scenario.scope,
    start: scenario.start,
    bounds: asked,
    several,
    ...(notAsked.length === 0 ? {} : { notAsked: notAsked.map(({ id }) => id) }),
    models,
    stop: stop ?? null,
    combinations: byModel(matrix).flat().map(combinationJson),
    refused: refused.map(({ choice, because }) => ({ ...choiceJson(choice), because })),
    notLookedAt: left.map(choiceJson),
  };
};
