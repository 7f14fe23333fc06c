import { chosenOn, chosenPairs } from "../model/axis.ts";
import { standing, type CaseResult } from "../catalogue/gate.ts";
import type { AnyScenario } from "../catalogue/scenario.ts";
import type { PropertyResult } from "../catalogue/outcome.ts";
import { worldText } from "../catalogue/size.ts";
import { fingerprintOf } from "./formats/reported.ts";
import { plural, stopText } from "../check/verdict.ts";
import { settingsOf } from "../catalogue/choice.ts";
import { version } from "../package-version.ts";
import { versionOf } from "../check/model-version.ts";
import { SCHEMA_VERSION } from "./schema-version.ts";
import { ascii, wrap } from "./wrap.ts";

const LINE = 79;
/** The first column: `ok`, `open` or `FAIL`. */
const HANG = 6;

/** What became of the gate as a whole. */
export interface GateSummary {
  /** Cases and models to look at, and those looked at. */
  readonly cases: number;
  readonly models: number;
  readonly scenarios: number;
  readonly looked: number;
  readonly shard: { readonly shard: number; readonly of: number } | null;
  /** Why not all was looked at. */
  readonly stop: "time" | "interrupted" | "failure" | null;
  /** Scenarios that it did not come to: of these the cases are not counted. */
  readonly left: number;
  /** The file of accepted findings, and those of it that are found no more. */
  readonly baseline?: string;
  readonly fixed?: readonly {
    readonly fingerprint: string;
    readonly world: string;
    readonly property: string;
  }[];
}

/** What is wrong with an accepted finding that is fixed. */
export const FIXED = "accepted, and found no more: take it out of the baseline";

/** What is known is known of a model that ships: what a file expects of the one that it changed is another matter. */
const isKnown =
  ({ varied }: AnyScenario) =>
  ({ verdict, expected }: PropertyResult): boolean =>
    varied === undefined && verdict === "violated" && expected === "violated";

/** The verdicts of a scenario that is varied, each with the length of its run: what a file asks is little, and read at once. */
const verdictWords = ({ scenario: { varied }, properties }: CaseResult): readonly string[] =>
  varied === undefined
    ? []
    : [
        properties
          .filter(({ verdict }) => verdict !== "not-applicable")
          .map(
            ({ property, verdict, evidence }) =>
              `${property.id} ${verdict}${evidence === null ? "" : ` in ${evidence.trace.steps.length}`}`,
          )
          .join(", "),
        ...(varied.changes.length === 0 ? [] : [`model changed in ${varied.by}`]),
      ];

/** A case by its words: scenario, the values on the axes, settings. */
export const caseText = ({ scenario, choice }: Pick<CaseResult, "scenario" | "choice">): string =>
  [scenario.name, ...chosenPairs(choice).map(([, value]) => value), ...settingsOf(scenario, choice)].join(
    " ",
  );

/** One case in a line; `again` where the line before is of the same model. */
export const caseLines = (result: CaseResult, again: boolean): readonly string[] => {
  const { scenario, stop, depth, states, properties, refusal } = result;
  const known = properties.filter(isKnown(scenario)).length;
  const asked = properties.filter(({ verdict }) => verdict !== "not-applicable");
  const expected = asked.filter((result) => result.asExpected && result.verdict !== "unknown");
  const words = [
    again ? "the same model" : plural(states, "state"),
    ...(stop === "exhausted" ? [] : [stopText(stop, depth)]),
    asked.length === 0
      ? "nothing applies"
      : `${asked.length === expected.length ? "" : `${expected.length} of `}${asked.length} as expected${known === 0 ? "" : `, ${plural(known, "known violation")}`}`,
    ...(refusal === null ? [] : [`no start: ${refusal}`]),
    ...verdictWords(result),
  ];
  // However long, one line: what reads it is grep.
  return [ascii(`${standing(result).padEnd(HANG)}${caseText(result)}: ${words.join(", ")}`)];
};

