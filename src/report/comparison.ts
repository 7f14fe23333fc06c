import { settingText, type NoEffect } from "../catalogue/no-effect.ts";
import type { FollowingOption } from "../catalogue/following-options.ts";
import type { Differences, Lane, Replaced } from "../catalogue/differences.ts";
import type { CaseResult } from "../catalogue/gate.ts";
import { isUnrecorded, type PropertyResult } from "../catalogue/outcome.ts";
import { plural, stopText } from "../check/verdict.ts";
import { formatOf, type Format } from "../derive/format.ts";
import type { Action } from "../model/action.ts";
import { chosenOn, chosenPairs, type Axis } from "../model/axis.ts";
import { own } from "../schema/own.ts";
import { settingsOf } from "../catalogue/choice.ts";
import type { AnyScenario } from "../catalogue/scenario.ts";
import { columns, row } from "./columns.ts";
import { commandLines } from "./command-line.ts";
import { verdictJson } from "./gate-report.ts";
import { noEffectJson } from "./no-effect.ts";
import { followingJson, followingLines } from "./following-options.ts";
import { largest } from "./largest.ts";
import { labelled } from "./summary.ts";
import { runFlags, variedOf, variedRows } from "./varied.ts";
import { SCHEMA_VERSION } from "./schema-version.ts";
import { wrap } from "./wrap.ts";
import { programName } from "../program-name.ts";
import { version } from "../package-version.ts";
import { versionOf } from "../check/model-version.ts";

const LINE = 79;
/** A longer name of what is compared is wrapped. */
const HEAD = 20;

/** Values on an axis compared, with options or without: what differs between them, and what was found of each, in their order. */
export interface Comparison {
  readonly scenario: AnyScenario;
  /** Along which they are compared; undefined where the catalogue has none. */
  readonly axis: Axis | undefined;
  readonly lanes: readonly Lane[];
  readonly differences: readonly Differences[];
  /** The options that follow the axis and are not alike. */
  readonly followed: readonly FollowingOption[];
  /** What was chosen without any effect, for each. */
  readonly noEffect: readonly (readonly NoEffect[])[];
  readonly results: readonly CaseResult[];
}

const cites = ({ note }: Action<unknown>): Readonly<Record<string, string>> => note?.cites ?? {};

/** An action under its mark, with what it cites; where it replaces one, also what that cited otherwise. */
const actionLines = (mark: string, is: Action<unknown>, was?: Action<unknown>): readonly string[] => {
  const before = was === undefined ? {} : cites(was);
  return [
    ...row([[mark], [is.name]], columns([8, 68], 1), 2),
    ...Object.entries(cites(is)).flatMap(([label, text]) => {
      const old = own(before, label) ?? text;
      const texts = old === text ? [text] : [text, `(was: ${old})`];
      // `changedIn` is no label of a column, but the beginning of what is said.
      const words = label.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
      const cells = words === label ? [[label], texts] : [[""], [`${words} ${texts.join(" ")}`]];
      return row(cells, columns([6, 58], 1), 13);
    }),
  ];
};

/** What one of them does otherwise than another. */
const differenceLines = (differences: Differences, format: Format<unknown>): readonly string[] => {
  const { is, against, added, dropped, replaced, start, unreachable } = differences;
  const sum = [
    ...(added.length === 0 ? [] : [`${added.length} added`]),
    ...(dropped.length === 0 ? [] : [`${dropped.length} dropped`]),
    ...(replaced.length === 0 ? [] : [`${replaced.length} replaced`]),
  ];
  return [
    ...wrap(
      `${is.name} against ${against.name}: ${sum.length === 0 ? "no action that takes part here differs" : `actions: ${sum.join(", ")}`}`,
      LINE,
    ),
    ...added.flatMap((action) => actionLines("added", action)),
    ...dropped.flatMap((action) => actionLines("dropped", action)),
    ...replaced.flatMap(({ was, is }) => actionLines("replaced", is, was)),
    ...(start.length === 0
      ? []
      : row(
          [
            ["start"],
            start.map(
              ({ path, from, to }) => `${path}: ${format.value(path, from)} -> ${format.value(path, to)}`,
            ),
          ],
          columns([8, 68], 1),
          2,
        )),
    ...(unreachable === null ? [] : row([["start"], [`none: ${unreachable}`]], columns([8, 68], 1), 2)),
  ];
};

const cell = ({ verdict, evidence, asExpected }: PropertyResult): string =>
  `${verdict}${evidence === null ? "" : ` ${evidence.trace.steps.length}`}${asExpected ? "" : " !"}`;

/** The verdicts on one property, by what is compared. */
const rowsOf = (results: readonly CaseResult[]): readonly (readonly PropertyResult[])[] =>
  results[0].properties.map((_, place) => results.map(({ properties }) => properties[place]));

const differ = (verdicts: readonly PropertyResult[]): boolean =>
  verdicts.some(({ verdict }) => verdict !== verdicts[0].verdict);

const table = ({ lanes, results }: Comparison): readonly string[] => {
  const rows = rowsOf(results);
  const heads = lanes.map(({ name }) => name);
  const states = results.map(({ states, stop, depth }) =>
    stop === "exhausted" ? plural(states, "state") : `${plural(states, "state")}, ${stopText(stop, depth)}`,
  );
  const widths = heads.map((head, i) =>
    largest(
      rows.map((verdicts) => cell(verdicts[i]).length),
      Math.max(Math.min(HEAD, head.length), Math.min(16, states[i].length)),
    ),
  );
  const left = LINE - widths.reduce((sum, width) => sum + width + 2, 2);
  const names = Math.min(
    40,
    Math.max(20, left),
    largest(
      rows.map(([{ property }]) => property.id.length),
      8,
    ),
  );
  const layout = columns([1, names, ...widths], 2);
  return [
    ...row([[""], ["property"], ...heads.map((head) => [head])], layout),
    ...rows.flatMap((verdicts) =>
      row(
        [
          [differ(verdicts) ? "*" : ""],
          [verdicts[0].property.id],
          ...verdicts.map((verdict) => [cell(verdict)]),
        ],
        layout,
      ),
    ),
    ...row([[""], ["(states searched)"], ...states.map((text) => [text])], layout),
  ];
};

