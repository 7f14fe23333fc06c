import type { Move, Moves, Observed } from "./moves.ts";
import { edgesOf, type Edge, type FactOf } from "./observed-graph.ts";
import type { Observing } from "./observing.ts";
import { quotientOf } from "./quotient.ts";

/** States of a model that look alike as one: what each group can do, its marks, and what facts say in it. */
export interface Grouped {
  readonly moves: readonly Moves[];
  readonly marks: readonly (readonly string[])[];
  readonly facts: readonly FactOf[];
  /** Of runs that are told apart by what they did: where one begins that is in the same state. */
  readonly begins: readonly (readonly number[])[];
}

type Label =
  | { readonly kind: "taken"; readonly move: Omit<Move, "to"> }
  | { readonly kind: "waiting"; readonly move: Moves["waiting"][number] }
  | { readonly kind: "mark"; readonly name: string }
  | { readonly kind: "begins" };

/**
 * The fewest states that do the same, whoever does it: strong bisimulation, for a step that prints nothing is not to be taken by
 * a context that is in the middle of something.
 */
export const fewestMoves = <S>(
  { states, movesOf, begins }: Observed<S>,
  observing: Pick<Observing<S>, "marks" | "facts">,
): Grouped => {
  const texts = ["silent"];
  const numbers = new Map<string, number>();
  const numberOf = (label: Label): number => {
    const key = JSON.stringify(label);
    const known = numbers.get(key) ?? texts.push(key) - 1;
    numbers.set(key, known);
    return known;
  };
  const marks = Object.entries(observing.marks);
  const out = states.map((state, id): readonly Edge[] => {
    const { taken, waiting } = movesOf(id);
    return [
      ...taken.map(({ to, ...move }): Edge => [numberOf({ kind: "taken", move }), to]),
      ...waiting.map((move): Edge => [numberOf({ kind: "waiting", move }), id]),
      ...marks
        .filter(([, holds]) => holds(state))
        .map(([name]): Edge => [numberOf({ kind: "mark", name }), id]),
      ...(begins === undefined ? [] : [[numberOf({ kind: "begins" }), begins(id)] satisfies Edge]),
    ];
  });
  const facts = Object.entries(observing.facts).map(([name, fact]): FactOf => {
    const said = states.map(fact);
    const values = [...new Set(said)].toSorted();
    return { name, values, of: said.map((value) => [values.indexOf(value)]) };
  });
  const graph = quotientOf({ labels: texts, nodes: states.length, ...edgesOf(out), facts });

  const labels = texts.map((text, number) => (number === 0 ? undefined : (JSON.parse(text) as Label)));
  const groups = Array.from({ length: graph.nodes }, (_, group) => {
    const taken: Move[] = [];
    const waiting: Moves["waiting"][number][] = [];
    const marked: string[] = [];
    const beginning: number[] = [];
    for (let e = graph.first[group]; e < graph.first[group + 1]; e++) {
      const label = labels[graph.label[e]]!;
      if (label.kind === "taken") taken.push({ ...label.move, to: graph.to[e] });
      else if (label.kind === "waiting") waiting.push(label.move);
      else if (label.kind === "mark") marked.push(label.name);
      else beginning.push(graph.to[e]);
    }
    return { moves: { taken, waiting }, marked, beginning };
  });
  return {
    moves: groups.map(({ moves }) => moves),
    marks: groups.map(({ marked }) => marked),
    begins: groups.map(({ beginning }) => beginning),
    facts: graph.facts,
  };
};
