import type { Followed } from "../catalogue/followed.ts";
import { isMark, rareAct } from "../observed/labels.ts";
import { SILENT, type ObservedGraph } from "../observed/observed-graph.ts";

/** What has to have happened unseen for a line to be allowed. */
export interface Need {
  /** The line before which it happened. */
  readonly at: number;
  /** A rare act of the world; a line that is not there; or something that no act of the world does. */
  readonly kind: "rare-act" | "missing-line" | "unknown-act";
  /** The act, the line, or which facts changed; empty where none of them did. */
  readonly what: string;
}

/** How dear each is: a lost line is likelier than an act that nobody has modelled, a rare act likelier than either. */
const COST = { "rare-act": 1, "missing-line": 3, "unknown-act": 5, fact: 1 } as const;

/** What a run needs that agrees so far, the last need first. */
interface Trail {
  readonly cost: number;
  readonly need?: Need;
  readonly before?: Trail;
}

/** The nodes that runs may have come to, each by the cheapest. */
type Layer = Map<number, Trail>;

const needing = (before: Trail, need: Need, cost: number): Trail => ({
  cost: before.cost + cost,
  need,
  before,
});

const cheaper = (layer: Layer, node: number, trail: Trail): boolean => {
  const known = layer.get(node);
  if (known !== undefined && known.cost <= trail.cost) return false;
  layer.set(node, trail);
  return true;
};

/** The labels of a graph as a part of a capture has them. */
interface Labels {
  readonly isUnseen: readonly boolean[];
  readonly act: readonly (string | undefined)[];
  readonly isLine: readonly boolean[];
}

const labelsOf = ({ labels }: ObservedGraph, sees: Followed["sees"]): Labels => {
  const act = labels.map(rareAct);
  const isEvent = labels.map(
    (label, number) => number !== SILENT && act[number] === undefined && !isMark(label),
  );
  return {
    act,
    isLine: labels.map((label, number) => isEvent[number] && sees(label)),
    isUnseen: labels.map((label, number) => number === SILENT || (isEvent[number] && !sees(label))),
  };
};

/** All that can be reached without a line: by what nobody sees, and by rare acts. */
const closed = (graph: ObservedGraph, { isUnseen, act }: Labels, from: Layer, at: number): Layer => {
  const { first, label, to } = graph;
  const found: Layer = new Map();
  // One more for each rare act, so that the cheap come first.
  let level = [...from].toSorted(([, a], [, b]) => a.cost - b.cost);
  while (level.length > 0) {
    const dearer: [number, Trail][] = [];
    const open = level.filter(([node, trail]) => cheaper(found, node, trail));
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const [node, trail] = next;
      for (let e = first[node]; e < first[node + 1]; e++) {
        const rare = act[label[e]];
        if (isUnseen[label[e]] && cheaper(found, to[e], trail)) open.push([to[e], trail]);
        if (rare !== undefined)
          dearer.push([to[e], needing(trail, { at, kind: "rare-act", what: rare }, COST["rare-act"])]);
      }
    }
    level = dearer;
  }
  return found;
};

const stepped = ({ first, label, to }: ObservedGraph, from: Layer, number: number): Layer => {
  const next: Layer = new Map();
  for (const [node, trail] of from)
    for (let e = first[node]; e < first[node + 1]; e++) if (label[e] === number) cheaper(next, to[e], trail);
  return next;
};

/** What comes behind a line that is not there. */
const withLine = (graph: ObservedGraph, { isLine }: Labels, from: Layer, at: number): Layer => {
  const { first, label, to, labels } = graph;
  const next: Layer = new Map();
  for (const [node, trail] of from)
    for (let e = first[node]; e < first[node + 1]; e++) {
      if (!isLine[label[e]]) continue;
      const need: Need = { at, kind: "missing-line", what: labels[label[e]] };
      cheaper(next, to[e], needing(trail, need, COST["missing-line"]));
    }
  return next;
};

type Said = readonly (readonly number[])[];

