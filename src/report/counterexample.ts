import { chosenPairs } from "../model/axis.ts";
import type { Evidence, Outcome, PropertyResult } from "../catalogue/outcome.ts";
import { assumedText, runEnd, switchesText } from "../check/verdict.ts";
import type { Trace } from "../check/trace.ts";
import type { Problem } from "../problem/exploration.ts";
import { settingsOf } from "../catalogue/choice.ts";
import { isLiveness } from "../model/property.ts";
import { formatOf } from "../derive/format.ts";
import { stepLines } from "./changes.ts";
import { columns, INDENT, ROOM, row, staggered } from "./columns.ts";
import { commandLines } from "./command-line.ts";
import { changedBy, expectedWord, runFlags } from "./varied.ts";
import { largest } from "./largest.ts";
import { painted } from "./paint.ts";
import { loopBegins, loopEnds } from "./loop-lines.ts";
import { ascii, wrap } from "./wrap.ts";
import { programName } from "../program-name.ts";
import { actorsOf } from "./run/actors.ts";
import { decidingOf, undecided, type Deciding } from "./run/decided.ts";
import { starvedLines } from "./run/starved-lines.ts";
import { toldOf } from "./run/told.ts";
import { runTable } from "./run/run-table.ts";
import type { TraceStyle } from "./run/trace-style.ts";

const MOST_COLUMNS = 3;
/** Longer names of actors are wrapped. */
const LONGEST_NAME = 16;

/** One step of a run, in the column of its actor. */
export interface Block {
  readonly actor: string;
  readonly lines: readonly string[];
  /** Whole lines before it. */
  readonly before?: readonly string[];
}

const widest = (lines: readonly string[]): number =>
  largest(
    lines.map((line) => ascii(line).length),
    1,
  );

/** A column for each actor, time downwards. */
const inColumns = (blocks: readonly Block[], actors: readonly string[]): readonly string[] => {
  const natural = actors.map((name) =>
    widest([name, ...blocks.filter(({ actor }) => actor === name).flatMap(({ lines }) => lines)]),
  );
  const names = actors.map((name) => Math.min(LONGEST_NAME, ascii(name).length));
  const layout = staggered(natural, names);
  const head = columns(names, 0).map(({ width }, i) => ({ at: layout[i].at, width }));
  return [
    ...row(
      actors.map((name) => [name]),
      head,
      INDENT,
    ),
    ...row(
      names.map((length) => ["-".repeat(length)]),
      head,
      INDENT,
    ),
    ...blocks.flatMap(({ actor, lines, before = [] }) => [
      ...before,
      ...row(
        actors.map((name) => (name === actor ? lines : [])),
        layout,
        INDENT,
      ),
    ]),
  ];
};

/** Numbered steps, one after the other, for more actors than fit side by side; `after` may add lines after a step. */
export const numbered = (
  blocks: readonly Block[],
  after: (place: number) => readonly string[] = () => [],
): readonly string[] => {
  const name = Math.min(LONGEST_NAME, widest(blocks.map(({ actor }) => actor)));
  const place = Math.max(2, String(blocks.length).length);
  const layout = columns([place, name, ROOM - place - name - 4], 2);
  return blocks.flatMap(({ actor, lines, before = [] }, i) => [
    ...before,
    ...row([[String(i + 1)], [actor], lines], layout, INDENT),
    ...after(i),
  ]);
};

/** A run as text: columns for up to three actors, a numbered list for more. */
export const runLines = (blocks: readonly Block[]): readonly string[] => {
  const actors = actorsOf(blocks.map(({ actor }) => actor));
  return actors.length > MOST_COLUMNS ? numbered(blocks) : inColumns(blocks, actors);
};

const indented = (text: string, width = ROOM, hang = 2): readonly string[] =>
  wrap(text, width, hang).map((line) => `${" ".repeat(INDENT)}${line}`.trimEnd());

/** `** the sentence **`, over as many lines as it takes. */
export const starred = (text: string): readonly string[] => {
  const lines = wrap(text, ROOM - 6).map((line) => line.trim());
  return lines.map((line, i) => {
    const end = i === lines.length - 1 ? " **" : "";
    return `${" ".repeat(INDENT)}${i === 0 ? "** " : "   "}${line}${end}`;
  });
};

/** The arguments of a property as ` (v=0)`, with a blank before them; empty where it has none. */
export const argsText = (args: Evidence["args"]): string => {
  const chosen = Object.entries(args).map(([name, value]) => `${name}=${value}`);
  return chosen.length === 0 ? "" : ` (${chosen.join(", ")})`;
};

/** A run with what is noted of each step, a column for each actor. */
const fullLines = <S>({ model, scope }: Problem<S>, trace: Trace<S>): readonly string[] => {
  const format = formatOf(model.state, scope);
  return [
    ...(trace.steps.length === 0
      ? indented("(in the start state)")
      : runLines(
          trace.steps.map((taken, place) => ({
            actor: taken.step.actor,
            lines: stepLines(taken, format, false),
            before: loopBegins(trace, place),
          })),
        )),
    ...loopEnds(trace),
  ];
};

