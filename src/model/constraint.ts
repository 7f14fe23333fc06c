/**
 * A state constraint, as TLC's CONSTRAINT: a state that does not satisfy it is kept, counted and judged, but no step is
 * taken from it. A verdict of a search that met such a state says so.
 */
export interface Constraint<S> {
  /** Stable, kebab-case; verdicts name it. */
  readonly id: string;
  /** What it says, in one sentence. */
  readonly statement: string;
  /** Whether the steps from a state are of interest. Reads only. */
  readonly holds: (state: S) => boolean;
}

/** The names of constraints in words: `the constraint short-queue`; of several `the constraints a, b`. */
export const constraintsText = (constraints: readonly { readonly id: string }[]): string =>
  `the constraint${constraints.length === 1 ? "" : "s"} ${constraints.map(({ id }) => id).join(", ")}`;
