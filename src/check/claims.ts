import {
  problemOf,
  type Bounds,
  type Exploration,
  type Explore,
  type Problem,
  type Pulse,
} from "../explore/exploration.ts";
import { choiceOf } from "../model/choice.ts";
import type { Check, Claim, ClaimBook, Column } from "../model/claim.ts";
import type { AnyScenario, Choice } from "../model/scenario.ts";
import type { Verdict } from "../model/verdict.ts";
import { CheckError } from "../errors.ts";
import { outcomeOf, type Outcome, type PropertyResult } from "./outcome.ts";
import { agrees } from "./verdict.ts";

/** What one check of a claim says under one column. */
export interface Answer {
  readonly claim: Claim;
  readonly check: Check;
  readonly column: Column;
  readonly verdict: Verdict;
  readonly because: string;
  readonly expected: Verdict;
  readonly asExpected: boolean;
  readonly states: number;
  /** Steps of the run that decides it; null where no run does. */
  readonly traceLength: number | null;
  /** The run as `apicv-check replay` takes it. */
  readonly handle: string | null;
}

/** A question of some claims: a world under one choice, and what is asked of it. */
interface Search {
  readonly scenario: AnyScenario;
  readonly choice: Choice;
  readonly asked: Pick<Answer, "claim" | "check" | "column" | "expected">[];
}

/** Looks at an outcome while it is there: explorations are large, and forgotten after their answers. */
export type Look = (answer: Answer, outcome: Outcome, result: PropertyResult) => void;

/** Who follows the searches. */
export interface Following {
  readonly pulse?: Pulse;
  readonly look?: Look;
}

const unbounded = { depth: null, switches: null, states: null, memoryBytes: null, seconds: null };

const scenarioOf = (scenarios: readonly AnyScenario[], { id }: Claim, { scenario }: Check): AnyScenario => {
  const found = scenarios.find(({ name }) => name === scenario);
  if (found === undefined)
    throw new CheckError("model", `the claim ${id} is checked in ${scenario}: no such scenario`);
  return found;
};

/** The searches that some claims need under some columns, each world and choice once. */
const searchesOf = (
  scenarios: readonly AnyScenario[],
  claims: readonly Claim[],
  columns: readonly Column[],
): readonly Search[] => {
  const searches = new Map<string, Search>();
  for (const claim of claims)
    for (const check of claim.checks)
      for (const column of columns) {
        const expected = check.expected[column.name];
        if (expected === undefined) continue;
        const scenario = scenarioOf(scenarios, claim, check);
        const { design, guest } = column;
        const set = [...new Set([...column.set, ...(check.set ?? [])])];
        const choice = choiceOf(scenario, { design, guest, set });
        const key = JSON.stringify([scenario.name, choice]);
        const search = searches.get(key) ?? { scenario, choice, asked: [] };
        searches.set(key, search);
        search.asked.push({ claim, check, column, expected });
      }
  // Designs that may turn out the same stand together.
  const world = ({ scenario, choice: { guest, options } }: Search): string =>
    JSON.stringify([scenario.name, guest, options]);
  return [...searches.values()].toSorted((a, b) => (world(a) < world(b) ? -1 : world(a) > world(b) ? 1 : 0));
};

/** Explores, unless the search before was of the same actions from the same states: many designs differ elsewhere. */
const remembering = (explore: Explore): Explore => {
  let before: { readonly problem: Problem<unknown>; readonly found: Exploration<unknown> } | undefined;
  const same = (problem: Problem<unknown>, other: Problem<unknown>): boolean =>
    problem.steps.length === other.steps.length &&
    problem.steps.every(({ action }, i) => action === other.steps[i]?.action) &&
    problem.properties.length === other.properties.length &&
    problem.properties.every((property, i) => property === other.properties[i]) &&
    JSON.stringify([problem.scope, problem.start]) === JSON.stringify([other.scope, other.start]);
  return async <S>(problem: Problem<S>, bounds?: Bounds, pulse?: Pulse): Promise<Exploration<S>> => {
    const asked = problem as unknown as Problem<unknown>;
    if (before === undefined || !same(asked, before.problem)) {
      const found = await explore(problem, bounds, pulse);
      before = { problem: asked, found };
    }
    return before.found as Exploration<S>;
  };
};

const refused = (why: string): Pick<PropertyResult, "verdict" | "because" | "evidence"> => ({
  verdict: "not-applicable",
  because: why,
  evidence: null,
});

/** Explores one search and answers all that is asked of it; false where it was interrupted. */
const answer = async (
  { scenario, choice, asked }: Search,
  explore: Explore,
  pulse: Pulse,
  look: Look,
): Promise<boolean> => {
  const { model, start, unreachable } = scenario.build(choice);
  const wanted = new Set(asked.map(({ check }) => check.property));
  const properties = scenario.properties.filter(({ id }) => wanted.has(id));
  const problem = problemOf(model, scenario.scope, properties, start);
  const exploration = await explore(problem, {}, pulse);
  if (exploration.stop === "interrupted") return false;
  const outcome = outcomeOf({ scenario, choice, properties, asked: unbounded }, problem, exploration);
  for (const { claim, check, column, expected } of asked) {
    const result = outcome.properties.find(({ property }) => property.id === check.property);
    if (result === undefined)
      throw new CheckError(
        "model",
        `the claim ${claim.id} asks for ${check.property}, which ${scenario.name} lacks`,
      );
    const { verdict, because, evidence } = unreachable === undefined ? result : refused(unreachable);
    const answered: Answer = {
      claim,
      check,
      column,
      verdict,
      because,
      expected,
      asExpected: agrees(verdict, expected, outcome.stop) && verdict !== "unknown",
      states: exploration.states,
      traceLength: evidence === null ? null : evidence.trace.steps.length,
      handle: evidence?.handle ?? null,
    };
    look(answered, outcome, result);
  }
  return true;
};

/** Checks claims under columns; the answers, by claim, check and column, and whether all were given. */
export const checkClaims = async (
  scenarios: readonly AnyScenario[],
  { columns }: Pick<ClaimBook, "columns">,
  claims: readonly Claim[],
  explore: Explore,
  { pulse = () => undefined, look = () => undefined }: Following = {},
): Promise<{ readonly answers: readonly Answer[]; readonly finished: boolean }> => {
  const answers: Answer[] = [];
  const exploring = remembering(explore);
  let finished = true;
  for (const search of searchesOf(scenarios, claims, columns)) {
    finished = await answer(search, exploring, pulse, (answered, outcome, result) => {
      answers.push(answered);
      look(answered, outcome, result);
    });
    if (!finished) break;
  }
  const place = ({ claim, check, column }: Answer): readonly number[] => [
    claims.indexOf(claim),
    claim.checks.indexOf(check),
    columns.indexOf(column),
  ];
  const before = (a: Answer, b: Answer): number => {
    const [left, right] = [place(a), place(b)];
    return left[0] - right[0] || left[1] - right[1] || left[2] - right[2];
  };
  return { answers: answers.toSorted(before), finished };
};
