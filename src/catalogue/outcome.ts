import type { Exploration, Finding, Path, Problem, Stop } from "../problem/exploration.ts";
import type { Args } from "../model/action.ts";
import { constraintsText } from "../model/constraint.ts";
import { isLaw, isLiveness, isUnconditional, type Property } from "../model/property.ts";
import {
  expectationFor,
  type AnyScenario,
  type Choice,
  type Expectation,
  type Instantiated,
} from "./scenario.ts";
import type { Expectable } from "../check/verdict-word.ts";
import { askAgain } from "../doubt/determinism.ts";
import { confirm, type Confirmed } from "../check/confirm.ts";
import { coverageOf, type Coverage } from "../check/coverage.ts";
import { handleText } from "./handle.ts";
import type { NoEffect } from "./no-effect.ts";
import { scheduleOf } from "../check/schedule.ts";
import { actionsIn, type Trace } from "../check/trace.ts";
import { agrees, assumedText, judge, runEnd, type Judgement } from "../check/verdict.ts";
import { MOST_ACCESSES } from "../derive/accesses.ts";
import { everyStepEnds } from "../check/every-step-ends.ts";
import { stepText } from "../model/model.ts";
import { endlessStepIn } from "../problem/endless-step.ts";
import { versionOf } from "../check/model-version.ts";
import { strandedIn, strandedText, type Stranded } from "../check/stranded.ts";

/** Bounds and limits as they were asked for. */
export interface Asked {
  readonly depth: number | null;
  readonly switches: number | null;
  readonly states: number | null;
  readonly memoryBytes: number | null;
  readonly seconds: number | null;
}

/** A run that decides a property. */
export interface Evidence {
  readonly trace: Trace<unknown>;
  /** The arguments of the property for which the run decides it. */
  readonly args: Args;
  /** The run as `replay` takes it. */
  readonly handle: string;
  /** How many steps the run has. */
  readonly length: number;
  /** The names of the actions that take part in it, each once, by name. */
  readonly actions: readonly string[];
  /** Whether no run as short has fewer switches between actors; nothing where that was not looked at. */
  readonly calm?: boolean;
}

/** What a search says about one property. */
export interface PropertyResult extends Judgement {
  readonly property: Property<unknown>;
  /** Null where no expectation is recorded. */
  readonly expected: Expectable | null;
  /** Why the expected verdict is expected, where it is known. */
  readonly reason: string | null;
  /** False also for a violation that nobody recorded. */
  readonly asExpected: boolean;
  readonly antecedent: number;
  /** Fairness conditions that no behaviour meets together; then nothing was shown. */
  readonly unmet: readonly string[];
  readonly evidence: Evidence | null;
}

/** Whether it is a violation of which no expectation says anything. */
export const isUnrecorded = ({ verdict, expected }: Pick<PropertyResult, "verdict" | "expected">): boolean =>
  verdict === "violated" && expected === null;

/** The answer to one question: which was asked, what was found, and what that says about each property. */
export interface Outcome {
  readonly scenario: AnyScenario;
  readonly choice: Choice;
  readonly asked: Asked;
  /** What was chosen without any effect; a verdict is no answer to that. */
  readonly noEffect: readonly NoEffect[];
  readonly version: string;
  readonly problem: Problem<unknown>;
  readonly exploration: Exploration<unknown>;
  readonly stop: Stop;
  /** Only an exhausted search is complete. */
  readonly complete: boolean;
  /** The largest distance from the start at which a state was found. */
  readonly depth: number;
  readonly properties: readonly PropertyResult[];
  /** Laws that were left out, for such a search cannot check them. */
  readonly notAsked: readonly Property<unknown>[];
  readonly coverage: Coverage;
  /** Threads that stand still for ever since the world leaves out an action; then the search is not complete. */
  readonly stranded: readonly Stranded[];
}

/** What was asked: a choice in a scenario and the properties of interest. */
export interface Question {
  readonly scenario: AnyScenario;
  readonly choice: Choice;
  readonly properties: readonly Property<unknown>[];
  /** Laws that are left out, where any are. */
  readonly notAsked?: readonly Property<unknown>[];
  readonly asked: Asked;
  /** What is known to be chosen without any effect. */
  readonly noEffect?: readonly NoEffect[];
}

/**
 * The properties that can be asked of a choice: those not expected to be `not-applicable` there. A world expects laws without
 * a word, so that where it has no start it is for the others to say whether that was expected; laws alone are asked.
 */
export const applicable = (
  { scenario, choice, properties }: Omit<Question, "asked">,
  { start }: Pick<Instantiated<unknown>, "start">,
): readonly Property<unknown>[] => {
  const lawsApply = start.length > 0 || scenario.properties.every(isLaw);
  return properties.filter(
    (property) =>
      (lawsApply || !isLaw(property)) &&
      expectationFor(scenario, property.id, choice)?.verdict !== "not-applicable",
  );
};

/** What stands for a property that says nothing of a choice. */
export const inapplicable = (
  property: Property<unknown>,
  expectation: Expectation | undefined,
): PropertyResult => ({
  property,
  verdict: "not-applicable",
  because: expectation?.because ?? "says nothing of this choice",
  expected: "not-applicable",
  reason: expectation?.because ?? null,
  asExpected: true,
  antecedent: 0,
  unmet: [],
  evidence: null,
});

/** A run that was replayed, with its handle. */
export const evidenceWith = (handle: string, { trace, args }: Confirmed<unknown>): Evidence => ({
  trace,
  args,
  handle,
  length: trace.steps.length,
  actions: actionsIn(trace),
});

