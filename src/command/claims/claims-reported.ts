import type { Answer } from "../../catalogue/check-claims.ts";
import type { Claim } from "../../catalogue/claim.ts";
import { evidenceWith } from "../../catalogue/outcome.ts";
import { runOfHandle } from "../../catalogue/run-of-handle.ts";
import type { AnyScenario, Choice, Instantiated } from "../../catalogue/scenario.ts";
import { worldText } from "../../catalogue/size.ts";
import { confirm } from "../../check/confirm.ts";
import { actionsIn, replay } from "../../check/trace.ts";
import { version } from "../../package-version.ts";
import { programName } from "../../program-name.ts";
import { checkText } from "../../report/claims-text.ts";
import {
  fingerprintOf,
  type Reported,
  type ReportedRun,
  type ReportedVerdict,
  type Standing,
} from "../../report/formats/reported.ts";
import { wordsOf } from "../../report/formats/run-words.ts";

/** What was asked of which claims, and what came of it. */
export interface AnsweredClaims {
  readonly claims: readonly Claim[];
  readonly answers: readonly Answer[];
  readonly finished: boolean;
  readonly seconds: number;
}

type Building = (scenario: AnyScenario, choice: Choice) => Instantiated<unknown>;

/** Builds worlds, each once: claims ask several things of one. */
const building = (): Building => {
  const built = new Map<string, Instantiated<unknown>>();
  return (scenario, choice) => {
    const world = worldText(scenario, choice);
    const made = built.get(world) ?? scenario.build(choice);
    built.set(world, made);
    return made;
  };
};

/** The run of an answer, taken again: answers come from other threads, and runs do not. */
const runOf = (
  answer: Answer,
  handle: string,
  scenarios: readonly AnyScenario[],
  build: Building,
): ReportedRun => {
  const { scenario, choice, problem, path } = runOfHandle(handle, scenarios, build);
  const { verdict, because, expected, asExpected, check } = answer;
  return {
    problem,
    trace: replay(problem, path),
    start: scenario.start,
    words: () => {
      const of = scenario.properties.find(({ id }) => id === check.property)!;
      const evidence = evidenceWith(handle, confirm(problem, of, path));
      const unknown = { reason: null, antecedent: 0, unmet: [] };
      const result = { property: of, verdict, because, expected, asExpected, ...unknown, evidence };
      return wordsOf({ scenario, choice, problem }, result, evidence);
    },
  };
};

const standingOf = ({ verdict, asExpected }: Answer): Standing => {
  if (!asExpected) return "fail";
  if (verdict === "not-applicable") return "skip";
  return verdict === "violated" ? "known" : "pass";
};

/** What is said of a claim. */
const claimFacts = ({ source, word, said, shown }: Claim): NonNullable<ReportedVerdict["facts"]> => [
  ["source", source],
  ["the claim is", word],
  ...(said === undefined ? [] : [["said", said] as const]),
  ...(shown === undefined ? [] : [["shown", shown] as const]),
];

/** What `claims` found, as formats show it: what a world is elsewhere is a claim here. */
export const claimsReported = (
  scenarios: readonly AnyScenario[],
  { claims, answers, finished, seconds }: AnsweredClaims,
): Reported => {
  const build = building();
  return {
    program: programName(),
    version: version(),
    command: "claims",
    seconds,
    finished,
    worlds: claims.map((claim) => ({
      name: `claim ${claim.id}`,
      source: claim.checks[0]?.scenario ?? claim.id,
      command: `${programName()} claims ${claim.id}`,
      states: 0,
      refusal: null,
      verdicts: answers
        .filter((answer) => answer.claim === claim)
        .map((answer) => {
          const { check, column, verdict, because, expected, asExpected, handle } = answer;
          const name = `${checkText(check)} under ${column.name}`;
          const run = handle === null ? null : runOf(answer, handle, scenarios, build);
          return {
            name,
            property: check.property,
            statement: claim.statement,
            verdict,
            standing: standingOf(answer),
            message: `${verdict} ${because}${asExpected ? `; the claim: ${claim.word}` : `; ${expected} was expected`}`,
            run,
            replay: handle,
            fingerprint: fingerprintOf(
              `${claim.id} ${name}`,
              check.property,
              run && { actions: actionsIn(run.trace) },
            ),
            facts: claimFacts(claim),
            cell: { row: `${claim.id} ${checkText(check)}`, column: column.name },
          };
        }),
    })),
  };
};
