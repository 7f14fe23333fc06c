import type { Answer } from "./answer.ts";

/** A question that is asked of a state and, under new names, of the state under new names. */
export interface RenamedQuestion {
  /** The answer, and all that it depends on. */
  readonly own: () => Answer;
  /** The same under the renaming with a number, in the state under it. */
  readonly renamed: (renaming: number, there: Int32Array) => Answer;
  /**
   * Whether the two answers are the same up to renaming. Leaves of the state that this depends on, beyond what was read,
   * are given to `reads`.
   */
  readonly agree: (renaming: number, own: number, renamed: number, reads: (leaf: number) => void) => boolean;
}

/** Asks questions under all names. */
export interface UnderAllNames {
  /** @throws CheckError when the answers differ. */
  readonly ask: (ids: Int32Array, question: RenamedQuestion) => Answer;
}
