import type { Bounds, Exploration, Explore, Problem, Pulse } from "../explore/exploration.ts";
import type { Case, CaseGroup } from "./cases.ts";
import { applicable, outcomeOf, type Asked, type Outcome } from "./outcome.ts";

/** What the gate found of one case. */
export interface CaseResult extends Case, Pick<Outcome, "stop" | "complete" | "depth" | "properties"> {
  readonly states: number;
  /** Why there was nothing to explore though something is expected, where that is so. */
  readonly refusal: string | null;
}

/** The part of a search that is about some of its properties. */
const about = <S>(
  whole: Problem<S>,
  found: Exploration<S>,
  properties: Problem<S>["properties"],
): { readonly problem: Problem<S>; readonly exploration: Exploration<S> } => ({
  problem: { ...whole, properties },
  exploration: {
    ...found,
    findings: properties.map((property) => found.findings[whole.properties.indexOf(property)]),
  },
});

/** Searches the model of a group once, and judges each of its cases by what it expects. */
export const checkGroup = async (
  { problem, unreachable, cases }: CaseGroup,
  explore: Explore,
  bounds: Bounds,
  asked: Asked,
  pulse: Pulse,
): Promise<readonly CaseResult[]> => {
  const exploration = await explore(problem, bounds, pulse);
  return cases.map(({ scenario, choice }) => {
    const question = { scenario, choice, properties: scenario.properties, asked };
    const wanted = applicable(question);
    const part = about(problem, exploration, wanted);
    const { stop, complete, depth, properties } = outcomeOf(question, part.problem, part.exploration);
    const refusal =
      problem.start.length === 0 && wanted.length > 0 ? (unreachable ?? "no start state") : null;
    return { scenario, choice, stop, complete, depth, properties, states: exploration.states, refusal };
  });
};