/** The word for what is compared. */
const pluralOf = (axis: Axis | undefined): string => axis?.plural ?? "worlds";

const legend = ({ axis, results }: Comparison): readonly string[] => {
  const several = pluralOf(axis);
  const rows = rowsOf(results);
  const all = rows.flat();
  return [
    ...(rows.some(differ) ? [`*: the ${several} differ.`] : [`The ${several} do not differ in any verdict.`]),
    ...(all.some(({ evidence }) => evidence !== null)
      ? ["A number is the steps of the shortest run that shows it."]
      : []),
    ...(all.every((result) => result.asExpected || isUnrecorded(result))
      ? []
      : ["!: another verdict was expected."]),
    ...(all.some(isUnrecorded) ? ["!: violated, not recorded: nothing is expected of it here."] : []),
  ];
};

/** The runs that show a difference. */
const telling = ({ scenario, lanes, results }: Comparison): readonly string[] => {
  const runs = rowsOf(results)
    .filter(differ)
    .flatMap((verdicts) =>
      verdicts.flatMap(({ property, evidence, because }, i) =>
        evidence === null ? [] : [{ property, name: lanes[i].name, because, evidence }],
      ),
    );
  if (runs.length === 0) return [];
  return [
    "",
    "The runs that make the difference, step by step:",
    ...runs.flatMap(({ property, name, because, evidence }) => [
      ...wrap(`  ${property.id}, ${name}, ${because}`, LINE),
      ...commandLines(`${programName()} replay ${evidence.handle}${runFlags(scenario)}`),
    ]),
  ];
};

/** The report of `compare` for people. */
export const comparisonLines = (comparison: Comparison): readonly string[] => {
  const { scenario, axis, lanes, differences, followed, noEffect, results } = comparison;
  const { choice } = results[0];
  const common = settingsOf(scenario, choice).filter((setting) =>
    results.every((result) => settingsOf(scenario, result.choice).includes(setting)),
  );
  const format = formatOf(scenario.build(choice).model.state, scenario.scope);
  return [
    ...labelled([
      ["scenario", scenario.name],
      ["", scenario.about],
      ...variedRows(scenario),
      [pluralOf(axis), lanes.map(({ name }) => name).join(", ")],
      ...followingLines(
        followed,
        lanes.map(({ name }) => name),
      ).map((line, place): readonly [string, string] => [place === 0 ? "follows" : "", line]),
      ...chosenPairs(choice).filter(([name]) => name !== axis?.name),
      ["options", common.join(" ")],
      ["start", scenario.start],
      ...noEffect.flatMap((some, i) =>
        some.map((without): readonly [string, string] => [
          "no effect",
          `${settingText(without)} has no effect under ${lanes[i].name}`,
        ]),
      ),
    ]),
    ...differences.flatMap((one) => ["", ...differenceLines(one, format)]),
    "",
    ...table(comparison),
    "",
    ...wrap(legend(comparison).join(" "), LINE, 0),
    ...telling(comparison),
  ];
};

const actionJson = (action: Action<unknown>) => ({
  name: action.name,
  cites: cites(action),
});

const replacedJson = ({ was, is }: Replaced) => ({ ...actionJson(is), was: actionJson(was).cites });

/** The result of `compare` as data; `seconds` is what it took, null where nobody measured. */
export const comparisonJson = (
  { scenario, axis, lanes, differences, followed, noEffect, results }: Comparison,
  seconds: number | null = null,
) => ({
  schemaVersion: SCHEMA_VERSION,
  version: version(),
  seconds,
  scenario: scenario.name,
  ...variedOf(scenario),
  ...Object.fromEntries(Object.entries(chosenOn(results[0].choice)).filter(([name]) => name !== axis?.name)),
  options: results[0].choice.options,
  [pluralOf(axis)]: lanes.map(({ name }) => name),
  ...(followed.length === 0
    ? {}
    : {
        followed: followingJson(
          followed,
          lanes.map(({ name }) => name),
        ),
      }),
  differences: differences.map(({ is, against, added, dropped, replaced, ...rest }) => ({
    [axis?.name ?? "world"]: is.name,
    against: against.name,
    ...rest,
    added: added.map(actionJson),
    dropped: dropped.map(actionJson),
    replaced: replaced.map(replacedJson),
  })),
  searches: results.map(({ choice, problem, stop, complete, states, depth, refusal }, i) => ({
    name: lanes[i].name,
    ...(axis === undefined ? {} : { [axis.name]: chosenOn(choice)[axis.name] }),
    options: choice.options,
    modelVersion: versionOf(problem),
    noEffect: noEffectJson(noEffect[i]),
    stop,
    complete,
    states,
    depth,
    refusal,
  })),
  properties: rowsOf(results).map((verdicts) => ({
    id: verdicts[0].property.id,
    differs: differ(verdicts),
    verdicts: Object.fromEntries(verdicts.map((verdict, i) => [lanes[i].name, verdictJson(verdict)])),
  })),
});
