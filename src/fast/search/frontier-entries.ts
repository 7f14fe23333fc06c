/** Entries from this one on are not told apart. */
const most = 2 ** 16;
const bits = 10;
const size = 2 ** bits;

/** For each state that is to be expanded, the entry of a list that it was first reached by; 0 where that is not known. */
export class FrontierEntries {
  /** The entries of so many states each; nothing where none is known. */
  readonly #segments: (Uint16Array | undefined)[] = [];
  /** Segments that are not in use any more. */
  readonly #free: Uint16Array[] = [];
  /** The segments before this one are of states that are expanded. */
  #first = 0;
  #made = 0;

  get bytes(): number {
    return this.#made * size * 2;
  }

  /** The entry by which a state was first reached. */
  of(state: number): number {
    const segment = this.#segments[state >>> bits];
    return segment === undefined ? 0 : segment[state & (size - 1)];
  }

  /** Takes down, for `count` states from the one numbered `first` on, the entries at `places`; those before `next` are expanded. */
  append(first: number, next: number, entries: Int32Array, places: Int32Array, count: number): void {
    for (; this.#first < next >>> bits; this.#first++) this.#drop(this.#first);
    for (let i = 0; i < count; i++) {
      const state = first + i;
      const segment = this.#segments[state >>> bits] ?? this.#make(state >>> bits);
      const entry = entries[places[i]];
      segment[state & (size - 1)] = entry < most ? entry : 0;
    }
  }

  #make(number: number): Uint16Array {
    const free = this.#free.pop()?.fill(0);
    if (free === undefined) this.#made++;
    return (this.#segments[number] = free ?? new Uint16Array(size));
  }

  #drop(number: number): void {
    const segment = this.#segments[number];
    this.#segments[number] = undefined;
    if (segment !== undefined) this.#free.push(segment);
  }
}
