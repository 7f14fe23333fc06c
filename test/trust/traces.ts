import { exploreFast, problemOf, type AnyScenario, type Problem, type Property } from "#check";
import { choiceOf } from "../../src/catalogue/choice.ts";
import { applicable, outcomeOf, type Outcome } from "../../src/catalogue/outcome.ts";
import { exploreJson } from "../../src/report/json.ts";
import { wrongWith } from "./replayer.ts";
import type { TraceLike } from "./rerun.ts";

/** What is found of a scenario with its defaults in at most so many states. */
export const outcomeWithin = async (scenario: AnyScenario, states: number): Promise<Outcome> => {
  const asked = { depth: null, switches: null, states, memoryBytes: null, seconds: null };
  const question = { scenario, choice: choiceOf(scenario, {}), properties: scenario.properties, asked };
  const built = scenario.build(question.choice);
  const problem = problemOf(built.model, scenario.scope, applicable(question, built), built.start);
  return outcomeOf(question, problem, await exploreFast(problem, { states }));
};

/** A trace as a report has it, with what it is said to decide. */
export interface ReportedTrace {
  readonly problem: Problem<unknown>;
  readonly property: Property<unknown>;
  readonly trace: TraceLike;
}

/** Every trace of an outcome, as its JSON report has it, printed and read again. */
export const tracesOf = (outcome: Outcome): readonly ReportedTrace[] => {
  const effort = { seconds: 0, engine: "fast" as const, workers: 1, peakMemoryBytes: 0, bytesPerState: 0 };
  const report = JSON.parse(JSON.stringify(exploreJson(outcome, effort))) as {
    readonly properties: readonly { readonly trace: TraceLike | null }[];
  };
  return report.properties.flatMap(({ trace }, i) =>
    trace === null ? [] : [{ problem: outcome.problem, property: outcome.properties[i].property, trace }],
  );
};

/** What the replayer that shares nothing with the engines finds wrong with a trace; nothing where it is right. */
export const wrong = ({ problem, property, trace }: ReportedTrace): string | undefined =>
  wrongWith({ actions: problem.model.actions, scope: problem.scope, start: problem.start }, property, trace);
