/**
 * How much of a run is printed: a line a step, with what nobody else sees folded; a line a step, with all that changed;
 * or each step with what is noted of it.
 */
export const TRACE_DETAILS = ["brief", "steps", "full"] as const;
/** One of `TRACE_DETAILS`. */
export type TraceDetail = (typeof TRACE_DETAILS)[number];

/** How a run is printed. */
export interface TraceStyle {
  /** `brief` where it is left out. */
  readonly trace?: TraceDetail;
  /** Columns of the terminal it is printed on, where it is one: wider lanes. A run that goes elsewhere has 75. */
  readonly terminal?: number;
  /** Leaves of the state, by their paths, whose values stand in columns beside the run. */
  readonly watch?: readonly string[];
  /** Whether what matters is in bold and colour besides. */
  readonly colour?: boolean;
}

/** No line is wider than this, unless the terminal is. */
const WIDTH = 75;
/** Wider lines are hard to follow with the eye. */
const WIDEST = 120;

/** The columns that a run printed in this style may take: 75 to 120. */
export const widthOf = ({ terminal = WIDTH }: TraceStyle): number =>
  Math.min(WIDEST, Math.max(WIDTH, terminal - 1));
