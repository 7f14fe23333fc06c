import type { Answer } from "../catalogue/check-claims.ts";
import { standingOf } from "../catalogue/claim-standing.ts";
import { version } from "../package-version.ts";
import { SCHEMA_VERSION } from "./schema-version.ts";
import { authorsOf, type Check, type Claim, type ClaimBook } from "../catalogue/claim.ts";

const verdictJson = ({
  check,
  column,
  verdict,
  expected,
  asExpected,
  modelVersion,
  states,
  traceLength,
  handle,
  cached,
}: Answer) => ({
  verdict,
  forTheClaim: standingOf(check, column.name, verdict),
  expected,
  asExpected,
  modelVersion,
  states,
  traceLength,
  replay: handle,
  cached: cached === true,
});

const verdictsJson = (answers: readonly Answer[], check: Check) =>
  Object.fromEntries(
    answers
      .filter((answer) => answer.check === check)
      .map((answer) => [answer.column.name, verdictJson(answer)]),
  );

const claimJson = (book: ClaimBook, claim: Claim, answers: readonly Answer[]) => {
  const [decisive] = claim.checks;
  return {
    id: claim.id,
    message: claim.messages.length === 0 ? claim.source : claim.messages.join(", "),
    author: authorsOf(book, claim).join(", "),
    statement: claim.statement,
    source: claim.source,
    ...(claim.links === undefined || claim.links.length === 0 ? {} : { links: claim.links }),
    word: claim.word,
    said: claim.said ?? null,
    shown: claim.shown ?? null,
    properties: [...new Set(claim.checks.map(({ property }) => property))],
    verdicts: decisive === undefined ? {} : verdictsJson(answers, decisive),
    checks: claim.checks.map((check) => ({
      property: check.property,
      scenario: check.scenario,
      set: check.set ?? [],
      verdicts: verdictsJson(answers, check),
    })),
  };
};

/** What was found of claims: the answers, whether all were given, and the seconds that it took. */
export interface AnswersFound {
  readonly answers: readonly Answer[];
  readonly finished: boolean;
  readonly seconds: number;
}

/** The result of `claims` as data; `verdicts` are those of the first check, which decides the claim. */
export const claimsJson = (
  book: ClaimBook,
  claims: readonly Claim[],
  { answers, finished, seconds }: AnswersFound,
) => ({
  schemaVersion: SCHEMA_VERSION,
  version: version(),
  seconds,
  complete: finished,
  claims: claims.map((claim) => claimJson(book, claim, answers)),
});
