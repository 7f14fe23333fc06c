import { MultiDirectedGraph } from "graphology";
import { produce } from "immer";
import type { Outcome } from "../check/outcome.ts";
import { grouped } from "../check/verdict.ts";
import { codecOf } from "../derive/codec.ts";
import { formatOf } from "../derive/format.ts";
import { stepText } from "../model/model.ts";

/** What a node of the graph of a search carries. */
export interface StateNode {
  /** What differs from the first start state, one leaf a line. */
  label: string;
  depth: number;
  initial: boolean;
  /** On a run that is a counterexample. */
  onPath: boolean;
  /** The properties that a counterexample breaks here, separated by blanks. */
  breaks: string;
  /** Some step leads out of what is drawn. */
  open: boolean;
}

/** What an edge carries. */
export interface StepEdge {
  label: string;
  action: string;
  actor: string;
  onPath: boolean;
}

/** The graph of a search: states and the steps between them. */
export interface Space {
  readonly graph: MultiDirectedGraph<StateNode, StepEdge>;
  /** A sentence for the user where not everything is drawn. */
  readonly notice: string | undefined;
}

/**
 * The graph of what a search found, its edges taken again on the reference semantics. Of a search larger than `cap` the
 * states nearest to the start are drawn, and all of the counterexamples.
 */
export const spaceOf = ({ problem, exploration, properties, scenario }: Outcome, cap: number): Space => {
  const { model, scope, steps } = problem;
  const { encode } = codecOf(model.state, scope);
  const format = formatOf(model.state, scope);
  const keyOf = (state: unknown): string => encode(state).join();
  const graph = new MultiDirectedGraph<StateNode, StepEdge>();
  const nodes = new Map<string, { readonly id: string; readonly state: unknown }>();
  const origin = problem.start[0]!;
  const initial = new Set(problem.start.map(keyOf));
  const add = (state: unknown, depth: number): string => {
    const key = keyOf(state);
    const known = nodes.get(key);
    if (known !== undefined) return known.id;
    const id = `s${nodes.size}`;
    nodes.set(key, { id, state });
    const label = format.diff(origin, state).map((change) => format.change(change).replace(/: .* -> /, "="));
    graph.addNode(id, {
      label: label.join("\n"),
      depth,
      initial: initial.has(key),
      onPath: false,
      breaks: "",
      open: false,
    });
    return id;
  };

  const drawn = Math.min(cap, exploration.states);
  let depth = 0;
  let last = exploration.levels[0] ?? 0;
  for (let id = 0; id < drawn; id++) {
    while (id >= last && depth + 1 < exploration.levels.length) last += exploration.levels[++depth]!;
    add(exploration.state(id), depth);
  }
  const onPath = new Set<string>();
  for (const { property, verdict, evidence } of properties) {
    if (verdict !== "violated" || evidence === null) continue;
    let from = add(evidence.trace.start, 0);
    graph.setNodeAttribute(from, "onPath", true);
    evidence.trace.steps.forEach(({ step, after }, i) => {
      const to = add(after, i + 1);
      onPath.add(`${from} ${step.id} ${to}`);
      graph.setNodeAttribute(to, "onPath", true);
      from = to;
    });
    graph.updateNodeAttribute(from, "breaks", (ids) => (ids ? `${ids} ${property.id}` : property.id));
  }
  for (const { id: from, state } of [...nodes.values()])
    for (const step of steps) {
      if (!step.action.guard(state, step.args)) continue;
      const after = produce(state, (draft) => step.action.effect(draft as never, step.args));
      const to = nodes.get(keyOf(after))?.id;
      if (to === undefined) {
        graph.setNodeAttribute(from, "open", true);
        continue;
      }
      const { name: action } = step.action;
      const along = onPath.has(`${from} ${step.id} ${to}`);
      // A key of our own: graphology's begin with a random byte, and the same search gives the same file.
      graph.addEdgeWithKey(`e${graph.size}`, from, to, {
        label: stepText(step),
        action,
        actor: step.actor,
        onPath: along,
      });
    }
  graph.setAttribute("name", scenario.name);
  return {
    graph,
    notice:
      exploration.states <= cap
        ? undefined
        : `the graph has ${grouped(exploration.states)} states; only the ${grouped(cap)} nearest to the start and the ` +
          "counterexamples are drawn: use --depth N or a smaller scenario to see a whole one",
  };
};
