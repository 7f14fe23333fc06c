import type { Answer } from "../../catalogue/check-claims.ts";
import type { Claim } from "../../catalogue/claim.ts";
import { parseHandle } from "../../catalogue/handle.ts";
import type { AnyScenario } from "../../catalogue/scenario.ts";
import { pathOf } from "../../check/schedule.ts";
import { replay } from "../../check/trace.ts";
import { version } from "../../package-version.ts";
import { problemOf } from "../../problem/exploration.ts";
import { programName } from "../../program-name.ts";
import { checkText } from "../../report/claims-text.ts";
import {
  fingerprintOf,
  type Reported,
  type ReportedRun,
  type Standing,
} from "../../report/formats/reported.ts";

/** What was asked of which claims, and what came of it. */
export interface AnsweredClaims {
  readonly claims: readonly Claim[];
  readonly answers: readonly Answer[];
  readonly finished: boolean;
  readonly seconds: number;
}

/** The run of a handle, taken again: answers come from other threads, and runs do not. */
const runOf = (handle: string, scenarios: readonly AnyScenario[]): ReportedRun => {
  const { scenario, choice, property, schedule } = parseHandle(handle, scenarios);
  const { model, start } = scenario.build(choice);
  const problem = problemOf(model, scenario.scope, property === null ? [] : [property], start);
  return { problem, trace: replay(problem, pathOf(problem, schedule)) };
};

const standingOf = ({ verdict, asExpected }: Answer): Standing => {
  if (!asExpected) return "fail";
  if (verdict === "not-applicable") return "skip";
  return verdict === "violated" ? "known" : "pass";
};

/** What `claims` found, as formats show it: what a world is elsewhere is a claim here. */
export const claimsReported = (
  scenarios: readonly AnyScenario[],
  { claims, answers, finished, seconds }: AnsweredClaims,
): Reported => ({
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
        const run = handle === null ? null : runOf(handle, scenarios);
        return {
          name,
          property: check.property,
          statement: claim.statement,
          verdict,
          standing: standingOf(answer),
          message: `${verdict} ${because}${asExpected ? `; the claim: ${claim.word}` : `; ${expected} was expected`}`,
          run,
          replay: handle,
          fingerprint: fingerprintOf(`${claim.id} ${name}`, check.property, run?.trace ?? null),
        };
      }),
  })),
});
