import { xml } from "../xml-text.ts";
import type { StateDiagram } from "./state-diagram.ts";

type Values = Readonly<Record<string, string | number | boolean>>;

const typeOf = (value: string | number | boolean): string =>
  typeof value === "string" ? "string" : typeof value === "number" ? "int" : "boolean";

const NODE: Values = { label: "", depth: 0, initial: false, onPath: false, breaks: "", open: false };
const EDGE: Values = { label: "", action: "", actor: "", onPath: false };

const keys = (of: "node" | "edge", sample: Values): readonly string[] =>
  Object.entries(sample).map(
    ([name, value]) =>
      `  <key id="${of}-${name}" for="${of}" attr.name="${name}" attr.type="${typeOf(value)}"/>`,
  );

const data = (of: "node" | "edge", sample: Values, values: Values): string =>
  Object.keys(sample)
    .map((name) => `<data key="${of}-${name}">${xml(String(values[name]))}</data>`)
    .join("");

/** The graph as GraphML, for Gephi and yEd. */
export const graphmlOf = ({ graph }: StateDiagram): string =>
  [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    ...keys("node", NODE),
    ...keys("edge", EDGE),
    `  <graph id="${xml(String(graph.getAttribute("name")))}" edgedefault="directed">`,
    ...graph.mapNodes((id, values) => `    <node id="${id}">${data("node", NODE, { ...values })}</node>`),
    ...graph.mapEdges(
      (_, values, from, to) =>
        `    <edge source="${from}" target="${to}">${data("edge", EDGE, { ...values })}</edge>`,
    ),
    "  </graph>",
    "</graphml>",
    "",
  ].join("\n");
