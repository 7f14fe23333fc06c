import { noEffectJson } from "./no-effect.ts";
import { chosenOn } from "../model/axis.ts";
import type { AnyScenario } from "../catalogue/scenario.ts";
import { isUnrecorded, type Evidence, type Outcome, type PropertyResult } from "../catalogue/outcome.ts";
import { settingText, type NoEffect } from "../catalogue/no-effect.ts";
import type { Trace } from "../check/trace.ts";
import { fairnessText } from "../model/fairness.ts";
import { noteOfStep } from "../model/note.ts";
import { isLiveness } from "../model/property.ts";
import { version } from "../package-version.ts";
import { rate, type Effort } from "./effort.ts";
import { SCHEMA_VERSION } from "./schema-version.ts";
import { expectedWord, variedJson } from "./varied.ts";
import { symmetryJson } from "./symmetry-text.ts";
import { strandedJson } from "./stranded-text.ts";
import { rungJson, type Rung } from "./rung.ts";

/** The steps of a run as JSON, each with what it changed. */
export const stepsJson = ({ steps }: Trace<unknown>) =>
  steps.map(({ step, changes, before, after }) => ({
    action: step.action.name,
    actor: step.actor,
    args: step.args,
    cites: noteOfStep(step.action.note, { args: step.args, before, after })?.cites ?? {},
    changes: changes.map(({ path, from, to }) => ({ path, from, to })),
  }));

const traceJson = ({ trace, handle }: Evidence) => ({
  length: trace.steps.length,
  start: trace.start,
  steps: stepsJson(trace),
  loopAt: trace.loopAt ?? null,
  replay: handle,
});

/** What a verdict rests on, and what is known, or not even recorded, of a violation. */
const becauseOf = (scenario: AnyScenario, result: PropertyResult): string => {
  const { because, reason } = result;
  if (isUnrecorded(result)) return `${because}; violated, not recorded`;
  return reason === null ? because : `${because}; ${expectedWord(scenario)}: ${reason}`;
};

/** A property with its verdict, as data. */
export const propertyJson = (
  scenario: AnyScenario,
  result: PropertyResult,
  noEffect: readonly NoEffect[] = [],
) => ({
  id: result.property.id,
  kind: result.property.kind,
  verdict: result.verdict,
  expected: result.expected,
  asExpected: result.asExpected,
  antecedentStates: result.antecedent,
  fairness: isLiveness(result.property) ? result.property.fairness.map(fairnessText) : null,
  ...(result.unmet.length === 0 ? {} : { unmetFairness: result.unmet }),
  because: [
    becauseOf(scenario, result),
    ...noEffect.map((without) => `${settingText(without)} has no effect here`),
  ].join("; "),
  trace: result.evidence === null ? null : traceJson(result.evidence),
});

/** The constraints of a world and what they kept from being expanded; null where it has none. */
const constraintsJson = ({ problem: { constraints }, exploration }: Outcome) => {
  const { states, constrained = 0 } = exploration;
  return constraints === undefined
    ? null
    : {
        ids: constraints.map(({ id }) => id),
        notExpanded: constrained,
        satisfying: states - constrained,
      };
};

/**
 * The result of `explore` as data, with the keys that the command line contract fixes, in a fixed order; `rungs` are the
 * bounds that a deepening search tried.
 */
export const exploreJson = (outcome: Outcome, effort: Effort, rungs: readonly Rung[] = []) => {
  const { scenario, choice, asked, exploration } = outcome;
  return {
    schemaVersion: SCHEMA_VERSION,
    version: version(),
    engine: effort.engine,
    ...chosenOn(choice),
    scenario: scenario.name,
    ...variedJson(outcome),
    options: choice.options,
    noEffect: noEffectJson(outcome.noEffect),
    scope: outcome.problem.scope,
    start: scenario.start,
    modelVersion: outcome.version,
    bounds: {
      depth: asked.depth,
      switches: asked.switches,
      states: asked.states,
      memoryBytes: asked.memoryBytes,
      seconds: asked.seconds,
    },
    stop: outcome.stop,
    complete: outcome.complete,
    states: exploration.states,
    ...(exploration.nodes === undefined ? {} : { nodes: exploration.nodes }),
    transitions: exploration.transitions,
    depth: outcome.depth,
    levels: exploration.levels,
    frontier: exploration.frontier,
    deadlocks: exploration.deadlocks,
    constraints: constraintsJson(outcome),
    seconds: effort.seconds,
    statesPerSecond: rate(exploration.states, effort.seconds),
    transitionsPerSecond: rate(exploration.transitions, effort.seconds),
    peakMemoryBytes: effort.peakMemoryBytes,
    bytesPerState: effort.bytesPerState,
    workers: effort.workers,
    paranoid: exploration.doubted ?? null,
    reductions: {
      symmetry: symmetryJson(outcome),
      por: outcome.problem.dependence !== undefined,
      ...(outcome.problem.notReduced === undefined ? {} : { notReduced: outcome.problem.notReduced }),
    },
    properties: outcome.properties.map((result) => propertyJson(scenario, result, outcome.noEffect)),
    ...(outcome.notAsked.length === 0 ? {} : { notAsked: outcome.notAsked.map(({ id }) => id) }),
    coverage: outcome.coverage,
    ...(outcome.stranded.length === 0 ? {} : { leftOut: strandedJson(outcome) }),
    ...(effort.resumedAtStates === undefined
      ? {}
      : { checkpoint: { resumedAtStates: effort.resumedAtStates } }),
    ...(rungs.length === 0 ? {} : { deepening: rungs.map(rungJson) }),
  };
};
