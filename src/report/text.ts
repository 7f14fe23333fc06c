import type { Answer } from "../catalogue/check-claims.ts";
import type { ClaimBook } from "../catalogue/claim.ts";
import type { Gated } from "../catalogue/gate.ts";
import type { Outcome, PropertyResult } from "../catalogue/outcome.ts";
import type { Trace } from "../check/trace.ts";
import type { Problem } from "../problem/exploration.ts";
import { claimBrief, claimsSummary } from "./claims-text.ts";
import { counterexample, traceLines } from "./counterexample.ts";
import type { Effort } from "./effort.ts";
import { failureLines } from "./gate-failures.ts";
import { caseLine } from "./case-line.ts";
import { gateLines } from "./gate-report.ts";
import type { TraceStyle } from "./run/trace-style.ts";
import { summary } from "./summary.ts";

const text = (lines: readonly string[]): string => `${lines.join("\n")}\n`;

/**
 * The report of an answer as `explore` prints it: verdicts, counts, and the runs that nobody expected. With an effort it says what the
 * search took.
 */
export const answerText = (outcome: Outcome, effort?: Effort, style: TraceStyle = {}): string =>
  text(summary(outcome, effort, [], style));

/** The run that breaks a property (or witnesses it), as it is pasted into a mail; empty where no run decides it. */
export const violationText = (outcome: Outcome, result: PropertyResult, style: TraceStyle = {}): string =>
  result.evidence === null ? "" : text(counterexample(outcome, result, result.evidence, style));

/** A run, a lane for each actor: one to a deadlock, or any that was replayed. */
export const printedRun = <S>(problem: Problem<S>, trace: Trace<S>, style: TraceStyle = {}): string =>
  text(traceLines(problem, trace, style));

/** The report of a gate as `check` prints it: a line for each case, what came out otherwise, and the sum. */
export const gateText = ({ results, models }: Gated): string =>
  text([
    ...results.map((result) => caseLine(result, false)),
    "",
    ...failureLines(results),
    ...gateLines(results, {
      cases: results.length,
      models,
      scenarios: new Set(results.map(({ scenario }) => scenario)).size,
      looked: results.length,
      shard: null,
      stop: null,
      left: 0,
    }),
  ]);

/** Claims with their verdicts as `claims` prints them. */
export const claimsText = (book: ClaimBook, answers: readonly Answer[], finished = true): string =>
  text([
    ...book.claims
      .filter((claim) => answers.some((answer) => answer.claim === claim))
      .flatMap((claim) => [
        ...claimBrief(
          book,
          claim,
          answers.filter((answer) => answer.claim === claim),
        ),
        "",
      ]),
    ...claimsSummary(answers, finished),
  ]);
