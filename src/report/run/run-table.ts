import type { Change, Trace } from "../../check/trace.ts";
import { plural } from "../../check/verdict.ts";
import { formatOf } from "../../derive/format.ts";
import type { Problem } from "../../problem/exploration.ts";
import { isBookkeeping } from "../changes.ts";
import { INDENT, row } from "../columns.ts";
import { largest } from "../largest.ts";
import { ascii } from "../wrap.ts";
import { actorsOf } from "./actors.ts";
import { changeLines, subjectOf } from "./change-words.ts";
import { folded, type Part } from "./folded.ts";
import { MOST_LANES, placed } from "./lanes.ts";
import { rowLines, type Row } from "./row-lines.ts";
import { labelling } from "./step-label.ts";
import { widthOf, type TraceStyle } from "./trace-style.ts";
import { watchedOf } from "./watched.ts";

/** A brief run shows this many steps of a longer one, half of them from either end. */
const MOST_STEPS = 400;

/** The lane of each actor: its own, or the last where there are too many. */
const lanesOf = (
  actors: readonly string[],
): { readonly names: readonly string[]; readonly of: (actor: string) => number } => {
  const own = actors.length <= MOST_LANES ? actors : actors.slice(0, MOST_LANES - 1);
  const names = own.length === actors.length ? own : [...own, "others"];
  return { names, of: (actor) => (own.includes(actor) ? own.indexOf(actor) : names.length - 1) };
};

const nothing = (): readonly string[] => [];

/** The bracket at the left of the steps that are taken again and again: none, its beginning, middle, end. */
const bracket = (loopAt: number | undefined, steps: number, { from, to }: Part): string => {
  if (loopAt === undefined || from < loopAt) return " ";
  if (from === loopAt) return to === steps ? "[" : "/";
  return to === steps ? "\\" : "|";
};

/** Which part of a long run is shown: all, or its two ends. */
const shownOf = (steps: number, brief: boolean): readonly Part[] =>
  !brief || steps <= MOST_STEPS
    ? [{ from: 0, to: steps }]
    : [
        { from: 0, to: MOST_STEPS / 2 },
        { from: steps - MOST_STEPS / 2, to: steps },
      ];

/**
 * A run as a table: a lane for each actor, time downwards, a line for each step with what it changed; what all changes are
 * changes of is said once, above them. Brief, steps that nobody else sees are folded, the model's own bookkeeping is left
 * out, and of a very long run the middle is. `starred` are the places of the steps that decide.
 */
export const runTable = <S>(
  problem: Problem<S>,
  trace: Trace<S>,
  style: TraceStyle,
  starred: ReadonlySet<number> = new Set(),
): readonly string[] => {
  const brief = (style.trace ?? "brief") === "brief";
  const { steps, loopAt } = trace;
  const format = formatOf(problem.model.state, problem.scope);
  const label = labelling(problem.steps);
  const shown = shownOf(steps.length, brief);
  const kept = shown.flatMap(({ from, to }) => steps.slice(from, to));
  const lanes = lanesOf(actorsOf(kept.map(({ step }) => step.actor)));
  const isShown = (change: Change): boolean => !brief || !isBookkeeping(change);
  const subject = subjectOf(kept.flatMap(({ changes }) => changes.filter(isShown)));
  const places = Math.max(2, String(steps.length).length);
  const watched = watchedOf(
    problem,
    style.watch ?? [],
    [trace.start, ...kept.map(({ after }) => after)],
    widthOf(style) - INDENT - places - 1,
  );
  /** What stands before the lanes: the number of the step, and what is watched. */
  const digits = places + watched.width;
  const numbered = (number: string, state: S): string =>
    watched.width === 0 ? number : `${number.padStart(places)}  ${watched.text(state)}`.padEnd(digits);
  const alone = new Set([
    ...starred,
    ...steps.flatMap(({ changes }, i) =>
      changes.some(({ path }) => watched.names.includes(path)) ? [i] : [],
    ),
  ]);
  const name = (actor: string): string => (lanes.names[lanes.of(actor)] === actor ? "" : `${actor}: `);

  const rowOf = (part: Part): Row => {
    const { step, changes } = steps[part.from];
    const mark = `${bracket(loopAt, steps.length, part)}${starred.has(part.from) ? "*" : " "}`;
    const lane = lanes.of(step.actor);
    const count = part.to - part.from;
    if (count > 1) {
      const labels = steps.slice(part.from, part.to).map((taken) => label(taken.step));
      const text = `: ${name(step.actor)}${plural(count, "step")}, ${labels[0]} ${count === 2 ? "and" : "to"} ${labels.at(-1)!}`;
      const number = numbered("", steps[part.to - 1].after);
      return { number, mark, lane, label: ascii(text), changes: nothing, isFold: true };
    }
    const seen = changes.filter(isShown);
    return {
      number: numbered(String(part.from + 1), steps[part.from].after),
      mark,
      lane,
      label: ascii(name(step.actor) + label(step)),
      changes: (width) =>
        changes.length === 0 ? ["(nothing changes)"] : changeLines(seen, format, subject, width),
    };
  };
  const rows = shown.map((part) =>
    (brief
      ? folded(problem, trace, part, alone)
      : Array.from({ length: part.to - part.from }, (_, i) => ({
          from: part.from + i,
          to: part.from + i + 1,
        }))
    ).map(rowOf),
  );
  const all = rows.flat();
  const room = widthOf(style) - INDENT - digits - 1;
  const layout = placed(
    lanes.names.map((lane, i) => ({
      name: ascii(lane),
      longest: largest(
        all
          .filter(({ lane: at, isFold }) => at === i && isFold !== true)
          .map(({ label: text }) => text.length),
        0,
      ),
    })),
    largest(
      all.flatMap(({ changes }) => changes(Infinity).map((line) => line.length)),
      0,
    ),
    room,
  );
  const { starts, changesAt } = layout;
  const right = watched.width;
  const head = row(
    [...watched.names, ...lanes.names, subject?.path ?? ""].map((text) => [text]),
    [
      ...watched.layout.map(({ at, width }) => ({ at: at + 1, width })),
      ...starts.map((at) => ({ at: right + at, width: layout.name })),
      { at: right + changesAt, width: room - changesAt },
    ],
    INDENT + places + 1,
  );
  const begin: Row = {
    number: numbered("", trace.start),
    mark: "  ",
    lane: 0,
    label: "(start)",
    changes: nothing,
  };
  const left = steps.length - kept.length;
  return [
    ...head,
    ...(watched.width === 0 ? [] : rowLines(begin, layout, digits, room)),
    ...rows.flatMap((part, i) => [
      ...(i === 0
        ? []
        : [`${" ".repeat(INDENT)}... ${plural(left, "step")} left out here (all: --trace steps) ...`]),
      ...part.flatMap((one) => rowLines(one, layout, digits, room)),
    ]),
    ...(loopAt === undefined
      ? []
      : [
          loopAt === steps.length
            ? `${" ".repeat(INDENT)}here it stops for ever`
            : `  \\_ back to step ${loopAt + 1}, again and again`,
        ]),
  ];
};
