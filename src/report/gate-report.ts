import { chosenOn } from "../model/axis.ts";
import { standing, type CaseResult } from "../catalogue/gate.ts";
import type { PropertyResult } from "../catalogue/outcome.ts";
import { worldText } from "../catalogue/size.ts";
import { cachedLines } from "./cached-text.ts";
import { isKnown } from "./case-line.ts";
import { fingerprintOf } from "./formats/reported.ts";
import { plural } from "../check/verdict.ts";
import { version } from "../package-version.ts";
import { versionOf } from "../check/model-version.ts";
import { noEffectJson } from "./no-effect.ts";
import { SCHEMA_VERSION } from "./schema-version.ts";
import { ascii, wrap } from "./wrap.ts";

const LINE = 79;

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
    ...cachedLines(results),
    ...(summary.fixed ?? []).map(({ fingerprint, world, property }) =>
      ascii(`No  ${property} in ${world} (${fingerprint}): ${FIXED} ${summary.baseline ?? ""}`),
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
  traceLength: evidence?.length ?? null,
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
    modelVersion: result.cached?.version ?? versionOf(result.problem),
    standing: standing(result),
    cached: result.cached !== undefined,
    ...(result.noEffect === undefined ? {} : { noEffect: noEffectJson(result.noEffect) }),
    ...(result.scenario.varied === undefined ? {} : { idleChanges: result.idleChanges ?? null }),
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
          : fingerprintOf(worldText(result.scenario, result.choice), one.property.id, one.evidence),
    })),
  })),
});
