import { freeze } from "immer";
import { codecOf } from "../derive/codec.ts";
import { CheckError } from "../errors.ts";
import { moverOf, startOf, takerOf } from "../problem/plain-step.ts";
import type { Step } from "../model/model.ts";
import type { Problem } from "../problem/exploration.ts";
import { unbrokenLabel } from "./broken.ts";
import { debtsText, happenings, seenAs, type Debts } from "./debts.ts";
import { seenMoves, type Moves } from "./moves.ts";
import { numbering } from "./numbering.ts";
import { SILENT, edgesOf, type Edge, type FactOf, type ObservedGraph } from "./observed-graph.ts";
import type { Observing } from "./observing.ts";

/** As many nodes are walked to; a capture after which more is possible says too little. */
const MOST_NODES = 500_000;

interface Node {
  readonly state: number;
  readonly debts: Debts;
  readonly broken: boolean;
}

/** The states that are met, by number, with what each can do. */
const statesMet = <S>(problem: Problem<S>, observing: Observing<S>) => {
  const { encode } = codecOf(problem.model.state, problem.scope);
  // A property of steps looks at the states before and after one side by side.
  const sideBySide = problem.properties.some(({ kind }) => kind === "step");
  const take = takerOf(problem);
  const move = sideBySide ? (step: Step<S>, before: S) => take(step, before)?.after : moverOf(problem);
  const seen = seenMoves(problem, observing);
  const { numberOf } = numbering();
  const states: S[] = [];
  const moves: Moves[] = [];
  const met = (state: S): number => {
    const number = numberOf(encode(state).join(","));
    states[number] ??= freeze(state, true);
    return number;
  };
  const movesFrom = (number: number): Moves => {
    const before = states[number];
    const reached = problem.steps.flatMap((step) => {
      const after = move(step, before);
      return after === undefined ? [] : [{ step: step.id, after }];
    });
    const { taken, waiting } = seen(before, reached);
    return { taken: taken.map(({ after, ...rest }) => ({ ...rest, to: met(after) })), waiting };
  };
  return { states, met, movesOf: (number: number): Moves => (moves[number] ??= movesFrom(number)) };
};

/**
 * What can be seen of a model along a capture that begins where the model starts: the nodes that agree with each beginning of
 * it, and those that can be seen next from each. Made from plain states as they are met, whatever the model's size.
 * `hidden` says which labels are seen no more than a silent step is.
 * @throws CheckError where more nodes agree than anybody would wait for.
 */
export const graphAlong = <S>(
  problem: Problem<S>,
  observing: Observing<S>,
  seen: readonly string[],
  hidden: (label: string) => boolean,
): ObservedGraph => {
  const { states, met, movesOf } = statesMet(problem, observing);
  const { breaks } = observing;
  const { texts: labels, numberOf: labelOf } = numbering();
  labelOf("silent");
  const unbroken = labelOf(unbrokenLabel);
  const { numberOf } = numbering();
  const nodes: Node[] = [];
  const out: (readonly Edge[])[] = [];
  const nodeOf = (state: number, debts: Debts, broken: boolean): number => {
    const number = numberOf(`${state} ${broken ? 1 : 0}\n${debtsText(debts)}`);
    nodes[number] ??= { state, debts, broken };
    return number;
  };
  const breaksIn = (state: number): boolean => breaks?.state(states[state]) === true;

  const edgesFrom = (node: number): readonly Edge[] => {
    const { state, debts, broken } = nodes[node];
    return happenings(state, movesOf(state), debts).map((happening): Edge => {
      const label = seenAs(happening);
      const after = broken || happening.breaks || breaksIn(happening.state);
      return [label === undefined ? SILENT : labelOf(label), nodeOf(happening.state, happening.debts, after)];
    });
  };
  const expanded = (node: number): readonly Edge[] => {
    if (nodes.length > MOST_NODES)
      throw new CheckError(
        "limit",
        `more than ${MOST_NODES} states of "${problem.model.name}" agree with the capture: record more events`,
      );
    return (out[node] ??= edgesFrom(node));
  };
  const closed = (some: Iterable<number>): ReadonlySet<number> => {
    const found = new Set(some);
    for (const node of found)
      for (const [label, to] of expanded(node)) if (label === SILENT || hidden(labels[label])) found.add(to);
    return found;
  };

  const starts = problem.start.map((_, place) => {
    const state = met(startOf(problem, place));
    return nodeOf(state, new Map(), breaksIn(state));
  });
  let standing = closed(starts);
  for (const label of seen) {
    const number = labelOf(label);
    const next = closed(
      [...standing].flatMap((node) => expanded(node).flatMap(([one, to]) => (one === number ? [to] : []))),
    );
    if (next.size === 0) break;
    standing = next;
  }
  // What may come next is asked of the last of them.
  closed([...standing].flatMap((node) => expanded(node).map(([, to]) => to)));

  const facts = Object.entries(observing.facts).map(([name, fact]): FactOf => {
    const said = nodes.map(({ state }) => fact(states[state]));
    const values = [...new Set(said)].toSorted();
    return { name, values, of: said.map((value) => [values.indexOf(value)]) };
  });
  return {
    labels,
    nodes: nodes.length,
    ...edgesOf(
      nodes.map(({ broken }, node): readonly Edge[] => [
        ...(out[node] ?? []),
        ...(broken ? [] : [[unbroken, node] satisfies Edge]),
      ]),
    ),
    starts,
    facts,
  };
};
