import type { Change, Trace } from "../../check/trace.ts";
import { plural } from "../../check/verdict.ts";
import { formatOf } from "../../derive/format.ts";
import type { Problem } from "../../problem/exploration.ts";
import { isBookkeeping } from "../changes.ts";
import { actorsOf } from "./actors.ts";
import { changeLines } from "./change-words.ts";
import type { Part } from "./folded.ts";
import type { Lost } from "./lost.ts";
import { labelling } from "./step-label.ts";

/** With more turns those in the middle are told together. */
const MOST_TURNS = 5;
/** Of these, so many at the end are told one by one. */
const LAST_TURNS = 3;
/** Changes that are told of one turn. */
const MOST_CHANGES = 3;

/** Steps in a row of one actor. */
const turnsOf = <S>({ steps }: Trace<S>): readonly Part[] => {
  const begins = steps.flatMap(({ step }, place) =>
    place === 0 || step.actor !== steps[place - 1].step.actor ? [place] : [],
  );
  return begins.map((from, i) => ({ from, to: begins[i + 1] ?? steps.length }));
};

/** The steps of a part as people count them: `20`, `20-21`. */
const numbers = ({ from, to }: Part): string => (to - from === 1 ? String(to) : `${from + 1}-${to}`);

/** What is otherwise at the end of some steps than it was at their beginning, what was changed last at the end. */
const netChanges = (changes: readonly Change[]): readonly Change[] => {
  const net = new Map<string, Change>();
  for (const change of changes.filter((one) => !isBookkeeping(one))) {
    const from = net.get(change.path)?.from ?? change.from;
    net.delete(change.path);
    net.set(change.path, { ...change, from });
  }
  return [...net.values()].filter(({ from, to }) => from !== to);
};

/**
 * A run in five sentences at most, each of which names its steps; `start` is what it starts from, `does` what its last step does
 * to the property, `lost` what one of two steps that race did otherwise because the other came first.
 */
export const toldOf = <S>(
  problem: Problem<S>,
  trace: Trace<S>,
  start: string,
  does: "breaks" | "reaches" | undefined,
  lost?: Lost,
): readonly string[] => {
  const { steps } = trace;
  const format = formatOf(problem.model.state, problem.scope);
  const label = labelling(problem.steps);
  const turns = turnsOf(trace);

  const wordsOf = (all: readonly Change[]): string => {
    const words = all
      .slice(-MOST_CHANGES)
      .flatMap((change) => changeLines([change], format, undefined, Infinity));
    const more = all.length - words.length;
    return `${words.join(", ")}${more > 0 ? `, and ${more} more` : ""}`;
  };
  const changed = ({ from, to }: Part): string => {
    const net = netChanges(steps.slice(from, to).flatMap(({ changes }) => changes));
    return net.length === 0 ? "" : ` (${wordsOf(net)})`;
  };
  const ofStep = (place: number): string => `${place + 1}, ${label(steps[place].step)}`;
  const lostText = ({ first, second, changed: did, otherwise }: Lost): string => {
    const does = did.length === 0 ? "changes nothing" : `changes ${wordsOf(did)}`;
    const instead = otherwise.length === 0 ? "nothing" : wordsOf(otherwise);
    return `Step ${ofStep(second)}, ${does}; before ${ofStep(first)}, it would have changed ${instead}.`;
  };
  const told = (part: Part): string => {
    const { actor } = steps[part.from].step;
    const names = [...new Set([part.from, part.to - 1].map((place) => label(steps[place].step)))];
    return `${actor} takes ${numbers(part)}, ${names.join(" to ")}${changed(part)}`;
  };
  const sentence = (part: Part, i: number): string => {
    const end = part.to < steps.length || does === undefined ? "." : `; ${steps.length} ${does} it.`;
    if (i === 0) return `From ${start}, ${told(part)}${end}`;
    const { from, to } = part;
    const before = steps[from - 1].step.actor;
    const between = to < steps.length && steps[to].step.actor === before;
    return between
      ? `Between ${from} and ${to + 1} of ${before}, ${told(part)}.`
      : `Then ${told(part)}${end}`;
  };
  const last = lost === undefined ? [] : [lostText(lost)];
  if (turns.length <= MOST_TURNS - last.length) return [...turns.map(sentence), ...last];
  const ends = LAST_TURNS - last.length;
  const middle = { from: turns[1].from, to: turns.at(-ends)!.from };
  const among = actorsOf(steps.slice(middle.from, middle.to).map(({ step }) => step.actor));
  const passed = turns.length - 1 - ends;
  return [
    sentence(turns[0], 0),
    `${numbers(middle)} are ${plural(passed, "turn")} of ${among.join(", ")}${changed(middle)}.`,
    ...turns.slice(-ends).map((part) => sentence(part, 1)),
    ...last,
  ];
};
