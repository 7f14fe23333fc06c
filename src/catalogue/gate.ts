import { asAsked, askAgain } from "../doubt/determinism.ts";
import type { Exploration, Explore, Problem, Pulse } from "../problem/exploration.ts";
import type { Property } from "../model/property.ts";
import type { NoEffect } from "./no-effect.ts";
import { noticingIdle } from "./idle-changes.ts";
import { groupsOf, type Case, type CaseGroup } from "./cases.ts";
import type { AnyScenario } from "./scenario.ts";
import { applicable, outcomeOf, type Asked, type Outcome } from "./outcome.ts";

/** What the gate found of one case. */
export interface CaseResult
  extends Case, Pick<Outcome, "stop" | "complete" | "depth" | "properties" | "problem"> {
  /** Where it was kept from a search before, and not found now: the version of its model. */
  readonly cached?: { readonly version: string };
  readonly states: number;
  /** Why there was nothing to explore though something is expected, where that is so. */
  readonly refusal: string | null;
  /** The changes of a varied model that made no difference, where that was watched. */
  readonly idleChanges?: readonly string[];
  /** Options that it sets without any effect, where somebody looked. */
  readonly noEffect?: readonly NoEffect[];
  /** How long its model was searched, where somebody measured; of the cases of one model each has the same. */
  readonly seconds?: number;
}

/** The part of a search that is about some of its properties. The search is looked at again once, for all its parts. */
export const about = <S>(
  whole: Problem<S>,
  found: Exploration<S>,
  properties: Problem<S>["properties"],
): { readonly problem: Problem<S>; readonly exploration: Exploration<S> } => {
  askAgain(whole, found);
  const { told: _, ...rest } = found;
  const exploration = {
    ...rest,
    findings: properties.map((property) => found.findings[whole.properties.indexOf(property)]),
  };
  asAsked(exploration);
  return { problem: { ...whole, properties }, exploration };
};

/** How the models of cases are searched. */
export interface Searching {
  readonly explore: Explore;
  readonly asked: Asked;
  readonly pulse: Pulse;
  /** Searches other models than those of the cases; `explore` does where left out. */
  readonly again?: Explore;
  /** The properties of interest, where not all of a scenario are. */
  readonly properties?: readonly Property<unknown>[];
}

/** Searches the model of a group once, and judges each of its cases by what it expects. */
export const checkGroup = async (
  { problem: whole, unreachable, cases }: CaseGroup,
  { explore, asked, pulse, again, properties = whole.properties }: Searching,
): Promise<readonly CaseResult[]> => {
  const problem = { ...whole, properties };
  const bounds = {
    ...(asked.depth === null ? {} : { depth: asked.depth }),
    ...(asked.states === null ? {} : { states: asked.states }),
  };
  const { varied } = cases[0].scenario;
  const { idleChanges, ...exploration } = await noticingIdle(varied, explore, again)(problem, bounds, pulse);
  return cases.map(({ scenario, choice }) => {
    const question = { scenario, choice, properties, asked };
    const wanted = applicable(question, problem);
    const part = about(problem, exploration, wanted);
    const outcome = outcomeOf(question, part.problem, part.exploration);
    const { stop, complete, depth, properties: results } = outcome;
    const refusal =
      problem.start.length === 0 && wanted.length > 0 ? (unreachable ?? "no start state") : null;
    const { states } = exploration;
    const idle = idleChanges === undefined ? {} : { idleChanges };
    const judged = { stop, complete, depth, properties: results, states, refusal, ...idle };
    return { scenario, choice, problem: part.problem, ...judged };
  });
};

/** Whether a case came out as expected, and if not, whether a limit is why. */
export const standing = ({ refusal, properties }: CaseResult): "ok" | "open" | "FAIL" => {
  if (refusal !== null || properties.some(({ asExpected }) => !asExpected)) return "FAIL";
  return properties.some(({ verdict }) => verdict === "unknown") ? "open" : "ok";
};

/** What a gate found of all cases of some scenarios. */
export interface Gated {
  /** Whether every case came out as expected. */
  readonly passed: boolean;
  readonly results: readonly CaseResult[];
  /** How many models were searched: cases with the same one are searched together. */
  readonly models: number;
}

/**
 * Searches every scenario under every choice that it expects something of, and compares.
 * @throws CheckError what `answer` throws.
 */
export const gate = async (scenarios: readonly AnyScenario[], explore?: Explore): Promise<Gated> => {
  const engine = explore ?? (await import("../explore.ts")).exploreFast;
  const groups = groupsOf(scenarios);
  const asked = { depth: null, switches: null, states: null, memoryBytes: null, seconds: null };
  const results: CaseResult[] = [];
  for (const group of groups)
    for (const result of await checkGroup(group, { explore: engine, asked, pulse: () => undefined }))
      results.push(result);
  return { passed: results.every((result) => standing(result) === "ok"), results, models: groups.length };
};
