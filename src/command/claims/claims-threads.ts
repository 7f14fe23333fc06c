import { checkClaims, inOrder, type Answer } from "../../catalogue/check-claims.ts";
import type { Claim, ClaimBook, Column } from "../../catalogue/claim.ts";
import type { Catalogue } from "../../catalogue/catalogue.ts";
import { moduleBeside } from "../../module-beside.ts";
import type { Explore, Pulse } from "../../problem/exploration.ts";
import { sharedOut } from "../search/model-threads.ts";
import { placeOf, unlessKept, type ClaimsGiven, type ToldAnswer } from "./claims-given.ts";

/** No fewer models than the checks of some claims under some columns can come to. */
export const mostModels = (claims: readonly Claim[], { columns }: Pick<ClaimBook, "columns">): number =>
  columns.length * claims.reduce((sum, { checks }) => sum + checks.length, 0);

/** How claims are checked on threads. */
export interface OnThreads {
  readonly explore: Explore;
  readonly pulse: Pulse;
  readonly count: number;
  /** Answers that are known: their questions are asked of no thread. */
  readonly kept: readonly Answer[];
}

/** Checks claims as `checkClaims` does, the models shared among this thread and `count - 1` others: the same answers. */
export const checkOnThreads = async (
  { scenarios, module, sizes = {} }: Catalogue & { readonly module: string },
  columns: readonly Column[],
  claims: readonly Claim[],
  { explore, pulse, count, kept }: OnThreads,
): ReturnType<typeof checkClaims> => {
  const given: ClaimsGiven = {
    catalogue: module,
    claims: claims.map(({ id }) => id),
    columns: columns.map(({ name }) => name),
    kept: kept.map(placeOf),
  };
  const worker = moduleBeside(import.meta.url, "claims-worker");
  const models = mostModels(claims, { columns });
  const { mine, others, stop } = await sharedOut<
    ClaimsGiven,
    ToldAnswer,
    Awaited<ReturnType<typeof checkClaims>>
  >({ worker, given, models, count, pulse }, (taking) =>
    checkClaims(scenarios, { columns }, claims, explore, { ...taking, sizes, wants: unlessKept(kept) }),
  );
  const told = others.map(({ at: [claim, check, column], ...rest }): Answer => ({
    ...rest,
    claim: claims[claim],
    check: claims[claim].checks[check],
    column: columns[column],
  }));
  return {
    answers: inOrder([...mine.answers, ...told], { columns }, claims),
    finished: mine.finished && stop === undefined,
  };
};