/** What became of all cases, in a sentence or two. */
export const gateLines = (results: readonly CaseResult[], summary: GateSummary): readonly string[] => {
  const { cases, models, scenarios, looked, shard, stop, left: unbegun } = summary;
  const count = (wanted: string): number => results.filter((result) => standing(result) === wanted).length;
  const known = new Set(
    results.flatMap(({ scenario, properties }) =>
      properties.filter(isKnown(scenario)).map(({ property }) => `${scenario.name} ${property.id}`),
    ),
  ).size;
  const part = shard === null ? "" : `Shard ${shard.shard}/${shard.of}: `;
  const left = [
    ...(count("FAIL") === 0 ? [] : [`${count("FAIL")} NOT`]),
    ...(count("open") === 0 ? [] : [`${count("open")} left open by a limit`]),
    ...(looked === cases ? [] : [`${cases - looked} not looked at`]),
    ...(unbegun === 0 ? [] : [`${plural(unbegun, "more scenario")} not begun`]),
  ];
  return [
    ...wrap(
      `${part}${plural(cases, "case")} of ${plural(scenarios, "scenario")}, in ${plural(models, "model")}: ` +
        `${[`${count("ok")} as expected`, ...left].join(", ")}; ` +
        `${plural(known, "known violation")}, by scenario and property.`,
      LINE,
      0,
    ),
    ...(summary.fixed ?? []).map(({ fingerprint, world, property }) =>
      ascii(`FAIL  ${property} in ${world} (${fingerprint}): ${FIXED} ${summary.baseline ?? ""}`),
    ),
    ...(stop === "failure" ? ["INCOMPLETE: stopped at the first failure (--fail-fast)."] : []),
    ...(stop === "interrupted" ? ["INCOMPLETE: interrupted."] : []),
    ...(stop === "time" ? ["INCOMPLETE: stopped at the time limit; raise --time-limit."] : []),
  ];
};

/** A property with its verdict as data, its run as a handle. */
export const verdictJson = ({
  property,
  verdict,
  expected,
  asExpected,
  reason,
  evidence,
}: PropertyResult) => ({
  id: property.id,
  kind: property.kind,
  verdict,
  expected,
  asExpected,
  known: reason,
  traceLength: evidence === null ? null : evidence.trace.steps.length,
  replay: evidence?.handle ?? null,
});

/** The result of `check` as data; `seconds` is what it took as a whole, null where nobody measured. */
export const gateJson = (
  results: readonly CaseResult[],
  summary: GateSummary,
  seconds: number | null = null,
) => ({
  schemaVersion: SCHEMA_VERSION,
  version: version(),
  seconds,
  shard: summary.shard === null ? null : `${summary.shard.shard}/${summary.shard.of}`,
  complete:
    summary.looked === summary.cases && summary.left === 0 && results.every(({ complete }) => complete),
  stop: summary.stop,
  cases: summary.cases,
  models: summary.models,
  scenariosNotBegun: summary.left,
  asExpected: results.filter((result) => standing(result) === "ok").length,
  ...(summary.baseline === undefined
    ? {}
    : { baseline: { file: summary.baseline, foundNoMore: summary.fixed ?? [] } }),
  open: results.filter((result) => standing(result) === "open").length,
  unexpected: results.filter((result) => standing(result) === "FAIL").length,
  checks: results.map((result) => ({
    scenario: result.scenario.name,
    ...chosenOn(result.choice),
    options: result.choice.options,
    modelVersion: versionOf(result.problem),
    standing: standing(result),
    stop: result.stop,
    complete: result.complete,
    states: result.states,
    depth: result.depth,
    refusal: result.refusal,
    properties: result.properties.map((one) => ({
      ...verdictJson(one),
      fingerprint:
        one.evidence === null
          ? null
          : fingerprintOf(worldText(result.scenario, result.choice), one.property.id, one.evidence.trace),
    })),
  })),
});
