/** A stack of integers that grows as it must. */
export class IntStack {
  length = 0;
  #cells = new Int32Array(1024);

  push(n: number): void {
    if (this.length === this.#cells.length) {
      const larger = new Int32Array(this.length * 2);
      larger.set(this.#cells);
      this.#cells = larger;
    }
    this.#cells[this.length++] = n;
  }

  pop(): number {
    return this.#cells[--this.length];
  }

  get top(): number {
    return this.#cells[this.length - 1];
  }

  at(place: number): number {
    return this.#cells[place];
  }

  /** Takes everything from `start` on off the stack; valid until the next push. */
  cut(start: number): Int32Array {
    const cut = this.#cells.subarray(start, this.length);
    this.length = start;
    return cut;
  }
}
