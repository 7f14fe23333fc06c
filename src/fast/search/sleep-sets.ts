const bits = 10;
/** States of a segment. */
export const perSleepSegment = 2 ** bits;

/** For each state that is to be expanded, which of its steps are asleep; none where that is not known. */
export class SleepSets {
  /** Those of so many states each; nothing where none is known. */
  readonly #segments: (Int32Array | undefined)[] = [];
  /** Segments that are not in use any more. */
  readonly #free: Int32Array[] = [];
  readonly #none = new Int32Array(perSleepSegment);
  /** The segments before this one are of states that are expanded. */
  #first = 0;
  #made = 1;

  get bytes(): number {
    return this.#made * perSleepSegment * 4;
  }

  /** What is asleep in the states of the segment that a state is in. */
  segment(state: number): Int32Array {
    return this.#segments[state >>> bits] ?? this.#none;
  }

  /** Takes down, for `count` states from the one numbered `first` on, what is asleep at `places`; those before `next` are expanded. */
  append(first: number, next: number, asleep: Int32Array, places: Int32Array, count: number): void {
    for (; this.#first < next >>> bits; this.#first++) this.#drop(this.#first);
    for (let from = 0; from < count;) {
      const state = first + from;
      const segment = this.#segments[state >>> bits] ?? this.#make(state >>> bits);
      const within = state & (perSleepSegment - 1);
      const some = Math.min(count - from, perSleepSegment - within);
      for (let i = 0; i < some; i++) segment[within + i] = asleep[places[from + i]];
      from += some;
    }
  }

  #make(number: number): Int32Array {
    const free = this.#free.pop()?.fill(0);
    if (free === undefined) this.#made++;
    return (this.#segments[number] = free ?? new Int32Array(perSleepSegment));
  }

  #drop(number: number): void {
    const segment = this.#segments[number];
    this.#segments[number] = undefined;
    if (segment !== undefined) this.#free.push(segment);
  }
}
