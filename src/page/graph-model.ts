import type { Space } from "./space.ts";
import type { Walked } from "./walk.ts";

/** A node of a graph: a state, or all states with one value of a field. */
export interface GraphNode {
  readonly label: string;
  /** Steps from the start to the nearest of its states. */
  readonly depth: number;
  /** How many states it stands for. */
  readonly states: number;
  /** One of them, the nearest. */
  readonly state: number;
  readonly onRun: boolean;
}

/** Steps from one node to another. */
export interface GraphEdge {
  readonly from: number;
  readonly to: number;
  readonly onRun: boolean;
  /** The actions, each once. */
  readonly actions: readonly string[];
}

/** A graph to be drawn, and which states are in it, in words. */
export interface GraphModel {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  /** The node that a state is in. */
  readonly nodeOf: ReadonlyMap<number, number>;
  readonly said: string;
}

/** What is drawn: states near the run, all that are known, or values of a field by its place. */
export type GraphKind =
  | { readonly kind: "near"; readonly steps: number }
  | { readonly kind: "all" }
  | { readonly kind: "field"; readonly leaf: number };

/** For each state that is known, how far it is from the start, and the step and state by which it is reached. */
export interface Reached {
  readonly depth: ReadonlyMap<number, number>;
  readonly by: ReadonlyMap<number, { readonly from: number; readonly step: number }>;
}

/** Goes through the known states breadth first, from some of them. */
export const reachedFrom = (space: Space, from: readonly number[], most = Infinity): Reached => {
  const depth = new Map(from.map((state) => [state, 0]));
  const by = new Map<number, { readonly from: number; readonly step: number }>();
  // A map goes on through what is added while one goes through it.
  for (const [state, steps] of depth) {
    if (steps >= most) continue;
    const edges = space.edges(state);
    for (let i = 0; i < edges.length; i += 2) {
      const to = edges[i + 1];
      if (depth.has(to)) continue;
      depth.set(to, steps + 1);
      by.set(to, { from: state, step: edges[i] });
    }
  }
  return { depth, by };
};

/** The steps that lead to a state that was reached, and where they begin. */
export const wayTo = (
  { by }: Reached,
  state: number,
): { readonly from: number; readonly steps: readonly number[] } => {
  const steps: number[] = [];
  let at = state;
  for (let last = by.get(at); last !== undefined; last = by.get(at)) {
    steps.push(last.step);
    at = last.from;
  }
  return { from: at, steps: steps.toReversed() };
};

const inWords = (n: number, word: string): string => `${n.toLocaleString("en")} ${word}${n === 1 ? "" : "s"}`;

/** Nodes and edges of some states, those of one key together. */
const grouped = (
  space: Space,
  { states: onRun }: Walked,
  depths: ReadonlyMap<number, number>,
  keyOf: (state: number) => string,
  labelOf: (state: number) => string,
): Omit<GraphModel, "said"> => {
  const places = new Map<string, number>();
  const nodeOf = new Map<number, number>();
  const nodes: { label: string; depth: number; states: number; state: number; onRun: boolean }[] = [];
  const run = new Set(onRun);
  for (const [state, depth] of depths) {
    const key = keyOf(state);
    const place = places.get(key) ?? nodes.length;
    if (place === nodes.length) {
      places.set(key, place);
      nodes.push({ label: labelOf(state), depth, states: 0, state, onRun: false });
    }
    const node = nodes[place];
    node.states += 1;
    node.depth = Math.min(node.depth, depth);
    if (run.has(state)) node.onRun = true;
    nodeOf.set(state, place);
  }
  const passed = new Set(onRun.slice(1).map((to, i) => `${onRun[i]} ${to}`));
  const edges = new Map<string, { from: number; to: number; onRun: boolean; actions: Set<string> }>();
  for (const [state, from] of nodeOf) {
    const out = space.edges(state);
    for (let i = 0; i < out.length; i += 2) {
      const to = nodeOf.get(out[i + 1]);
      if (to === undefined || to === from) continue;
      const key = `${from} ${to}`;
      const known = edges.get(key) ?? { from, to, onRun: false, actions: new Set<string>() };
      known.actions.add(space.actionOf(out[i]).name);
      if (passed.has(`${state} ${out[i + 1]}`)) known.onRun = true;
      edges.set(key, known);
    }
  }
  return {
    nodes,
    nodeOf,
    edges: [...edges.values()].map((edge) => ({ ...edge, actions: [...edge.actions] })),
  };
};

/** The graph that is asked for, of the states that are known. Steps that stay in a node are left out, parallel ones are one. */
export const graphOf = (space: Space, walked: Walked, kind: GraphKind): GraphModel => {
  const start = walked.states[0];
  const { depth } = reachedFrom(space, [start, ...walked.states]);
  const fromStart = reachedFrom(space, [start]).depth;
  const wanted = kind.kind === "near" ? reachedFrom(space, walked.states, kind.steps).depth : depth;
  const depths = new Map(
    [...wanted.keys()].map((state) => [state, fromStart.get(state) ?? depth.get(state)!]),
  );
  const place = new Map(walked.states.map((state, i) => [state, String(i)]));
  const made =
    kind.kind === "field"
      ? grouped(
          space,
          walked,
          depths,
          (state) => space.valueOf(state, kind.leaf),
          (state) => space.valueOf(state, kind.leaf),
        )
      : grouped(space, walked, depths, String, (state) => place.get(state) ?? "");
  const which =
    kind.kind === "near"
      ? `what ${inWords(kind.steps, "step")} from the run can reach`
      : kind.kind === "all"
        ? "every state that this page knows"
        : `every state that this page knows, those with one value of ${space.leaves[kind.leaf]} as one`;
  return {
    ...made,
    said: `${inWords(made.nodes.length, "node")}, ${inWords(made.edges.length, "edge")}: ${which}. It knows ${inWords(space.size, "state")}.`,
  };
};
