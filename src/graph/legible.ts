import { MultiDirectedGraph } from "graphology";
import type { StateDiagram, StateNode, StepEdge } from "./state-diagram.ts";

/** So many steps between the same two states are named; of more the number is. */
const NAMED = 3;

/** Adds another name to those of an edge; one that stands there already changes nothing. */
const joined = (names: readonly string[], separator: string): string => {
  const once = [...new Set(names)];
  return once.length <= NAMED
    ? once.join(separator)
    : [...once.slice(0, NAMED), `and ${once.length - NAMED} more`].join(separator);
};

/**
 * The graph as it is drawn: steps that change nothing are left out (unless a counterexample takes them), and all steps
 * between the same two states are one edge.
 */
export const legible = ({ graph, notice }: StateDiagram): StateDiagram => {
  const drawn = new MultiDirectedGraph<StateNode, StepEdge>();
  drawn.mergeAttributes(graph.getAttributes());
  graph.forEachNode((id, values) => void drawn.addNode(id, values));
  const between = new Map<string, { from: string; to: string; steps: StepEdge[] }>();
  graph.forEachEdge((_, step, from, to) => {
    if (from === to && !step.onPath) return;
    const key = `${from} ${to}`;
    const known = between.get(key);
    if (known === undefined) between.set(key, { from, to, steps: [step] });
    else known.steps.push(step);
  });
  for (const { from, to, steps } of between.values())
    drawn.addEdgeWithKey(`e${drawn.size}`, from, to, {
      label: joined(
        // What a counterexample takes is named first.
        steps.toSorted((a, b) => Number(b.onPath) - Number(a.onPath)).map(({ label }) => label),
        "\n",
      ),
      action: joined(
        steps.map(({ action }) => action),
        ", ",
      ),
      actor: joined(
        steps.map(({ actor }) => actor),
        ", ",
      ),
      onPath: steps.some(({ onPath }) => onPath),
    });
  return { graph: drawn, notice };
};
