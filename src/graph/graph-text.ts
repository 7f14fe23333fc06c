import type { Outcome } from "../catalogue/outcome.ts";
import { dotOf } from "./dot.ts";
import { graphmlOf } from "./graphml.ts";
import { stateDiagramOf } from "./state-diagram.ts";

/** A format for graphs: Graphviz's, GraphML, or the JSON of graphology. */
export type GraphFormat = "dot" | "graphml" | "json";

/** More states than this no layout makes readable; `dot` also takes very long. */
const CAPS: Readonly<Record<GraphFormat, number>> = { dot: 2_000, graphml: 20_000, json: 20_000 };

/** A graph as text, and a sentence for the user where not everything is drawn. */
export interface GraphText {
  readonly text: string;
  readonly notice: string | undefined;
}

/**
 * The states that a search found and the steps between them as text, the counterexamples marked. Of more than `cap` states
 * the nearest to the start are drawn, and all of the counterexamples.
 */
export const graphText = (outcome: Outcome, format: GraphFormat, cap: number = CAPS[format]): GraphText => {
  const diagram = stateDiagramOf(outcome, cap);
  const { graph, notice } = diagram;
  switch (format) {
    case "dot":
      return { text: dotOf(diagram), notice };
    case "graphml":
      return { text: graphmlOf(diagram), notice };
    case "json":
      return { text: `${JSON.stringify(graph.export(), undefined, 1)}\n`, notice };
  }
};
