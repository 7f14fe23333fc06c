import { namedPairs } from "../catalogue/choice.ts";
import type { Differences } from "../catalogue/differences.ts";
import type { FollowingOption } from "../catalogue/following-options.ts";
import type { CaseResult } from "../catalogue/gate.ts";
import { isUnrecorded, type PropertyResult } from "../catalogue/outcome.ts";
import type { AnyScenario, Choice } from "../catalogue/scenario.ts";
import { plural } from "../check/verdict.ts";
import { chosenOn, type Axis } from "../model/axis.ts";
import { version } from "../package-version.ts";
import { followingJson, followingLines } from "./following-options.ts";
import { verdictJson } from "./gate-report.ts";
import { SCHEMA_VERSION } from "./schema-version.ts";
import { labelled } from "./summary.ts";
import { wrap } from "./wrap.ts";

const LINE = 79;
/** The most fields of a start that are named. */
const NAMED = 3;

/** A world in which values on an axis were compared: what differs from the first, and what was found of each, in their order. */
export interface WorldCompared {
  readonly scenario: AnyScenario;
  /** With the first value. */
  readonly choice: Choice;
  readonly differences: readonly Differences[];
  readonly followed: readonly FollowingOption[];
  readonly results: readonly CaseResult[];
}

/** Values on an axis compared in many worlds. */
export interface Comparisons {
  readonly axis: Axis;
  readonly values: readonly string[];
  readonly worlds: readonly WorldCompared[];
}

/** The verdicts on each property that is not judged alike everywhere. */
const differing = ({ results }: WorldCompared): readonly (readonly PropertyResult[])[] => {
  const [first] = results;
  return first.properties
    .map((_, place) => results.map(({ properties }) => properties[place]))
    .filter((verdicts) => verdicts.some(({ verdict }) => verdict !== verdicts[0].verdict));
};

/** Whether what takes part, or the start, is another under some value. */
const isOther = ({ differences }: WorldCompared): boolean =>
  differences.some(
    ({ added, dropped, replaced, start, unreachable }) =>
      added.length + dropped.length + replaced.length + start.length > 0 || unreachable !== null,
  );

const nameOf = ({ scenario, choice }: WorldCompared, axis: Axis): string =>
  [
    scenario.name,
    ...namedPairs(scenario, choice)
      .filter(([name]) => name !== axis.name)
      .map(([, value]) => value),
  ].join(" ");

const changedText = (world: WorldCompared): string => {
  if (!isOther(world)) return "the same model";
  const names = new Set(
    world.differences.flatMap(({ added, dropped, replaced }) =>
      [...added, ...dropped, ...replaced.map(({ is }) => is)].map(({ name }) => name),
    ),
  );
  const paths = [...new Set(world.differences.flatMap(({ start }) => start.map(({ path }) => path)))];
  const more = paths.length > NAMED ? ` and ${paths.length - NAMED} more` : "";
  return [
    ...(names.size === 0
      ? []
      : [`${plural(names.size, "action")} that ${names.size === 1 ? "differs" : "differ"}`]),
    ...(paths.length === 0 ? [] : [`another start: ${paths.slice(0, NAMED).join(", ")}${more}`]),
    ...(world.differences.some(({ unreachable }) => unreachable !== null) ? ["no start"] : []),
  ].join(", ");
};

const verdictText = ({ verdict, evidence, asExpected }: PropertyResult): string =>
  `${verdict}${evidence === null ? "" : ` ${evidence.trace.steps.length}`}${asExpected ? "" : " !"}`;

const worldLines = (world: WorldCompared, { axis, values }: Comparisons): readonly string[] => {
  const differ = differing(world);
  return [
    `${differ.length === 0 ? " " : "*"}  ${nameOf(world, axis)}: ${changedText(world)}`,
    ...differ.flatMap((verdicts) =>
      wrap(
        `     ${verdicts[0].property.id}: ${verdicts.map((one, place) => `${values[place]} ${verdictText(one)}`).join(", ")}`,
        LINE,
      ),
    ),
  ];
};

const legend = ({ axis, worlds }: Comparisons): string => {
  const verdicts = worlds.flatMap(({ results }) => results.flatMap(({ properties }) => properties));
  const differ = worlds.filter((world) => differing(world).length > 0).length;
  const same = worlds.filter((world) => !isOther(world)).length;
  return [
    `${plural(worlds.length, "world")} compared: ${differ === 1 ? "1 differs" : `${differ} differ`} in a verdict (*), ${same === 1 ? "1 is" : `${same} are`} the same model under all ${axis.plural}.`,
    ...(differ === 0 ? [] : ["A number is the steps of the shortest run that shows it."]),
    ...(verdicts.every((one) => one.asExpected || isUnrecorded(one))
      ? []
      : ["!: another verdict was expected."]),
    ...(verdicts.some(isUnrecorded) ? ["!: violated, and not recorded."] : []),
  ].join(" ");
};

/** The options that follow the axis in any of the worlds. */
const allFollowed = ({ worlds }: Comparisons): readonly FollowingOption[] => [
  ...new Map(worlds.flatMap(({ followed }) => followed).map((one) => [one.option, one])).values(),
];

/** The report of `compare --all` for people: a line for each world, and each verdict that differs. */
export const comparisonsLines = (all: Comparisons): readonly string[] => [
  ...labelled([
    [all.axis.plural, all.values.join(", ")],
    ...followingLines(allFollowed(all), all.values).map((line, place): readonly [string, string] => [
      place === 0 ? "follows" : "",
      line,
    ]),
  ]),
  "",
  ...all.worlds.flatMap((world) => worldLines(world, all)),
  "",
  ...wrap(legend(all), LINE, 0),
];

/** The same as data; `seconds` is what it took. */
export const comparisonsJson = (all: Comparisons, seconds: number) => ({
  schemaVersion: SCHEMA_VERSION,
  version: version(),
  seconds,
  [all.axis.plural]: all.values,
  worlds: all.worlds.map((world) => ({
    scenario: world.scenario.name,
    ...Object.fromEntries(Object.entries(chosenOn(world.choice)).filter(([name]) => name !== all.axis.name)),
    followed: followingJson(world.followed, all.values),
    sameModel: !isOther(world),
    complete: world.results.every(({ complete }) => complete),
    properties: differing(world).map((verdicts) => ({
      id: verdicts[0].property.id,
      verdicts: Object.fromEntries(verdicts.map((one, place) => [all.values[place], verdictJson(one)])),
    })),
  })),
});
