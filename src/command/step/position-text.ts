import type { Change } from "../../check/trace.ts";
import type { Format } from "../../derive/format.ts";
import { constraintsText } from "../../model/constraint.ts";
import { stepText } from "../../model/model.ts";
import { satisfies } from "../../problem/constrained.ts";
import { changeTexts, isBookkeeping, stepLines } from "../../report/changes.ts";
import { columns, INDENT, ROOM, row } from "../../report/columns.ts";
import { argsText, brokenText, starred } from "../../report/counterexample.ts";
import { largest } from "../../report/largest.ts";
import { wrap } from "../../report/wrap.ts";
import { sameMark, type Mark } from "./marks.ts";
import { marksAfter, stateOf, type Visit, type Walk } from "./walk.ts";

/** No step's name takes more of a line where what it changes stands beside it. */
const LONGEST_NAME = 32;
const WIDTH = INDENT + ROOM;

/** Text of the session itself, indented as a run is. */
export const indented = (text: string, hang = 2): readonly string[] =>
  wrap(`${" ".repeat(INDENT)}${text}`, WIDTH, hang);

const placeText = ({ at, visits, start, problem, loopAt }: Walk): string => {
  if (loopAt !== undefined && at === visits.length)
    return loopAt === at
      ? `step ${at}, where the run stops for ever`
      : `step ${at}, from where the run goes on for ever as after step ${loopAt}`;
  const of = at === visits.length ? "" : ` of ${visits.length}`;
  if (at > 0) return `step ${at}${of}`;
  const among =
    problem.start.length === 1 ? "" : `, start state ${start} of 0 to ${problem.start.length - 1}`;
  return `at the start${among}${visits.length === 0 ? "" : `, ${visits.length} to redo`}`;
};

/** What was done last, and all that it changed. */
const lastLines = ({ at, visits }: Walk, format: Format<unknown>): readonly string[] => {
  if (at === 0) return [];
  const { taken } = visits[at - 1];
  const { actor } = taken.step;
  const layout = columns([actor.length, ROOM - actor.length - 2], 2);
  return row([[actor], stepLines(taken, format, true)], layout, INDENT);
};

/** Whether a leaf says where a thread of the model stands: the field `pc` of a record, or a member of a vector of that name. */
const isPlace = (path: string): boolean => /(^|\.)pc(\[\d+\])*$/.test(path);

/** Where the threads stand that can move, or that stand elsewhere than at the start: most of a large model never do. */
const threadLines = (walk: Walk, choices: readonly Visit[], format: Format<unknown>): readonly string[] => {
  const began = new Set(format.state(walk.origin.state));
  const movable = new Set(choices.flatMap(({ taken }) => taken.changes.map(({ path }) => path)));
  const places = format.state(stateOf(walk)).flatMap((line) => {
    const [path, value] = line.split(" = ");
    return isPlace(path) && (!began.has(line) || movable.has(path)) ? [`${path}=${value}`] : [];
  });
  return places.length === 0 ? [] : indented(`threads: ${places.join(", ")}`);
};

/** What is broken or reached here, and which antecedents are true that were not so a step before. */
const markLines = (walk: Walk): readonly string[] => {
  const marks = marksAfter(walk, walk.at);
  const before = walk.at === 0 ? [] : marksAfter(walk, walk.at - 1);
  const occurs = marks.filter(
    (mark) => mark.says === "occurs" && !before.some((other) => sameMark(mark, other)),
  );
  const names = occurs.map(({ property, args }) => `${property.id}${argsText(args)}`);
  return [
    ...marks
      .filter(({ says }) => says !== "occurs")
      .flatMap(({ property, args, says }) =>
        starred(brokenText({ property, verdict: says === "reached" ? "witnessed" : "violated" }, args)),
      ),
    ...(names.length === 0 ? [] : indented(`antecedent occurs: ${names.join(", ")}`)),
  ];
};

