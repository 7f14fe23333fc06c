import { MultiDirectedGraph } from "graphology";
import type { Outcome } from "../catalogue/outcome.ts";
import { grouped } from "../check/verdict.ts";
import { codecOf } from "../derive/codec.ts";
import { formatOf } from "../derive/format.ts";
import { satisfies } from "../problem/constrained.ts";
import type { Problem } from "../problem/exploration.ts";
import { takerOf } from "../problem/plain-step.ts";
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
  /** Some step leads out of what is drawn, or none is: the state is beyond a constraint. */
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
export interface StateDiagram {
  readonly graph: MultiDirectedGraph<StateNode, StepEdge>;
  /** A sentence for the user where not everything is drawn. */
  readonly notice: string | undefined;
}

/** A graph under construction: states are found again by their key. */
interface Drawing {
  readonly graph: StateDiagram["graph"];
  /** The state of each node. */
  readonly states: ReadonlyMap<string, unknown>;
  readonly find: (state: unknown) => string | undefined;
  readonly add: (state: unknown, depth: number) => string;
}

const drawingOf = ({ model, scope, start }: Problem<unknown>): Drawing => {
  const { encode } = codecOf(model.state, scope);
  const format = formatOf(model.state, scope);
  const keyOf = (state: unknown): string => encode(state).join();
  const graph = new MultiDirectedGraph<StateNode, StepEdge>();
  const ids = new Map<string, string>();
  const states = new Map<string, unknown>();
  const initial = new Set(start.map(keyOf));
  const labelOf = (state: unknown): string =>
    format
      .diff(start[0], state)
      .map((change) => format.change(change).replace(/: .* -> /, "="))
      .join("\n");
  const add = (state: unknown, depth: number): string => {
    const key = keyOf(state);
    const known = ids.get(key);
    if (known !== undefined) return known;
    const id = `s${ids.size}`;
    ids.set(key, id);
    states.set(id, state);
    const blank = { onPath: false, breaks: "", open: false };
    graph.addNode(id, { label: labelOf(state), depth, initial: initial.has(key), ...blank });
    return id;
  };
  return { graph, states, find: (state) => ids.get(keyOf(state)), add };
};

/** Adds the states nearest to the start, at most `cap`. */
const addNearest = ({ add }: Drawing, { exploration }: Outcome, cap: number): void => {
  let id = 0;
  exploration.levels.forEach((size, depth) => {
    for (const end = Math.min(cap, id + size); id < end; id++) add(exploration.state(id), depth);
  });
};

/** Adds the counterexamples; their edges as `from step to`. */
const addPaths = ({ graph, add }: Drawing, { properties }: Outcome): ReadonlySet<string> => {
  const along = new Set<string>();
  for (const { property, verdict, evidence } of properties) {
    if (verdict !== "violated" || evidence === null) continue;
    let from = add(evidence.trace.start, 0);
    graph.setNodeAttribute(from, "onPath", true);
    evidence.trace.steps.forEach(({ step, after }, i) => {
      const to = add(after, i + 1);
      along.add(`${from} ${step.id} ${to}`);
      graph.setNodeAttribute(to, "onPath", true);
      from = to;
    });
    graph.updateNodeAttribute(from, "breaks", (ids) => (ids ? `${ids} ${property.id}` : property.id));
  }
  return along;
};

/** Adds every step between two states of the drawing, and marks the states that lead out of it. */
const addSteps = (
  { graph, states, find }: Drawing,
  problem: Problem<unknown>,
  along: ReadonlySet<string>,
): void => {
  const { steps } = problem;
  const take = takerOf(problem);
  for (const [from, state] of states) {
    const expanded = satisfies(problem, state);
    if (!expanded) graph.setNodeAttribute(from, "open", true);
    for (const step of expanded ? steps : []) {
      const taken = take(step, state);
      if (taken === undefined) continue;
      const to = find(taken.after);
      if (to === undefined) {
        graph.setNodeAttribute(from, "open", true);
        continue;
      }
      // A key of our own: graphology's begin with a random byte, and the same search gives the same file.
      graph.addEdgeWithKey(`e${graph.size}`, from, to, {
        label: stepText(step),
        action: step.action.name,
        actor: step.actor,
        onPath: along.has(`${from} ${step.id} ${to}`),
      });
    }
  }
};

/**
 * The graph of what a search found, its edges taken again on the reference semantics. Of a search larger than `cap` the
 * states nearest to the start are drawn, and all of the counterexamples.
 */
export const stateDiagramOf = (outcome: Outcome, cap: number): StateDiagram => {
  const { problem, exploration, scenario } = outcome;
  const drawing = drawingOf(problem);
  drawing.graph.setAttribute("name", scenario.name);
  addNearest(drawing, outcome, cap);
  addSteps(drawing, problem, addPaths(drawing, outcome));
  const notice =
    `the graph has ${grouped(exploration.states)} states; only the ${grouped(cap)} nearest to the start and the ` +
    "counterexamples are drawn: use --depth N or a smaller scenario to see a whole one";
  return { graph: drawing.graph, notice: exploration.states <= cap ? undefined : notice };
};
