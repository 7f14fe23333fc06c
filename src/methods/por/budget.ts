/** What a run of a guard, recipe or property costs, and each leaf that it reads. */
const RUN = 64;
const READ = 8;

/**
 * What may be spent on finding out what steps may do, before a search. It is not counted in seconds, so that the same
 * question is reduced, or not reduced, on every machine; the unit is a look at what is known of a leaf, and ten million of
 * them take about a second.
 */
export class Budget {
  #left: number;
  #sincePause = 0;
  readonly #pauseEvery: number;

  constructor(units: number, pauseEvery: number) {
    this.#left = units;
    this.#pauseEvery = pauseEvery;
  }

  /** Takes note of what was spent. */
  spend(units: number): void {
    this.#left -= units;
    this.#sincePause += units;
  }

  /** Takes note of a run and of how many leaves it read. */
  spendRun(reads: number): void {
    this.spend(RUN + READ * reads);
  }

  /** Whether more was spent than there was. */
  get spent(): boolean {
    return this.#left < 0;
  }

  /** Whether it is time to look whether to go on. */
  get pauseDue(): boolean {
    return this.#sincePause >= this.#pauseEvery;
  }

  /** To be called after that look. */
  goOn(): void {
    this.#sincePause = 0;
  }
}
