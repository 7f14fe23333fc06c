import type { Followed, FollowedLine } from "../catalogue/followed.ts";
import { isMark, rareAct } from "../observed/labels.ts";
import type { ObservedGraph } from "../observed/observed-graph.ts";
import { NOWHERE, Tracker, type Standing } from "../observed/tracker.ts";
import { watchBroken, type Broken } from "./broken-runs.ts";

/** What would mend a line that nothing allows: a line before it, of which nothing was seen. */
export interface Mending {
  readonly label: string;
  readonly rare: boolean;
}

/** What is known of the states at some place of a capture. */
export interface Known {
  /** How many nodes agree with all before it. */
  readonly standing: number;
  readonly facts: readonly (readonly [name: string, values: readonly string[]])[];
  /** What could be seen next. */
  readonly possible: readonly string[];
}

/** A line that a world does not allow, and what is known of the states before it. */
export interface Refusal extends Known {
  readonly at: number;
  readonly label: string;
  /** The lines before it that the part sees. */
  readonly before: readonly number[];
  readonly mendings: readonly Mending[];
}

/** How far a world allows a part of a capture. */
export interface Course {
  /** Lines at which something that was recorded could not have come. */
  readonly decided: number;
  /** Lines before which one is missing, of those that say no more than that. */
  readonly gaps: readonly { readonly at: number; readonly label: string }[];
  readonly refusal?: Refusal;
  /** What is known of the states after the last line that was followed. */
  readonly known: () => Known;
  /** What the runs that agree have done to what is asked of them; nothing where nothing is asked. */
  readonly broken?: Broken;
}

/** What was known behind a line. */
export interface KnownAt {
  readonly at: number;
  readonly facts: Known["facts"];
}

/** Facts that are open say nothing; as many values are shown at most. */
const SHOWN_VALUES = 3;
const SHOWN_LINES = 2;

const isRare = (label: string): boolean => rareAct(label) !== undefined;

/** What a label before another one would make of it. */
const mends = (tracker: Tracker, from: Standing, before: string, label: string): boolean =>
  tracker.step(tracker.step(from, before), label) !== NOWHERE;

const factsIn = (graph: ObservedGraph, tracker: Tracker, from: Standing): Known["facts"] =>
  graph.facts
    .map(({ name, values }) => [name, tracker.fact(from, name), values.length] as const)
    .filter(([, values, all]) => values.length < all && values.length <= SHOWN_VALUES)
    .map(([name, values]) => [name, values] as const);

const knownIn = (graph: ObservedGraph, tracker: Tracker, from: Standing): Known => ({
  standing: tracker.nodes(from).length,
  facts: factsIn(graph, tracker, from),
  possible: tracker.possible(from).filter((one) => !isMark(one) && !isRare(one)),
});

const refusalOf = (
  graph: ObservedGraph,
  tracker: Tracker,
  from: Standing,
  label: string,
): Omit<Refusal, "at" | "before"> => ({
  label,
  ...knownIn(graph, tracker, from),
  mendings: graph.labels
    .slice(1)
    .filter((one) => !isMark(one) && mends(tracker, from, one, label))
    .map((one) => ({ label: one, rare: isRare(one) })),
});

/** Tracks what a part sees; `rare` says whether rare acts may have happened unseen. */
export const trackerOf = (graph: ObservedGraph, { sees }: Pick<Followed, "sees">, rare: boolean): Tracker =>
  new Tracker(graph, (label) => (isRare(label) ? rare : !isMark(label) && !sees(label)));

/**
 * Follows lines through a graph; `rare` says whether rare acts may have happened unseen, `asked` whether the graph tells which
 * runs have broken something. `see` is told what is known behind each line.
 */
export const follow = (
  graph: ObservedGraph,
  { lines, sees, gaps: mendable }: Pick<Followed, "lines" | "sees" | "gaps">,
  rare: boolean,
  asked = false,
  see?: (known: KnownAt) => void,
): Course => {
  const tracker = trackerOf(graph, { sees }, rare);
  const watch = asked ? watchBroken(graph, tracker) : undefined;
  const recorded = graph.labels.slice(1).filter((label) => !isRare(label) && !isMark(label) && sees(label));
  const decides = new Map<Standing, boolean>();
  const gaps: { readonly at: number; readonly label: string }[] = [];
  let standing = tracker.anywhere;
  let decided = 0;

  const take = ({ at, labels }: FollowedLine, place: number): Refusal | undefined => {
    if (labels === "lost") {
      standing = tracker.anywhere;
      return undefined;
    }
    for (const label of labels) {
      const open = decides.get(standing) ?? recorded.some((one) => tracker.step(standing, one) === NOWHERE);
      decides.set(standing, open);
      if (open && !isMark(label)) decided++;
      const next = tracker.step(standing, label);
      if (next !== NOWHERE) {
        standing = next;
        continue;
      }
      const missing = mendable.find((one) => mends(tracker, standing, one, label));
      if (missing === undefined) {
        const before = lines.slice(Math.max(0, place - SHOWN_LINES), place).map((line) => line.at);
        return { at, before, ...refusalOf(graph, tracker, standing, label) };
      }
      gaps.push({ at, label: missing });
      standing = tracker.step(tracker.step(standing, missing), label);
    }
    return undefined;
  };

  const known = (): Known => knownIn(graph, tracker, standing);
  for (const [place, line] of lines.entries()) {
    const refusal = take(line, place);
    if (refusal !== undefined) return { decided, gaps, refusal, known };
    watch?.see(standing, line.at);
    see?.({ at: line.at, facts: factsIn(graph, tracker, standing) });
  }
  return { decided, gaps, known, ...(watch && { broken: watch.found() }) };
};
