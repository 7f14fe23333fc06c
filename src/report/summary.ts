import { chosenPairs } from "../model/axis.ts";
import { cutBy, isUnrecorded, type Outcome, type PropertyResult } from "../catalogue/outcome.ts";
import { grouped, plural, switchesText, countedText } from "../check/verdict.ts";
import { fairnessText } from "../model/fairness.ts";
import { isLiveness } from "../model/property.ts";
import { commandLines } from "./command-line.ts";
import { columns, row } from "./columns.ts";
import { counterexample, type World } from "./counterexample.ts";
import { doubted } from "./doubted-text.ts";
import { bytesText, rate, type Effort } from "./effort.ts";
import { strandedLines } from "./stranded-text.ts";
import { noEffectRows } from "./no-effect.ts";
import { symmetryText } from "./symmetry-text.ts";
import { runFlags, idleText, variedRows } from "./varied.ts";
import { howToRecord } from "./unrecorded.ts";
import { verdicts } from "./verdict-lines.ts";
import { ascii, wrap } from "./wrap.ts";
import { programName } from "../program-name.ts";
import type { TraceStyle } from "./run/trace-style.ts";

const LINE = 79;
/** With fewer states, the memory an engine allocates up front says nothing about bytes per state. */
const TELLING = 10_000;

const pairs = (values: Readonly<Record<string, string | number>>): string =>
  Object.entries(values)
    .map(([name, value]) => `${name}=${value}`)
    .join(" ");

/** Labelled lines, the labels in a column of their own. */
export const labelled = (rows: readonly (readonly [string, string])[]): readonly string[] =>
  rows
    .filter(([, text]) => text !== "")
    .flatMap(([label, text]) => row([[label], [text]], columns([9, LINE - 10], 1)));

/** What was asked of: scenario, the values on the axes, options, scope and start, as rows under labels. */
export const headerRows = ({
  scenario,
  choice,
  problem,
  version,
  noEffect,
}: World & Pick<Outcome, "version" | "noEffect">): readonly (readonly [string, string])[] => [
  ["scenario", scenario.name],
  ["", scenario.about],
  ...variedRows(scenario),
  ...chosenPairs(choice),
  ["options", pairs(choice.options)],
  ...noEffectRows(noEffect),
  ["scope", pairs(problem.scope)],
  ["start", `${scenario.start} (model version ${version})`],
];

/** The same as lines. */
export const header = (world: Parameters<typeof headerRows>[0]): readonly string[] =>
  labelled(headerRows(world));

/** What a search within bounds looked at, and what it did not. */
const bounded = (outcome: Outcome): string => {
  const { stop, asked, depth, problem, exploration } = outcome;
  if (stop === "constraint")
    return `Bounded: every run within ${cutBy(problem, exploration) ?? ""} was explored; what is beyond was not looked at.`;
  if (stop === "left-out")
    return "Not complete: every state that can be reached with what takes part was explored, but this world is cut short.";
  const between = `at most ${switchesText(asked.switches ?? 0)} between actors`;
  if (stop === "switches")
    return `Bounded: every run with ${between} was explored; runs with more were not looked at.`;
  const steps = `at most ${plural(asked.depth ?? depth, "step")}`;
  return asked.switches === null
    ? `Bounded: every run of ${steps} was explored; deeper behaviour was not looked at.`
    : `Bounded: every run of ${steps} with ${between} was explored; other behaviour was not looked at.`;
};

/** How many states were kept and not expanded, as a sentence behind another; empty where all were. */
const unexpandedBy = ({ problem, exploration }: Outcome): string => {
  const constraints = cutBy(problem, exploration);
  const count = exploration.constrained ?? 0;
  return constraints === null
    ? ""
    : ` ${plural(count, "state")} of ${grouped(exploration.states)} ${count === 1 ? "does" : "do"} not satisfy ${constraints}: judged, but not expanded.`;
};

/** The number of states, or of nodes, whichever a limit on them counts. */
const found = ({ states, nodes }: Outcome["exploration"]): string =>
  nodes === undefined ? plural(states, "state") : plural(nodes, "node");

const unexpanded = ({ frontier, nodes }: Outcome["exploration"]): string =>
  frontier === 0 ? "" : ` with ${plural(frontier, nodes === undefined ? "state" : "node")} not expanded`;

const completeness = (outcome: Outcome): string =>
  outcome.exploration.states === 0
    ? "Nothing to explore: there is no start state under this choice."
    : `${ended(outcome)}${unexpandedBy(outcome)}`;

const violatedAt = ({ endless }: Outcome["exploration"]): string =>
  endless === undefined ? "at the first violation (--fail-fast)" : "where a step does not end";