/** The facts that differ between what is said of two nodes, in words. */
const changes = ({ facts }: ObservedGraph, before: Said, after: Said): readonly string[] =>
  facts.flatMap(({ name, values }, i) => {
    if (before[i].some((value) => after[i].includes(value))) return [];
    const words = (some: readonly number[]): string => some.map((value) => values[value]).join(" or ");
    return [`${name} ${words(before[i])} to ${words(after[i])}`];
  });

/** Where an act that the world does not have may lead to: to any node that has the line, the fewest facts changed. */
const withUnknownAct = (graph: ObservedGraph, from: Layer, number: number, at: number): Layer => {
  const { first, label, facts, nodes } = graph;
  const saidOf = (node: number): Said => facts.map(({ of }) => of[node]);
  const alike = new Map<string, { readonly said: Said; readonly trail: Trail }>();
  for (const [node, trail] of from) {
    const said = saidOf(node);
    const key = JSON.stringify(said);
    const known = alike.get(key);
    if (known === undefined || known.trail.cost > trail.cost) alike.set(key, { said, trail });
  }
  const ways = new Map<string, Trail>();
  const wayTo = (said: Said): Trail => {
    let best: Trail | undefined;
    for (const one of alike.values()) {
      const changed = changes(graph, one.said, said);
      const need: Need = { at, kind: "unknown-act", what: changed.join("; ") };
      const trail = needing(one.trail, need, COST["unknown-act"] + COST.fact * changed.length);
      if (best === undefined || trail.cost < best.cost) best = trail;
    }
    return best!;
  };
  const next: Layer = new Map();
  for (let node = 0; node < nodes; node++) {
    let has = false;
    for (let e = first[node]; e < first[node + 1]; e++) has ||= label[e] === number;
    if (!has) continue;
    const said = saidOf(node);
    const key = JSON.stringify(said);
    const trail = ways.get(key) ?? wayTo(said);
    ways.set(key, trail);
    next.set(node, trail);
  }
  return next;
};

const cheapest = (layer: Layer): Trail => [...layer.values()].reduce((a, b) => (b.cost < a.cost ? b : a));

/** The labels of lines, each with where it is; what was lost is undefined. */
const flat = (lines: Followed["lines"]): readonly { readonly at: number; readonly label?: string }[] =>
  lines.flatMap(({ at, labels }) => (labels === "lost" ? [{ at }] : labels.map((label) => ({ at, label }))));

/**
 * What has to have happened unseen for all lines to be allowed, the likeliest: rare acts of the world, lines that are missing,
 * and acts that the world does not have, of which it says what they changed. Undefined where a line is in no run at all.
 */
export const widened = (
  graph: ObservedGraph,
  { lines, sees }: Pick<Followed, "lines" | "sees">,
): { readonly cost: number; readonly needs: readonly Need[] } | undefined => {
  const labels = labelsOf(graph, sees);
  const numbers = new Map(graph.labels.map((label, number) => [label, number]));
  const starts = graph.starts ?? Array.from({ length: graph.nodes }, (_, node) => node);
  const begin = (trail: Trail): Layer => new Map(starts.map((node) => [node, trail]));
  let layer = begin({ cost: 0 });
  for (const { at, label } of flat(lines)) {
    if (label === undefined) {
      layer = begin(cheapest(layer));
      continue;
    }
    const number = numbers.get(label);
    if (number === undefined) return undefined;
    const before = closed(graph, labels, layer, at);
    let next = stepped(graph, before, number);
    if (next.size === 0) {
      const amended = closed(graph, labels, withLine(graph, labels, before, at), at);
      for (const [node, trail] of withUnknownAct(graph, before, number, at)) cheaper(amended, node, trail);
      next = stepped(graph, amended, number);
    }
    if (next.size === 0) return undefined;
    layer = next;
  }
  const { cost, ...last } = cheapest(layer);
  const needs: Need[] = [];
  for (let trail: Omit<Trail, "cost"> | undefined = last; trail !== undefined; trail = trail.before)
    if (trail.need !== undefined) needs.push(trail.need);
  return { cost, needs: needs.toReversed() };
};
