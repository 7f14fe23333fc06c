import type { Outcome } from "../catalogue/outcome.ts";
import { autOf } from "./aut.ts";
import { dotOf } from "./dot.ts";
import { gexfOf } from "./gexf.ts";
import { graphmlOf } from "./graphml.ts";
import { legible } from "./legible.ts";
import {
  runsDiagram,
  stateDiagramOf,
  type GraphPart,
  type StateDiagram,
  type WorldRuns,
} from "./state-diagram.ts";

/** A format for graphs: Graphviz's, GraphML, GEXF, Aldebaran's, or the JSON of graphology. */
export type GraphFormat = "dot" | "graphml" | "gexf" | "aut" | "json";

/** More states than this no layout makes readable; `dot` also takes very long. */
const CAPS: Readonly<Record<GraphFormat, number>> = {
  dot: 2_000,
  graphml: 20_000,
  gexf: 20_000,
  aut: 20_000,
  json: 20_000,
};

/** A graph as text, and a sentence for the user where not everything is drawn. */
export interface GraphText {
  readonly text: string;
  readonly notice: string | undefined;
}

/** What is drawn is made legible; what another tool computes with has every step. */
const written = (diagram: StateDiagram, format: GraphFormat): GraphText => {
  const { notice } = diagram;
  switch (format) {
    case "dot":
      return { text: dotOf(legible(diagram)), notice };
    case "graphml":
      return { text: graphmlOf(legible(diagram)), notice };
    case "gexf":
      return { text: gexfOf(legible(diagram)), notice };
    case "aut":
      return { text: autOf(diagram), notice };
    case "json":
      return { text: `${JSON.stringify(diagram.graph.export(), undefined, 1)}\n`, notice };
  }
};

/**
 * The states that a search found and the steps between them as text, the counterexamples marked. Of more than `cap` states
 * the nearest to the start are drawn, and all of the counterexamples. With a `part` only the counterexamples, or these and
 * what is one step from them. Steps that change nothing are left out of `dot`, `graphml` and `gexf`, and all steps between
 * the same two states are one edge there.
 */
export const graphText = (
  outcome: Outcome,
  format: GraphFormat,
  cap: number = CAPS[format],
  part: GraphPart = "all",
): GraphText => written(stateDiagramOf(outcome, cap, part), format);

/** Runs of some worlds as the text of a graph. */
export const runsGraphText = (worlds: readonly WorldRuns[], format: GraphFormat): string =>
  written(runsDiagram(worlds), format).text;
