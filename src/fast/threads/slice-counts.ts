import { fullOf } from "../search/full-counts.ts";
import type { Tally } from "./tally.ts";
import type { Verdicts } from "../learn/verdicts.ts";

/** What one thread counted of a slice, until its turn comes. */
export class SliceCounts {
  transitions = 0;
  /** With symmetry, what the states and transitions stand for. */
  fullStates = 0;
  fullTransitions = 0;
  /** States without a successor. */
  dead = 0;
  /** Whether some verdict is the first to hit a property. */
  news = false;
  /** For each step, how often it was taken. */
  readonly fired: Float64Array;
  readonly #verdicts: Verdicts;
  #said = new Float64Array(64);

  constructor(steps: number, verdicts: Verdicts) {
    this.fired = new Float64Array(steps);
    this.#verdicts = verdicts;
  }

  /** Counts the verdict on a state or transition. */
  said(verdict: number): void {
    const { counts } = this.#verdicts;
    if (verdict >= this.#said.length) {
      const more = new Float64Array(counts.length);
      more.set(this.#said);
      this.#said = more;
    }
    this.#said[verdict]++;
  }

  /** Takes note of a verdict that may hit a property for the first time. */
  look(verdict: number): void {
    if (this.#verdicts.news[verdict] === 1) this.news = true;
  }

  /** Adds everything to what counts. */
  keep(tally: Tally): void {
    const { counts } = this.#verdicts;
    const { fired } = tally;
    tally.full = fullOf([tally.full, { states: this.fullStates, transitions: this.fullTransitions }]);
    for (let step = 0; step < fired.length; step++) fired[step] += this.fired[step];
    for (let verdict = 0; verdict < this.#said.length; verdict++)
      if (this.#said[verdict] > 0) counts[verdict] += this.#said[verdict];
  }

  /** Begins again. */
  clear(): void {
    this.transitions = 0;
    this.fullStates = 0;
    this.fullTransitions = 0;
    this.dead = 0;
    this.news = false;
    this.fired.fill(0);
    this.#said.fill(0);
  }
}
