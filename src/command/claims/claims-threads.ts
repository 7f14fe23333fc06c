import { checkClaims, inOrder, type Answer } from "../../catalogue/check-claims.ts";
import type { Claim, ClaimBook, Column } from "../../catalogue/claim.ts";
import type { Catalogue } from "../../catalogue/catalogue.ts";
import { moduleBeside } from "../../module-beside.ts";
import type { Explore, Pulse } from "../../problem/exploration.ts";
import { sharedOut } from "../search/model-threads.ts";

/** What a thread is told to check claims with others. */
export interface ClaimsGiven {
  /** The module of the catalogue. */
  readonly catalogue: string;
  readonly claims: readonly string[];
  readonly columns: readonly string[];
}

/** An answer as one thread tells another: its claim, check and column by their places. */
export interface ToldAnswer extends Omit<Answer, "claim" | "check" | "column"> {
  readonly at: readonly [claim: number, check: number, column: number];
}

/** No fewer models than the checks of some claims under some columns can come to. */
export const mostModels = (claims: readonly Claim[], { columns }: Pick<ClaimBook, "columns">): number =>
  columns.length * claims.reduce((sum, { checks }) => sum + checks.length, 0);

/** Checks claims as `checkClaims` does, the models shared among this thread and `count - 1` others: the same answers. */
export const checkOnThreads = async (
  { scenarios, module }: Catalogue & { readonly module: string },
  columns: readonly Column[],
  claims: readonly Claim[],
  { explore, pulse, count }: { readonly explore: Explore; readonly pulse: Pulse; readonly count: number },
): ReturnType<typeof checkClaims> => {
  const given: ClaimsGiven = {
    catalogue: module,
    claims: claims.map(({ id }) => id),
    columns: columns.map(({ name }) => name),
  };
  const worker = moduleBeside(import.meta.url, "claims-worker");
  const models = mostModels(claims, { columns });
  const { mine, others, stop } = await sharedOut<
    ClaimsGiven,
    ToldAnswer,
    Awaited<ReturnType<typeof checkClaims>>
  >({ worker, given, models, count, pulse }, (taking) =>
    checkClaims(scenarios, { columns }, claims, explore, taking),
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
