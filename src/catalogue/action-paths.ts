/** The fields of the state, as `list state` writes them, that an action or a property touches. */
export interface Touched {
  /** `vcpu[].mode timer[].pending`, one blank between two. */
  readonly reads: string;
  readonly writes: string;
  /** There are too many combinations of values to run it with all: it may touch more. */
  readonly atLeast?: true;
}

/**
 * What actions and properties touch, by name, as it was recorded: each is run with every combination of values that it can
 * tell apart, also with such as no run reaches, so that it touches no more than this.
 */
export interface RecordedPaths {
  readonly actions: Readonly<Record<string, Touched>>;
  readonly properties: Readonly<Record<string, Touched>>;
}
