import type { TakenBy } from "../model/fairness.ts";
import type { Path } from "./exploration.ts";

/** The steps out of one state, until those of another are asked for: those that change the state, in the order of their ids. */
export interface Edges {
  count: number;
  readonly step: Int32Array;
  /** The state that each step leads to, -1 where the search did not look at it. */
  readonly to: Int32Array;
}

/**
 * The states that a search has expanded, by number, as liveness is asked of them. Edges are found again by taking the
 * steps again.
 */
export interface StateGraph<S> {
  /** Expanded states: 0 to `states - 1`. */
  readonly states: number;
  /** How many of them were first reached at distance 0, 1, 2, ...; the first level are the start states. */
  readonly levels: readonly number[];
  readonly edges: (id: number) => Edges;
  /** A question about states, ready to be asked of many. */
  readonly ask: (question: (state: S) => boolean) => (id: number) => boolean;
  /** A question about steps, ready to be asked of many: from which state, and the id of the step. */
  readonly askStep: (
    question: (before: S, after: S, taken: TakenBy) => boolean,
  ) => (from: number, step: number) => boolean;
  /** A shortest run to a state. */
  readonly path: (id: number) => Path;
  /** Bytes held to find states again. */
  readonly bytes: number;
}

/** Work that can be interrupted: it yields now and then. */
export type Work<T> = Generator<undefined, T, void>;

/** States looked at between two yields. */
export const PATIENCE = 4096;