/** A replayed run as text: a lane for each actor, each step with only what it changed. */
export const traceLines = <S>(
  problem: Problem<S>,
  trace: Trace<S>,
  style: TraceStyle,
  starred?: ReadonlySet<number>,
): readonly string[] => {
  if (style.trace === "full") return fullLines(problem, trace);
  if (trace.steps.length === 0) return [...indented("(in the start state)"), ...loopEnds(trace)];
  return runTable(problem, trace, style, starred);
};

/** What a run is a run of. */
export type World = Pick<Outcome, "scenario" | "choice" | "problem">;

/** What decides that a run breaks a property, where it is not printed in full: steps that race, or who is starved in its loop. */
export const deciding = (
  { problem }: Pick<World, "problem">,
  { property, verdict }: Pick<PropertyResult, "property" | "verdict">,
  { trace, args }: Pick<Evidence, "trace" | "args">,
  style: TraceStyle,
): Deciding => {
  if (style.trace === "full" || verdict !== "violated") return undecided;
  return isLiveness(property)
    ? { ...undecided, lines: starvedLines(problem, trace) }
    : decidingOf(problem, trace, { property, args });
};

/** How often control passes between actors, where it does, as the end of a sentence. */
const switchesIn = ({ trace: { steps }, calm }: Evidence): string => {
  const switches = steps.filter(({ step }, i) => i > 0 && step.actor !== steps[i - 1].step.actor).length;
  if (switches === 0) return "";
  return `, ${switchesText(switches)}${calm === false ? "; shortest, not calm: there may be fewer switches" : ""}`;
};

/** The world a run was found in: scenario, design, guest, settings, start. */
const worldText = ({ scenario, choice }: Pick<Outcome, "scenario" | "choice">): string =>
  [
    scenario.name,
    ...chosenPairs(choice).map(([axis, value]) => `${axis} ${value}`),
    ...settingsOf(scenario, choice),
    `from ${scenario.start}`,
  ].join(", ");

/** The sentence that a run decides: which property, and what it says. */
export const brokenText = (
  { property, verdict }: Pick<PropertyResult, "property" | "verdict">,
  args: Evidence["args"],
): string => {
  const said = verdict === "witnessed" ? "reached" : "broken";
  return `${said}: ${property.id}${argsText(args)}: ${property.statement}`;
};

/** Said of a run that breaks a `leadsTo` and ends where its `from` is true. */
const OWED =
  "`from` is still true at the end of this run: it is broken also where what it waits for came before, once; " +
  "is `from` false again as soon as it was answered?";

/** Whether `from` is true in the last state of a run that breaks a `leadsTo`. */
const stillOwed = (property: PropertyResult["property"], { trace, args }: Evidence): boolean =>
  property.kind === "leadsTo" && property.from(trace.steps.at(-1)?.after ?? trace.start, args);

/** The run that decides a property, in a few sentences; none where it is its start alone. */
export const toldIn = (
  { problem, scenario }: World,
  { verdict }: Pick<PropertyResult, "verdict">,
  { trace }: Pick<Evidence, "trace">,
  lost: Deciding["lost"],
): readonly string[] => {
  const does = verdict === "witnessed" ? "reaches" : "breaks";
  return trace.steps.length === 0
    ? []
    : toldOf(problem, trace, scenario.start, trace.loopAt === undefined ? does : undefined, lost);
};

/**
 * A counterexample (or witness) as it is pasted into a mail: plain ASCII of at most 75 columns, indented by four; one
 * column for each actor, each step with what is noted of it and only what it changed; then the property it breaks,
 * and the command that replays it.
 */
export const counterexample = (
  outcome: World,
  result: PropertyResult,
  evidence: Evidence,
  style: TraceStyle,
): readonly string[] => {
  const { trace } = evidence;
  const { property } = result;
  const found = `${property.id} ${result.verdict} ${runEnd(trace)}${switchesIn(evidence)}`;
  const { starred: places, lines, lost } = deciding(outcome, result, evidence, style);
  const told = style.trace === "full" ? [] : toldIn(outcome, result, evidence, lost);
  return [
    ...painted(indented(found), "head", style.colour),
    ...indented(worldText(outcome)),
    ...[changedBy(outcome.scenario)].filter(Boolean).flatMap((text) => indented(text)),
    ...(told.length === 0 ? [] : ["", ...indented(`  ${told.join(" ")}`, ROOM, 0)]),
    "",
    ...traceLines(outcome.problem, trace, style, places),
    "",
    ...painted(starred(brokenText(result, evidence.args)), "head", style.colour),
    ...(isLiveness(property) ? indented(assumedText(property.fairness)) : []),
    ...(outcome.scenario.varied !== undefined && stillOwed(property, evidence) ? indented(OWED) : []),
    ...(result.reason === null || result.verdict === "witnessed"
      ? []
      : indented(`${expectedWord(outcome.scenario)}: ${result.reason}`)),
    ...lines.flatMap((line) => indented(line)),
    "",
    ...commandLines(`${programName()} replay ${evidence.handle}${runFlags(outcome.scenario)}`),
  ];
};