/** What a step changes, the model's own bookkeeping last: it says the least, and may be cut off. */
const telling = (changes: readonly Change[], format: Format<unknown>): readonly string[] =>
  changeTexts(
    {
      changes: [...changes.filter((change) => !isBookkeeping(change)), ...changes.filter(isBookkeeping)],
    },
    format,
  );

/** As many changes as fit in the room, the first cut short if it must be, and how many more there are. */
const changesText = (texts: readonly string[], room: number): string => {
  for (let count = texts.length; count > 0; count--) {
    const left = texts.length - count;
    const shown = `${texts.slice(0, count).join(", ")}${left === 0 ? "" : `, and ${left} more`}`;
    if (shown.length <= room) return shown;
  }
  return `${texts[0].slice(0, room - 3)}...`;
};

/** Whether a state goes on to say what the one before it said: of a step that is described again each time. */
const isKept = (before: Mark, mark: Mark): boolean => mark.property.kind !== "step" && sameMark(before, mark);

/** Where the names of the choices begin, counted from the indent, how wide they are, and where they are offered. */
interface Layout {
  readonly at: number;
  readonly width: number;
  /** What is said already of the state in which one chooses. */
  readonly here: readonly Mark[];
}

/** A choice in one line where what it changes fits beside its name, else in two. */
const choiceLines = (
  { taken, marks }: Visit,
  number: number,
  format: Format<unknown>,
  { at, width, here }: Layout,
): readonly string[] => {
  const name = stepText(taken.step);
  const head = `${" ".repeat(INDENT)}${String(number).padStart(at - 2)}  ${name.padEnd(width)}`;
  const texts = taken.changes.length === 0 ? ["(nothing changes)"] : telling(taken.changes, format);
  const whole = `${head}  ${texts.join(", ")}`;
  const below = " ".repeat(INDENT + at);
  const decided = marks.filter(
    (mark) => mark.says !== "occurs" && !here.some((other) => isKept(other, mark)),
  );
  return [
    ...(whole.length <= WIDTH
      ? [whole]
      : [head.trimEnd(), `${below}  ${changesText(texts, WIDTH - below.length - 2)}`]),
    ...decided.flatMap(({ property, args, says }) =>
      wrap(
        `${below}** ${says === "broken" ? "breaks" : "reaches"} ${property.id}${argsText(args)} **`,
        WIDTH,
      ),
    ),
  ];
};

/** The enabled steps, numbered, those of one actor under its name, each with what it would change and break. */
const choicesLines = (walk: Walk, choices: readonly Visit[], format: Format<unknown>): readonly string[] => {
  const { constraints = [] } = walk.problem;
  if (!satisfies(walk.problem, stateOf(walk)))
    return indented(`no step is taken from here: the state does not satisfy ${constraintsText(constraints)}`);
  if (choices.length === 0) return indented("no step is enabled: the run ends here");
  const names = choices.map(({ taken }) => stepText(taken.step).length);
  const layout: Layout = {
    at: Math.max(2, String(choices.length).length) + 4,
    width: Math.min(LONGEST_NAME, largest(names, 1)),
    here: marksAfter(walk, walk.at),
  };
  return choices.flatMap((choice, i) => {
    const { actor } = choice.taken.step;
    const isNew = i === 0 || choices[i - 1].taken.step.actor !== actor;
    return [
      ...(isNew ? [`${" ".repeat(INDENT)}${actor}`] : []),
      ...choiceLines(choice, i + 1, format, layout),
    ];
  });
};

/** Where a walk stands: what was done last, where the threads are, what is broken, and what can be done. */
export const positionLines = (
  walk: Walk,
  choices: readonly Visit[],
  format: Format<unknown>,
): readonly string[] => [
  ...wrap(placeText(walk), WIDTH),
  ...lastLines(walk, format),
  ...threadLines(walk, choices, format),
  ...markLines(walk),
  "",
  ...choicesLines(walk, choices, format),
];
