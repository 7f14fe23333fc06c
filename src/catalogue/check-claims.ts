import type { Explore, Pulse, Stop } from "../problem/exploration.ts";
import type { Check, Claim, ClaimBook, Column } from "./claim.ts";
import { questionsOf, type ClaimQuestion } from "./claim-questions.ts";
import type { AnyScenario } from "./scenario.ts";
import { worldText, type Sizes } from "./size.ts";
import type { Verdict } from "../check/verdict-word.ts";
import { grouped, type Case, type CaseGroup } from "./cases.ts";
import { about } from "./gate.ts";
import { outcomeOf, type Outcome, type PropertyResult } from "./outcome.ts";
import { agrees } from "../check/verdict.ts";
import { own } from "../schema/own.ts";

/** What one check of a claim says under one column. */
export interface Answer {
  readonly claim: Claim;
  readonly check: Check;
  readonly column: Column;
  readonly verdict: Verdict;
  readonly because: string;
  readonly expected: Verdict;
  readonly asExpected: boolean;
  /** A hash of what the steps of the model do. */
  readonly modelVersion: string;
  readonly states: number;
  /** Steps of the run that decides it; null where no run does. */
  readonly traceLength: number | null;
  /** The run as `replay` takes it. */
  readonly handle: string | null;
  /** Whether it was kept from a search before, and not found now. */
  readonly cached?: true;
}

/** A world under one choice, and what claims ask of it. */
interface AskedCase extends Case {
  readonly asked: ClaimQuestion[];
}

/** Looks at an outcome while it is there: explorations are large, and forgotten after their answers. */
export type OnAnswer = (answer: Answer, outcome: Outcome, result: PropertyResult) => void;

/** Who follows the searches. */
export interface Following {
  readonly pulse?: Pulse;
  readonly look?: OnAnswer;
  /** Called once for each world, and of a large one for each of its models, in the same order in every thread: whether this one is to search it. */
  readonly takes?: () => boolean;
  /** The sizes of large worlds, as far as they are known: these come first, and each thread takes models of them. */
  readonly sizes?: Sizes;
  /** Whether a question is to be answered: all are where it is left out. */
  readonly wants?: (question: ClaimQuestion) => boolean;
}

const unbounded = { depth: null, switches: null, states: null, memoryBytes: null, seconds: null };

/** The worlds and choices that some questions are about, each once, by world. */
const casesAsked = (questions: readonly ClaimQuestion[]): readonly (readonly AskedCase[])[] => {
  const worlds = new Map<AnyScenario, Map<string, AskedCase>>();
  for (const question of questions) {
    const { scenario, choice } = question;
    const cases = worlds.get(scenario) ?? new Map<string, AskedCase>();
    worlds.set(scenario, cases);
    const key = JSON.stringify(choice);
    const one = cases.get(key) ?? { scenario, choice, asked: [] };
    cases.set(key, one);
    one.asked.push(question);
  }
  return [...worlds.values()].map((cases) => [...cases.values()]);
};

const refused = (why: string): Pick<PropertyResult, "verdict" | "because" | "evidence"> => ({
  verdict: "not-applicable",
  because: why,
  evidence: null,
});

/** How a search ends after which no other is begun: `time` and `states` are what all may use together. */
const LAST: ReadonlySet<Stop> = new Set(["interrupted", "time", "states"]);

