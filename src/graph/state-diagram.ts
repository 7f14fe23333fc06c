import { MultiDirectedGraph } from "graphology";
import type { Outcome } from "../catalogue/outcome.ts";
import { grouped } from "../check/verdict.ts";
import { codecOf } from "../derive/codec.ts";
import { formatOf } from "../derive/format.ts";
import { satisfies } from "../problem/constrained.ts";
import type { Problem } from "../problem/exploration.ts";
import { takerOf } from "../problem/plain-step.ts";
import type { Trace } from "../check/trace.ts";
import { stepText, type Step } from "../model/model.ts";

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
  readonly graph: Graph;
  /** The state of each node. */
  readonly states: ReadonlyMap<string, unknown>;
  readonly find: (state: unknown) => string | undefined;
  readonly add: (state: unknown, depth: number) => string;
}

type Graph = MultiDirectedGraph<StateNode, StepEdge>;

const drawingOf = (
  { model, scope, start }: Problem<unknown>,
  graph: Graph = new MultiDirectedGraph<StateNode, StepEdge>(),
): Drawing => {
  const { encode } = codecOf(model.state, scope);
  const format = formatOf(model.state, scope);
  const keyOf = (state: unknown): string => encode(state).join();
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
    const id = `s${graph.order}`;
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

/** A run that decides a property, and of the counterexamples what is broken at its end. */
export interface DrawnRun {
  readonly trace: Trace<unknown>;
  readonly breaks: string | undefined;
}

/** A run added to a drawing: `take` is told each of its steps. */
const addRun = (
  { graph, add }: Drawing,
  { trace, breaks }: DrawnRun,
  take: (from: string, step: Step<unknown>, to: string) => void,
): void => {
  let from = add(trace.start, 0);
  graph.setNodeAttribute(from, "onPath", true);
  trace.steps.forEach(({ step, after }, i) => {
    const to = add(after, i + 1);
    take(from, step, to);
    graph.setNodeAttribute(to, "onPath", true);
    from = to;
  });
  if (breaks !== undefined)
    graph.updateNodeAttribute(from, "breaks", (ids) => (ids ? `${ids} ${breaks}` : breaks));
};

const counterexamples = ({ properties }: Outcome): readonly DrawnRun[] =>
  properties.flatMap(({ property, verdict, evidence }) =>
    verdict !== "violated" || evidence === null ? [] : [{ trace: evidence.trace, breaks: property.id }],
  );

/** Adds the counterexamples; their edges as `from step to`. */
const addPaths = (drawing: Drawing, outcome: Outcome): ReadonlySet<string> => {
  const along = new Set<string>();
  for (const run of counterexamples(outcome))
    addRun(drawing, run, (from, step, to) => void along.add(`${from} ${step.id} ${to}`));
  return along;
};

/** Adds the states that one step leads to from those drawn. */
const addNeighbours = ({ states, add, graph }: Drawing, problem: Problem<unknown>): void => {
  const take = takerOf(problem);
  // Those added on the way are no neighbours of the run.
  const drawn = [...states.entries()];
  for (const [id, state] of drawn)
    for (const step of satisfies(problem, state) ? problem.steps : []) {
      const taken = take(step, state);
      if (taken !== undefined) add(taken.after, graph.getNodeAttribute(id, "depth") + 1);
    }
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

/** How much of the graph is drawn: the counterexamples, these with all that is one step from them, or every state. */
export type GraphPart = "trace" | "neighbourhood" | "all";

/**
 * The graph of what a search found, its edges taken again on the reference semantics. Of a search larger than `cap` the
 * states nearest to the start are drawn, and all of the counterexamples.
 */
export const stateDiagramOf = (outcome: Outcome, cap: number, part: GraphPart = "all"): StateDiagram => {
  const { problem, exploration, scenario } = outcome;
  if (part === "trace")
    return runsDiagram([{ problem, name: scenario.name, runs: counterexamples(outcome) }]);
  const drawing = drawingOf(problem);
  drawing.graph.setAttribute("name", scenario.name);
  if (part === "all") addNearest(drawing, outcome, cap);
  const along = addPaths(drawing, outcome);
  if (part === "neighbourhood") addNeighbours(drawing, problem);
  addSteps(drawing, problem, along);
  const notice =
    `the graph has ${grouped(exploration.states)} states; only the ${grouped(cap)} nearest to the start and the ` +
    "counterexamples are drawn: use --depth N or a smaller scenario to see a whole one";
  return { graph: drawing.graph, notice: part !== "all" || exploration.states <= cap ? undefined : notice };
};

/** Runs of one world. */
export interface WorldRuns {
  readonly problem: Problem<unknown>;
  readonly name: string;
  readonly runs: readonly DrawnRun[];
}

/** The graph of runs alone, those of each world in a part of its own: the states on them, and the steps that they take. */
export const runsDiagram = (worlds: readonly WorldRuns[]): StateDiagram => {
  const graph: Graph = new MultiDirectedGraph<StateNode, StepEdge>();
  graph.setAttribute("name", worlds.map(({ name }) => name).join(", "));
  for (const { problem, runs } of worlds) {
    const drawing = drawingOf(problem, graph);
    const taken = new Set<string>();
    for (const run of runs)
      addRun(drawing, run, (from, step, to) => {
        const key = `${from} ${step.id} ${to}`;
        if (taken.has(key)) return;
        taken.add(key);
        graph.addEdgeWithKey(`e${graph.size}`, from, to, {
          label: stepText(step),
          action: step.action.name,
          actor: step.actor,
          onPath: true,
        });
      });
  }
  return { graph, notice: undefined };
};
