import type { Answer } from "../../catalogue/check-claims.ts";
import type { ClaimQuestion } from "../../catalogue/claim-questions.ts";

/** What a thread is told to check claims with others. */
export interface ClaimsGiven {
  /** The module of the catalogue. */
  readonly catalogue: string;
  readonly claims: readonly string[];
  readonly columns: readonly string[];
  /** The places of what is known already, which nobody is to answer. */
  readonly kept: readonly string[];
}

/** An answer as one thread tells another: its claim, check and column by their places. */
export interface ToldAnswer extends Omit<Answer, "claim" | "check" | "column"> {
  readonly at: readonly [claim: number, check: number, column: number];
}

type Placed = Pick<Answer, "claim" | "check" | "column">;

/** What tells a question, or its answer, from all others: its claim, the place of its check there, and its column. */
export const placeOf = ({ claim, check, column }: Placed): string =>
  [claim.id, claim.checks.indexOf(check), column.name].join(" ");

/** Whether a question is none of those whose places, or answers, are known. */
export const unlessKept = (known: readonly (Placed | string)[]): ((question: ClaimQuestion) => boolean) => {
  const places = new Set(known.map((one) => (typeof one === "string" ? one : placeOf(one))));
  return (question) => !places.has(placeOf(question));
};
