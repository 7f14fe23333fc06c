import type { Answer } from "../../catalogue/check-claims.ts";
import type { Claim, ClaimBook } from "../../catalogue/claim.ts";

/** What a thread is given to check claims with others. */
export interface Shared {
  /** The module of the catalogue. */
  readonly catalogue: string;
  readonly claims: readonly string[];
  readonly columns: readonly string[];
  /** Whether all are to stop, then for each model whether a thread has taken it. */
  readonly cells: Int32Array;
}

/** An answer as one thread tells another: its claim, check and column by their places. */
export interface ToldAnswer extends Omit<Answer, "claim" | "check" | "column"> {
  readonly at: readonly [claim: number, check: number, column: number];
}

const STOP = 0;

/** Whether another thread wants all to stop. */
export const stopped = (cells: Int32Array): boolean => Atomics.load(cells, STOP) !== 0;

/** Has all threads stop. */
export const stopAll = (cells: Int32Array): void => void Atomics.store(cells, STOP, 1);

/** Cells for no more models than the checks of some claims under some columns can come to. */
export const cellsFor = (claims: readonly Claim[], { columns }: Pick<ClaimBook, "columns">): Int32Array => {
  const most = columns.length * claims.reduce((sum, { checks }) => sum + checks.length, 0);
  return new Int32Array(new SharedArrayBuffer(4 * (1 + most)));
};

/** Takes one model after the other, unless another thread has taken it. */
export const takenOnce = (cells: Int32Array): (() => boolean) => {
  let model = 0;
  return () => Atomics.compareExchange(cells, ++model, 0, 1) === 0;
};
