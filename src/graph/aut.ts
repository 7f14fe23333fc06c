import type { StateDiagram } from "./state-diagram.ts";

/** A label: it has no way to write a quote, and no more than 5,000 characters. */
const label = (text: string): string =>
  `"${text
    .replaceAll('"', "'")
    .replace(/[\r\n]+/g, " ")
    .slice(0, 5000)}"`;

/**
 * The graph in the format of Aldebaran, for CADP and mCRL2, every step an edge of its own. The format has one start state:
 * where there are several, an internal step (`i`) leads to each of them from one more state.
 */
export const autOf = ({ graph }: StateDiagram): string => {
  const starts = graph.filterNodes((_, { initial }) => initial);
  const others = graph.filterNodes((_, { initial }) => !initial);
  const before = starts.length === 1 ? 0 : 1;
  const number = new Map([...starts, ...others].map((id, place) => [id, place + before]));
  const at = (id: string): number => number.get(id) ?? 0;
  const edges = [
    ...(before === 0 ? [] : starts.map((id) => `(0,"i",${at(id)})`)),
    ...graph.mapEdges((_, step, from, to) => `(${at(from)},${label(step.label)},${at(to)})`),
  ];
  return [`des (0,${edges.length},${graph.order + before})`, ...edges, ""].join("\n");
};
