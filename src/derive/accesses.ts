import { loopingError } from "../errors.ts";

/** Reads and writes of fields that one effect may make, where its model does not say how many. */
const MOST = 1_000_000;

/** Counts the reads and writes that an effect makes of its draft, so that one that loops without end is told. */
export class Accesses {
  readonly #most: number;
  #left = 0;

  constructor(most: number = MOST) {
    this.#most = most;
  }

  /** Begins again, with another effect. */
  begin(): void {
    this.#left = this.#most;
  }

  /** Counts a read or write. @throws CheckError `endless` where it is one too many. */
  count(): void {
    if (this.#left-- <= 0) throw loopingError(this.#most);
  }
}