const ended = (outcome: Outcome): string => {
  const { stop, exploration } = outcome;
  switch (stop) {
    case "exhausted":
      return outcome.problem.dependence === undefined
        ? "Complete: every state that can be reached in this scope was explored."
        : "Complete up to partial-order reduction: of steps that do not depend on each other not every order was explored. Verdicts and states without a next step are those of every order; counts are of the part explored, and runs may not be the shortest.";
    case "left-out":
    case "constraint":
    case "depth":
    case "switches":
      return bounded(outcome);
    case "violation":
      return `Incomplete: stopped ${violatedAt(exploration)}; the rest was not looked at.`;
    case "interrupted":
      return "INCOMPLETE: interrupted; the rest was not looked at.";
    case "states":
      return `INCOMPLETE: stopped at the limit of ${found(exploration)}; raise --max-states, or bound the question with --depth.`;
    case "memory":
      return `INCOMPLETE: stopped at the memory limit${unexpanded(exploration)}; raise --max-memory (and node's --max-old-space-size with --reference), bound the question with --depth or --switches, or have fewer states: --symmetry, a smaller world. With --checkpoint DIR what was found is kept, for --resume DIR with more memory.`;
    case "time":
      return "INCOMPLETE: stopped at the time limit; raise --time-limit, or bound the question with --depth.";
  }
};

/** A search bounded by switches tells states apart by what is left of the bound, and counts transitions so. */
const nodes = ({ nodes }: Outcome["exploration"]): string =>
  nodes === undefined ? "" : ` (as ${plural(nodes, "node")}, by who moved last and the switches used)`;

/** What the search took, behind its counts. */
const spent = ({ exploration }: Outcome, effort: Effort): string =>
  `; ${effort.seconds.toFixed(2)} s, ${grouped(rate(exploration.states, effort.seconds))} states/s, ` +
  `${grouped(rate(exploration.transitions, effort.seconds))} transitions/s, ` +
  `${bytesText(effort.peakMemoryBytes)} peak` +
  (exploration.tableBytes > 0 && exploration.states >= TELLING
    ? `, ${grouped(effort.bytesPerState)} bytes/state.`
    : ".");

const counts = ({ problem, exploration, depth }: Outcome): string =>
  `${plural(exploration.states, "state")}${countedText({ symmetric: problem.symmetry !== undefined, reduced: problem.dependence !== undefined })}${nodes(exploration)}, ${plural(exploration.transitions, "transition")}, depth ${depth}` +
  (exploration.deadlocks === null || exploration.deadlocks === 0
    ? ""
    : `, ${plural(exploration.deadlocks, "state")} without a next step`);

const fewerThreads = ({ workers, workersAsked }: Effort): readonly string[] =>
  workersAsked === undefined
    ? []
    : [
        `Searched with ${plural(workers, "thread")} instead of ${workersAsked}: more cannot run at once on this machine.`,
      ];

const resumed = ({ resumedAtStates }: Effort): readonly string[] =>
  resumedAtStates === undefined
    ? []
    : [`Resumed from a checkpoint of ${plural(resumedAtStates, "state")}; the seconds are those since then.`];

/** What is assumed of all behaviours, and where none were looked at to their end. */
const fairnessAssumed = ({ properties, stop }: Outcome): string => {
  const live = properties.map(({ property }) => property).filter(isLiveness);
  if (live.length === 0) return "Fairness: none assumed (safety properties only).";
  const texts = [...new Set(live.flatMap(({ fairness }) => fairness.map(fairnessText)))];
  const free = live.filter(({ fairness }) => fairness.length === 0).map(({ id }) => id);
  const assumed = texts.length === 0 ? "none assumed" : texts.join(", ");
  const but = texts.length === 0 || free.length === 0 ? "" : `; none for ${free.join(", ")}`;
  const bound =
    stop === "depth" || stop === "constraint"
      ? " Only behaviour that stays within the bound was asked whether it goes on for ever."
      : "";
  return `Fairness: ${assumed}${but}.${bound}`;
};

/** The most names of actions that are printed; JSON has them all. */
const NAMED = 8;

/** Which actions were never taken. */
export const coverage = ({
  coverage: { actions, neverFired },
  complete,
}: Pick<Outcome, "coverage" | "complete">): string => {
  if (neverFired.length === actions.length) return "No action fired.";
  if (neverFired.length === 0) return `Every action fired (${actions.length}).`;
  const where = complete ? "" : " in the part explored";
  const more = neverFired.length > NAMED ? ` and ${neverFired.length - NAMED} more (all in --json)` : "";
  const names = neverFired.slice(0, NAMED).join(", ");
  return `${neverFired.length} of ${plural(actions.length, "action")} never fired${where}: ${names}${more}.`;
};

