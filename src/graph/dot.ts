import type { StateDiagram } from "./state-diagram.ts";

const quoted = (text: string): string => text.replace(/["\\]/g, "\\$&");

/** Left-justified lines of a label. */
const lines = (text: string): string =>
  text
    .split("\n")
    .map((line) => `${quoted(line)}\\l`)
    .join("");

const attributes = (pairs: readonly (readonly [string, string] | false)[]): string =>
  pairs
    .filter((pair) => pair !== false)
    .map(([name, value]) => `${name}="${value}"`)
    .join(", ");

/** The graph in Graphviz's language: start states filled, counterexamples red, states with undrawn steps dashed. */
export const dotOf = ({ graph }: StateDiagram): string => {
  const nodes = graph.mapNodes((id, { label, initial, onPath, open, breaks }) => {
    const style = ["rounded", ...(initial ? ["filled"] : []), ...(open ? ["dashed"] : [])].join(",");
    const text = lines(label === "" ? "start" : label) + (breaks === "" ? "" : lines(`** ${breaks} **`));
    const look = attributes([
      ["label", text],
      ["style", style],
      initial && (["fillcolor", "lightgray"] as const),
      onPath && (["color", "red"] as const),
      breaks !== "" && (["penwidth", "3"] as const),
    ]);
    return `\t${id} [${look}];`;
  });
  const edges = graph.mapEdges((_, { label, onPath }, from, to) => {
    const look = attributes([
      ["label", quoted(label).replaceAll("\n", "\\n")],
      onPath && (["color", "red"] as const),
    ]);
    return `\t${from} -> ${to} [${look}];`;
  });
  return [
    "digraph states {",
    `\tgraph [rankdir=TB, label="${quoted(String(graph.getAttribute("name")))}", labelloc=t];`,
    '\tnode [shape=box, fontname="monospace"];',
    ...nodes,
    ...edges,
    "}",
    "",
  ].join("\n");
};
