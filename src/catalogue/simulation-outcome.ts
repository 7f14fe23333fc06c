import type { Problem } from "../problem/exploration.ts";
import { isLiveness, type Property } from "../model/property.ts";
import { expectationFor, type Expectation } from "./scenario.ts";
import { coverageOf, type Coverage } from "../check/coverage.ts";
import { evidenceOf, inapplicable, type Outcome, type PropertyResult, type Question } from "./outcome.ts";
import type { Plan, Sighting, Simulation } from "../simulate/simulate.ts";
import { agrees, plural, type Judgement } from "../check/verdict.ts";
import { versionOf } from "../check/model-version.ts";

/** The answer of a simulation: which walks were taken, and what they say of each property. */
export interface Simulated extends Pick<Outcome, "scenario" | "choice" | "problem" | "version" | "noEffect"> {
  readonly plan: Plan;
  readonly found: Simulation;
  readonly properties: readonly PropertyResult[];
  readonly coverage: Coverage;
}

/** What walks say of a property: what they met is there, and what they did not meet is unknown. */
const judge = (
  kind: Property<never>["kind"],
  { antecedent, path, walked }: Sighting,
  { walks }: Simulation,
  { depth }: Plan,
): Judgement => {
  const taken = `${plural(walks, "walk")} of at most ${plural(depth, "step")}`;
  if (path !== undefined) {
    const length = path.steps.length;
    return {
      verdict: kind === "sometimes" ? "witnessed" : "violated",
      because: `after ${plural(length, "step")}${length === walked ? "" : `, shrunk from ${walked}`}`,
    };
  }
  const met = kind === "sometimes" ? "not reached" : "no violation";
  const empty = kind !== "sometimes" && antecedent === 0 ? ", its antecedent never occurred" : "";
  return { verdict: "unknown", because: `${met} in ${taken}${empty}` };
};

/** What stands for a liveness property, of which no walk says anything. */
const leftOut = (property: Property<unknown>, expectation: Expectation | undefined): PropertyResult => ({
  property,
  verdict: "unknown",
  because: `left out: ${property.kind} is about runs that go on for ever, of which a walk says nothing`,
  expected: expectation?.verdict ?? null,
  reason: expectation?.because ?? null,
  asExpected: true,
  antecedent: 0,
  unmet: [],
  evidence: null,
});

/**
 * Judges what a simulation found of `problem`, whose properties are the applicable ones of the question.
 * @throws CheckError `internal` when a run does not replay to what it is said to show.
 */
export const simulatedOf = (
  question: Omit<Question, "asked">,
  problem: Problem<unknown>,
  plan: Plan,
  found: Simulation,
): Simulated => {
  const { scenario, choice } = question;
  const result = (property: Property<unknown>): PropertyResult => {
    const expectation = expectationFor(scenario, property.id, choice);
    const sighting = found.sightings[problem.properties.indexOf(property)];
    if (sighting === undefined)
      return isLiveness(property) && expectation?.verdict !== "not-applicable"
        ? leftOut(property, expectation)
        : inapplicable(property, expectation);
    const judgement = judge(property.kind, sighting, found, plan);
    const { path, antecedent } = sighting;
    return {
      property,
      ...judgement,
      expected: expectation?.verdict ?? null,
      reason: expectation?.because ?? null,
      // As of a search that was cut short: only what was found can be a surprise.
      asExpected: agrees(judgement.verdict, expectation?.verdict, "interrupted"),
      antecedent,
      unmet: [],
      evidence: path === undefined ? null : evidenceOf(question, problem, property, path),
    };
  };
  const { fired } = found;
  return {
    scenario,
    choice,
    noEffect: question.noEffect ?? [],
    problem,
    version: versionOf(problem),
    plan,
    found,
    properties: question.properties.map(result),
    coverage: coverageOf(problem, { fired, newStates: fired.map(() => 0) }),
  };
};
