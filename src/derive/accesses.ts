import { loopingError } from "../errors.ts";
import { cutsSoFar } from "./evaluated.ts";

/** Reads and writes of fields that one guard, effect or look at a property may make, where its model does not say how many. */
export const MOST_ACCESSES = 1_000_000;

/** Counts the reads and writes that an effect makes of its draft, or a guard of the state, so that one that loops without end is told. */
export class Accesses {
  readonly #most: number;
  #left = 0;
  #cuts = 0;

  constructor(most: number = MOST_ACCESSES) {
    this.#most = most;
  }

  /** Begins again, with another of them. */
  begin(): void {
    this.#left = this.#most;
    this.#cuts = cutsSoFar();
  }

  /** Counts a read or write. @throws CheckError `endless` where it is one too many. */
  count(): void {
    if (this.#left-- <= 0) this.#end();
  }

  /** Where it was begun again meanwhile, what it did before counts no more. */
  #end(): void {
    if (this.#cuts === cutsSoFar()) throw loopingError(this.#most);
    this.begin();
  }
}
