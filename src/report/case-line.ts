import { namedPairs, settingsOf } from "../catalogue/choice.ts";
import { standing, type CaseResult } from "../catalogue/gate.ts";
import { gravest } from "../catalogue/matrix.ts";
import type { PropertyResult } from "../catalogue/outcome.ts";
import type { AnyScenario } from "../catalogue/scenario.ts";
import { plural, stopText } from "../check/verdict.ts";
import { isLaw } from "../model/property.ts";
import { changedBy } from "./varied.ts";
import { withoutEffectText } from "./no-effect.ts";
import { ascii } from "./wrap.ts";

/** A longer name of a case has its columns to the right. */
const NAME = 44;

/** What is known is known of a model that ships: what a file expects of the one that it changed is another matter. */
export const isKnown =
  ({ varied }: AnyScenario) =>
  ({ verdict, expected }: PropertyResult): boolean =>
    varied === undefined && verdict === "violated" && expected === "violated";

/** A case by its words: scenario, the values on the axes, settings. */
export const caseText = ({ scenario, choice }: Pick<CaseResult, "scenario" | "choice">): string =>
  [
    scenario.name,
    ...namedPairs(scenario, choice).map(([, value]) => value),
    ...settingsOf(scenario, choice),
  ].join(" ");

/** Whether all is as expected, in a word. */
const STANDS = { ok: "Ok", open: "Open", FAIL: "No" } as const;

const lengthIn = ({ evidence }: PropertyResult): number | null => evidence?.length ?? null;

/** The gravest verdict of a case: its word, and the steps of the run that decides it. */
const wordAndLength = (asked: readonly PropertyResult[]): readonly [word: string, length: string] => {
  const verdicts = asked.map((one) => ({
    verdict: one.verdict,
    isLaw: isLaw(one.property),
    traceLength: lengthIn(one),
  }));
  const worst = gravest({ verdicts });
  const { traceLength = null } = worst ?? {};
  return [worst?.verdict ?? "nothing applies", traceLength === null ? "" : plural(traceLength, "step")];
};

/** Each verdict of a scenario that is varied, where it is asked several things: that is little, and read at once. */
const eachVerdict = ({ varied }: AnyScenario, asked: readonly PropertyResult[]): readonly string[] =>
  varied === undefined || asked.length < 2
    ? []
    : [
        asked
          .map((one) => {
            const length = lengthIn(one);
            return `${one.property.id} ${one.verdict}${length === null ? "" : ` ${length}`}`;
          })
          .join(", "),
      ];

/** What else is to be said of a case, behind its columns. */
const notesOn = (result: CaseResult, asked: readonly PropertyResult[]): readonly string[] => {
  const { scenario, stop, depth, refusal } = result;
  const known = asked.filter(isKnown(scenario)).length;
  const expected = asked.filter((one) => one.asExpected && one.verdict !== "unknown").length;
  return [
    ...(refusal === null ? [] : [`no start: ${refusal}`]),
    ...(stop === "exhausted" ? [] : [stopText(stop, depth)]),
    ...(expected === asked.length ? [] : [`${expected} of ${asked.length} as expected`]),
    ...(known === 0 ? [] : [plural(known, "known violation")]),
    ...eachVerdict(scenario, asked),
    ...[withoutEffectText(result.noEffect ?? [], result.idleChanges)].filter(Boolean),
    ...[changedBy(scenario)].filter(Boolean),
  ];
};

/** How long the search took; of what was kept from one before, that it was. */
const spent = ({ seconds, cached }: CaseResult): string => {
  if (cached !== undefined) return "cached";
  return seconds === undefined ? "" : `${seconds.toFixed(1)} s`;
};

/**
 * One case in a line: its name, the gravest verdict, states, the steps of the run that decides it, seconds, and whether all
 * is as expected: `Ok`, `No`, or `Open` where a limit is why nobody knows. `again` where the line before is of the same model.
 */
export const caseLine = (result: CaseResult, again: boolean): string => {
  const { states, properties } = result;
  const asked = properties.filter(({ verdict }) => verdict !== "not-applicable");
  const [word, length] = wordAndLength(asked);
  const columns = [
    caseText(result).padEnd(NAME),
    word.padEnd(8),
    (again ? "same model" : plural(states, "state")).padStart(16),
    length.padStart(9),
    (again ? "" : spent(result)).padStart(7),
    STANDS[standing(result)],
  ];
  // However long, one line: what reads it is grep.
  return ascii(
    [columns.join("  "), ...[notesOn(result, asked).join("; ")].filter(Boolean)].join("  ").trimEnd(),
  );
};