/** Searches one model and answers all that is asked of its cases; false where it was broken off. */
const answer = async (
  { problem, unreachable, cases }: CaseGroup<AskedCase>,
  explore: Explore,
  pulse: Pulse,
  look: OnAnswer,
): Promise<boolean> => {
  const propertiesOf = (asked: readonly ClaimQuestion[]): typeof problem.properties => {
    const wanted = new Set(asked.map(({ check }) => check.property));
    return problem.properties.filter(({ id }) => wanted.has(id));
  };
  const whole = { ...problem, properties: propertiesOf(cases.flatMap(({ asked }) => asked)) };
  const found = await explore(whole, {}, pulse);
  if (LAST.has(found.stop)) return false;
  for (const { scenario, choice, asked } of cases) {
    const part = about(whole, found, propertiesOf(asked));
    const question = { scenario, choice, properties: part.problem.properties, asked: unbounded };
    const outcome = outcomeOf(question, part.problem, part.exploration);
    for (const { claim, check, column, expected } of asked) {
      const result = outcome.properties.find(({ property }) => property.id === check.property)!;
      const { verdict, because, evidence } = unreachable === undefined ? result : refused(unreachable);
      const answered: Answer = {
        claim,
        check,
        column,
        verdict,
        because,
        expected,
        asExpected: agrees(verdict, expected, outcome.stop) && verdict !== "unknown",
        modelVersion: outcome.version,
        states: found.states,
        traceLength: evidence === null ? null : evidence.trace.steps.length,
        handle: evidence?.handle ?? null,
      };
      look(answered, outcome, result);
    }
  }
  return true;
};

/** How many states the worlds of some cases have, as far as that is known. */
const statesKnown = (sizes: Sizes, cases: readonly Case[]): number =>
  cases.reduce(
    (sum, { scenario, choice }) => sum + (own(sizes, worldText(scenario, choice))?.states ?? 0),
    0,
  );

/** Worlds by how long they take, as far as one can tell before: the longest first. */
const longestFirst = (
  worlds: readonly (readonly AskedCase[])[],
  sizes: Sizes,
): readonly { readonly cases: readonly AskedCase[]; readonly isLarge: boolean }[] =>
  worlds
    .map((cases) => ({ cases, states: statesKnown(sizes, cases) }))
    .toSorted((a, b) => b.states - a.states || b.cases.length - a.cases.length)
    .map(({ cases, states }) => ({ cases, isLarge: states > 0 }));

/**
 * Answers what is asked of each world; false where it was broken off. A world is built by the thread that takes it alone:
 * its models have most in common. Only those of a large one are shared out, so that nobody waits for the last.
 */
const answerAll = async (
  worlds: readonly (readonly AskedCase[])[],
  explore: Explore,
  { pulse, look, takes, sizes }: Required<Omit<Following, "wants">>,
): Promise<boolean> => {
  for (const { cases, isLarge } of longestFirst(worlds, sizes)) {
    if (!isLarge && !takes()) continue;
    for (const group of grouped(cases))
      if ((!isLarge || takes()) && !(await answer(group, explore, pulse, look))) return false;
  }
  return true;
};

/** Answers by claim, check and column, in the order in which these were asked. */
export const inOrder = (
  answers: readonly Answer[],
  { columns }: Pick<ClaimBook, "columns">,
  claims: readonly Claim[],
): readonly Answer[] => {
  const place = ({ claim, check, column }: Answer): readonly number[] => [
    claims.indexOf(claim),
    claim.checks.indexOf(check),
    columns.indexOf(column),
  ];
  return answers.toSorted((a, b) => {
    const [left, right] = [place(a), place(b)];
    return left[0] - right[0] || left[1] - right[1] || left[2] - right[2];
  });
};

/** Checks claims under columns; the answers, by claim, check and column, and whether all were given. */
export const checkClaims = async (
  scenarios: readonly AnyScenario[],
  { columns }: Pick<ClaimBook, "columns">,
  claims: readonly Claim[],
  explore: Explore,
  {
    pulse = () => undefined,
    look = () => undefined,
    takes = () => true,
    wants = () => true,
    sizes = {},
  }: Following = {},
): Promise<{ readonly answers: readonly Answer[]; readonly finished: boolean }> => {
  const answers: Answer[] = [];
  const worlds = casesAsked(questionsOf(scenarios, columns, claims).filter(wants));
  const keep: OnAnswer = (answered, outcome, result) => {
    answers.push(answered);
    look(answered, outcome, result);
  };
  const finished = await answerAll(worlds, explore, { pulse, look: keep, takes, sizes });
  return { answers: inOrder(answers, { columns }, claims), finished };
};
