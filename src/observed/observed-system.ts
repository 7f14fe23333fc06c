import type { Problem } from "../problem/exploration.ts";
import { judgedBy, judgedRuns } from "./broken.ts";
import { debtsText, happenings, seenAs, type Debts } from "./debts.ts";
import { fewestMoves } from "./fewest-moves.ts";
import { observed, type Searched } from "./moves.ts";
import { numbering } from "./numbering.ts";
import { markLabel } from "./labels.ts";
import { SILENT, edgesOf, type Edge, type ObservedGraph } from "./observed-graph.ts";
import type { Observing } from "./observing.ts";

/**
 * What can be seen of a model, as a graph. An event that is printed before its effect commits its context to a step with
 * that announcement, which is taken at any later moment at which it is enabled; one that is printed after it is owed, and
 * the context does nothing else before. So events of several contexts come in any order in which a host may print them.
 * @throws CheckError when the search has not found all states of the model.
 */
export const observedSystem = <S>(
  problem: Problem<S>,
  searched: Searched<S>,
  observing: Observing<S>,
): ObservedGraph => {
  const all = observed(problem, searched, observing);
  const { breaks } = observing;
  const { moves, marks, facts, begins } =
    breaks === undefined
      ? fewestMoves(all, observing)
      : fewestMoves(judgedRuns(all, breaks), judgedBy(observing, breaks));
  const { texts: labels, numberOf: labelOf } = numbering();
  labelOf("silent");
  const { numberOf } = numbering();
  const nodes: { readonly state: number; readonly debts: Debts }[] = [];
  const nodeOf = (state: number, debts: Debts): number => {
    const number = numberOf(`${state}\n${debtsText(debts)}`);
    nodes[number] ??= { state, debts };
    return number;
  };
  const edgesFrom = (node: number): readonly Edge[] => {
    const { state, debts } = nodes[node];
    return [
      ...happenings(state, moves[state], debts).map((happening): Edge => {
        const label = seenAs(happening);
        return [label === undefined ? SILENT : labelOf(label), nodeOf(happening.state, happening.debts)];
      }),
      ...marks[state].map((name): Edge => [labelOf(markLabel(name)), node]),
    ];
  };

  // Each state can be reached with nothing left to print: what is owed can be printed at once.
  moves.forEach((_, state) => nodeOf(state, new Map()));
  const out: (readonly Edge[])[] = [];
  for (let node = 0; node < nodes.length; node++) {
    const { state, debts } = nodes[node];
    // A capture may begin where something is still to be printed of what was before it.
    for (const beginning of begins[state]) nodeOf(beginning, debts);
    out.push(edgesFrom(node));
  }
  return {
    labels,
    nodes: nodes.length,
    ...edgesOf(out),
    facts: facts.map((fact) => ({ ...fact, of: nodes.map(({ state }) => fact.of[state]) })),
  };
};
