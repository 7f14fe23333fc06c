const fewestSlots = 2 ** 10;

/** Rows of numbers, all of one length, each kept once and numbered from 0 in the order found. */
export class Rows {
  count = 0;
  readonly #width: number;
  /** The number of the row in each slot, counted from 1; 0 where the slot is free. */
  #slots = new Int32Array(fewestSlots);
  /** Room for half as many rows as there are slots. */
  #rows: Int32Array;

  constructor(width: number) {
    this.#width = width;
    this.#rows = new Int32Array((fewestSlots / 2) * width);
  }

  /** The number of the row that `from` begins with, which is added if it is new. */
  number(from: ArrayLike<number>): number {
    if (2 * (this.count + 1) > this.#slots.length) this.#grow();
    const slot = this.#find(from, 0);
    if (this.#slots[slot] > 0) return this.#slots[slot] - 1;
    for (let i = 0; i < this.#width; i++) this.#rows[this.count * this.#width + i] = from[i];
    this.#slots[slot] = ++this.count;
    return this.count - 1;
  }

  /** Whether the row that `from` begins with is there. */
  has(from: ArrayLike<number>): boolean {
    return this.#slots[this.#find(from, 0)] > 0;
  }

  /** The slot of the row at `at` of `from`, or the free slot where it belongs. */
  #find(from: ArrayLike<number>, at: number): number {
    const width = this.#width;
    const last = this.#slots.length - 1;
    let hash = 0;
    for (let i = 0; i < width; i++) {
      hash = Math.imul(hash ^ from[at + i], 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    for (let slot = hash & last; ; slot = (slot + 1) & last) {
      const row = this.#slots[slot] - 1;
      if (row < 0) return slot;
      let same = true;
      for (let i = 0; same && i < width; i++) same = this.#rows[row * width + i] === from[at + i];
      if (same) return slot;
    }
  }

  #grow(): void {
    const rows = new Int32Array(this.#rows.length * 2);
    rows.set(this.#rows);
    this.#rows = rows;
    this.#slots = new Int32Array(this.#slots.length * 2);
    for (let row = 0; row < this.count; row++) this.#slots[this.#find(rows, row * this.#width)] = row + 1;
  }
}
