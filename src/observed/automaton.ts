import { CheckError } from "../errors.ts";
import { isMark, rareAct } from "./labels.ts";
import { SILENT, type ObservedGraph } from "./observed-graph.ts";
import { NOWHERE, Tracker, type Standing } from "./tracker.ts";

/** A deterministic automaton: what is seen leads from each state to one, or is not allowed in it. The first state is where it begins. */
export interface Automaton {
  readonly events: readonly string[];
  /** For each state and event the state after it; -1 where it is not allowed. */
  readonly to: readonly Int32Array[];
}

/** As many sets of nodes are made at most. */
const MOST_SETS = 20_000;

/** The sets of nodes that sequences of labels lead to, with where each label leads from them. */
const determined = (
  graph: ObservedGraph,
  events: readonly string[],
  hidden: (label: string) => boolean,
): readonly Int32Array[] => {
  const tracker = new Tracker(graph, hidden);
  const numbers = new Map<Standing, number>([[tracker.anywhere, 0]]);
  const to: Int32Array[] = [];
  for (const standing of numbers.keys()) {
    if (numbers.size > MOST_SETS)
      throw new CheckError(
        "limit",
        `an automaton of these events has more than ${MOST_SETS} states: choose fewer with --recorded`,
      );
    to.push(
      Int32Array.from(events, (label) => {
        const next = tracker.step(standing, label);
        if (next === NOWHERE) return -1;
        if (!numbers.has(next)) numbers.set(next, numbers.size);
        return numbers.get(next)!;
      }),
    );
  }
  return to;
};

/** The fewest states that allow the same: refined as long as events tell states of a block apart. */
const fewest = (to: readonly Int32Array[]): readonly Int32Array[] => {
  let block = new Int32Array(to.length);
  let count = 1;
  for (;;) {
    const numbers = new Map<string, number>();
    const refined = Int32Array.from(to, (row, state) => {
      const key = `${block[state]}:${row.map((next) => (next < 0 ? -1 : block[next])).join(",")}`;
      const number = numbers.get(key) ?? numbers.size;
      numbers.set(key, number);
      return number;
    });
    block = refined;
    if (numbers.size === count) break;
    count = numbers.size;
  }
  const rows: Int32Array[] = [];
  to.forEach((row, state) => {
    rows[block[state]] ??= row.map((next) => (next < 0 ? -1 : block[next]));
  });
  return rows;
};

/**
 * The smallest automaton that allows just those sequences of events that a graph does, from anywhere in it; rare acts may happen
 * unseen, as does what is not `seen`.
 * @throws CheckError where it would be larger than anybody can use.
 */
export const automatonOf = (graph: ObservedGraph, seen: (label: string) => boolean): Automaton => {
  const events = graph.labels.filter(
    (label, number) => number !== SILENT && !isMark(label) && rareAct(label) === undefined && seen(label),
  );
  return {
    events,
    to: fewest(determined(graph, events, (label) => !isMark(label) && !events.includes(label))),
  };
};