/** A run as it was found, taken again for a property and spelled. */
interface TakenAgain {
  readonly property: Property<unknown>;
  readonly confirmed: Confirmed<unknown>;
  readonly schedule: string;
}

/** Of runs as a search tells them, with the steps that they are made of: the same search answers for several cases. */
const takenAgain = new WeakMap<object, WeakMap<Path, TakenAgain>>();

const takeAgain = (problem: Problem<unknown>, property: Property<unknown>, found: Path): TakenAgain => {
  const ofSteps = takenAgain.get(problem.steps) ?? new WeakMap<Path, TakenAgain>();
  takenAgain.set(problem.steps, ofSteps);
  const known = ofSteps.get(found);
  if (known?.property === property) return known;
  const confirmed = confirm(problem, property, found);
  const taken = { property, confirmed, schedule: scheduleOf(problem, confirmed.path, confirmed.trace) };
  ofSteps.set(found, taken);
  return taken;
};

/**
 * A run that decides a property, replayed and with its handle.
 * @throws CheckError `internal` when it does not replay to what it is said to show.
 */
export const evidenceOf = (
  { scenario, choice }: Pick<Question, "scenario" | "choice">,
  problem: Problem<unknown>,
  property: Property<unknown>,
  found: Path,
): Evidence => {
  const { confirmed, schedule } = takeAgain(problem, property, found);
  const version = versionOf(problem);
  return evidenceWith(handleText({ scenario, choice, version, property, schedule }), confirmed);
};

/** What a search that came to a step without end says of that; nothing where it came to none. */
const endlessResult = (
  world: Pick<Question, "scenario" | "choice">,
  problem: Problem<unknown>,
  { endless }: Exploration<unknown>,
): readonly PropertyResult[] => {
  if (endless === undefined) return [];
  const property = everyStepEnds(() => problem);
  const evidence = evidenceOf(world, problem, property, endless);
  const { step, why } = endlessStepIn(problem, evidence.trace.steps.at(-1)?.after ?? evidence.trace.start)!;
  return [
    {
      property,
      verdict: "violated",
      because: `${runEnd(endless)}, where ${stepText(step)} does not end: ${why}`,
      expected: "holds",
      reason: null,
      asExpected: false,
      antecedent: 1,
      unmet: [],
      evidence,
    },
  ];
};

/** The run that a search found to decide a property, if any. */
const evidenceIn = (
  world: Pick<Question, "scenario" | "choice">,
  problem: Problem<unknown>,
  property: Property<unknown>,
  { path, calm }: Finding,
): Evidence | null =>
  path === undefined
    ? null
    : { ...evidenceOf(world, problem, property, path), ...(calm === undefined ? {} : { calm }) };

/** The constraints of a problem in words, where states beyond them were found; null where none were. */
export const cutBy = (
  { constraints = [] }: Problem<unknown>,
  { constrained = 0 }: Exploration<unknown>,
): string | null => (constrained === 0 ? null : constraintsText(constraints));

/** A problem in which everybody counts what steps read: a run leads to one that may loop. */
const counting = ({ model, ...rest }: Problem<unknown>): Problem<unknown> => ({
  ...rest,
  model: { mostAccesses: MOST_ACCESSES, ...model },
});

/**
 * Judges an exploration of `problem`, whose properties are the applicable ones of the question.
 * @throws CheckError `internal` when a run that the engine found does not replay to what it is said to show, `recipe` when
 * a guard, recipe or property is found to answer differently in equal states.
 */
export const outcomeOf = (
  question: Question,
  posed: Problem<unknown>,
  exploration: Exploration<unknown>,
): Outcome => {
  const { scenario, choice, asked } = question;
  const problem = exploration.endless === undefined ? posed : counting(posed);
  askAgain(problem, exploration);
  const stranded = exploration.stop === "exhausted" ? strandedIn(problem, exploration) : [];
  const stop = stranded.length > 0 ? "left-out" : exploration.stop;
  const depth = Math.max(0, exploration.levels.length - 1);
  const bounds = {
    switches: asked.switches,
    constraints: cutBy(problem, exploration),
    leftOut: strandedText(stranded),
    symmetric: problem.symmetry !== undefined,
    reduced: problem.dependence !== undefined,
  };
  const result = (property: Property<unknown>): PropertyResult => {
    const expectation = expectationFor(scenario, property.id, choice);
    const finding = exploration.findings[problem.properties.indexOf(property)];
    if (finding === undefined) return inapplicable(property, expectation);
    const ended = finding.stop ?? stop;
    const judgement = judge(property.kind, finding, ended, asked.depth ?? depth, {
      ...bounds,
      unconditional: isUnconditional(property),
    });
    return {
      property,
      ...judgement,
      because: isLiveness(property)
        ? `${judgement.because}; ${assumedText(property.fairness)}`
        : judgement.because,
      expected: expectation?.verdict ?? null,
      reason: expectation?.because ?? null,
      asExpected: agrees(judgement.verdict, expectation?.verdict, ended),
      antecedent: finding.antecedent,
      unmet: finding.unmet ?? [],
      evidence: evidenceIn(question, problem, property, finding),
    };
  };
  return {
    scenario,
    choice,
    asked,
    noEffect: question.noEffect ?? [],
    // Found where it is asked for: most outcomes of a gate are never printed.
    get version() {
      return versionOf(problem);
    },
    problem,
    exploration,
    stop,
    complete: stop === "exhausted",
    depth,
    properties: [...endlessResult(question, problem, exploration), ...question.properties.map(result)],
    notAsked: applicable({ scenario, choice, properties: question.notAsked ?? [] }, problem),
    coverage: coverageOf(problem, exploration),
    stranded,
  };
};
