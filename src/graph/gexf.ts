import { xml } from "../xml-text.ts";
import type { StateDiagram } from "./state-diagram.ts";

const NODE = {
  depth: "integer",
  initial: "boolean",
  onPath: "boolean",
  breaks: "string",
  open: "boolean",
} as const;
const EDGE = { action: "string", actor: "string", onPath: "boolean" } as const;

type Types = Readonly<Record<string, string>>;

const attributes = (of: "node" | "edge", types: Types): readonly string[] => [
  `    <attributes class="${of}">`,
  ...Object.entries(types).map(
    ([name, type]) => `      <attribute id="${name}" title="${name}" type="${type}"/>`,
  ),
  "    </attributes>",
];

const values = (types: Types, given: Readonly<Record<string, unknown>>): string =>
  `<attvalues>${Object.keys(types)
    .map((name) => `<attvalue for="${name}" value="${xml(String(given[name]))}"/>`)
    .join("")}</attvalues>`;

/** The graph as GEXF 1.3, for Gephi. */
export const gexfOf = ({ graph }: StateDiagram): string =>
  [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<gexf xmlns="http://gexf.net/1.3" version="1.3">',
    `  <meta><description>${xml(String(graph.getAttribute("name")))}</description></meta>`,
    '  <graph defaultedgetype="directed">',
    ...attributes("node", NODE),
    ...attributes("edge", EDGE),
    "    <nodes>",
    ...graph.mapNodes(
      (id, node) => `      <node id="${id}" label="${xml(node.label)}">${values(NODE, { ...node })}</node>`,
    ),
    "    </nodes>",
    "    <edges>",
    ...graph.mapEdges(
      (id, edge, from, to) =>
        `      <edge id="${id}" source="${from}" target="${to}" label="${xml(edge.label)}">${values(EDGE, { ...edge })}</edge>`,
    ),
    "    </edges>",
    "  </graph>",
    "</gexf>",
    "",
  ].join("\n");