/** Laws that were left out, as a sentence; empty where none were. */
export const notAskedText = ({ notAsked }: Pick<Outcome, "notAsked">): string =>
  notAsked.length === 0
    ? ""
    : `Not asked: ${notAsked.map(({ id }) => id).join(", ")}, for such a search cannot check liveness.`;

/** What else is said of a search, below how far it went: a sentence or more each. */
const remarks = (outcome: Outcome): readonly string[] =>
  [
    doubted(outcome),
    notAskedText(outcome),
    outcome.problem.notReduced === undefined ? "" : `Not reduced by --por: ${outcome.problem.notReduced}.`,
    ...symmetryText(outcome),
    coverage({ ...outcome, complete: outcome.complete && outcome.problem.dependence === undefined }),
    idleText(outcome),
  ].filter(Boolean);

/** What a search looked at, what it did not, and what else is to be known of it: nothing that differs from run to run. */
export const searchSentences = (outcome: Outcome): readonly string[] => [
  `${counts(outcome)}.`,
  completeness(outcome),
  fairnessAssumed(outcome),
  ...[strandedLines(outcome).join(" ")].filter(Boolean),
  ...remarks(outcome),
];

/** Which runs are printed in full: violations nobody expected; else the first known one; a witness that was asked for. */
const shown = (
  properties: readonly PropertyResult[],
  asked: readonly string[],
): readonly PropertyResult[] => {
  const broken = properties.filter(({ verdict, evidence }) => verdict === "violated" && evidence !== null);
  const surprising = broken.filter(({ expected }) => expected !== "violated");
  const witnesses = properties.filter(
    ({ verdict, property, asExpected }) =>
      verdict === "witnessed" && (asked.includes(property.id) || !asExpected),
  );
  return [...(surprising.length > 0 ? surprising : broken.slice(0, 1)), ...witnesses];
};

const others = (
  { scenario }: World,
  properties: readonly PropertyResult[],
  full: readonly PropertyResult[],
): readonly string[] => {
  const rest = properties.filter(
    (result) => result.verdict === "violated" && result.evidence !== null && !full.includes(result),
  );
  if (rest.length === 0) return [];
  return [
    "",
    "The other violations, step by step:",
    ...rest.flatMap(({ property, because, evidence }) => [
      `  ${ascii(property.id)}, ${because}`,
      ...commandLines(`${programName()} replay ${evidence?.handle ?? ""}${runFlags(scenario)}`),
    ]),
  ];
};

/** What to do about violations that nobody recorded. */
const toRecord = ({ scenario, choice }: World, properties: readonly PropertyResult[]): readonly string[] => {
  const how = howToRecord(scenario, choice, properties.filter(isUnrecorded));
  if (how.length === 0) return [];
  return wrap(`${how.join(" ")} --allow-unrecorded lets it pass without.`, LINE, 0);
};

/**
 * The runs to print: in full where nobody expected them, else as a command, and how to record those that nobody did;
 * `asked` are properties that were named.
 */
export const runs = (
  world: World,
  properties: readonly PropertyResult[],
  asked: readonly string[],
  style: TraceStyle,
): readonly string[] => {
  const full = shown(properties, asked);
  const hidden = properties.find((result) => result.verdict === "witnessed" && !full.includes(result));
  return [
    ...toRecord(world, properties),
    ...(hidden === undefined
      ? []
      : wrap(`To see how something is reached, ask for it: --property ${hidden.property.id}`, LINE, 0)),
    ...full.flatMap((result) =>
      result.evidence === null ? [] : ["", ...counterexample(world, result, result.evidence, style)],
    ),
    ...others(world, properties, full),
  ];
};

/**
 * The report of `explore` for people, the verdicts last: there the eye is when the prompt comes back. `asked` are the properties that were named on the command line. Without an effort it
 * says nothing that differs from run to run.
 */
export const summary = (
  outcome: Outcome,
  effort: Effort | undefined,
  asked: readonly string[],
  style: TraceStyle = {},
): readonly string[] => {
  const { properties } = outcome;
  return [
    ...header(outcome),
    "",
    ...wrap(`${counts(outcome)}${effort === undefined ? "." : spent(outcome, effort)}`, LINE, 0),
    ...(effort === undefined ? [] : [...fewerThreads(effort), ...resumed(effort)]).flatMap((text) =>
      wrap(text, LINE, 0),
    ),
    ...wrap(`${completeness(outcome)} ${fairnessAssumed(outcome)}`, LINE, 0),
    ...strandedLines(outcome),
    ...remarks(outcome).flatMap((text) => wrap(text, LINE, 0)),
    ...runs(outcome, properties, asked, style),
    "",
    ...(properties.length === 0 ? ["  (no properties to check)"] : verdicts(outcome, style)),
  ];
};
