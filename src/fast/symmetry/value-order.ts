import type { ComponentType } from "../../derive/component.ts";
import type { Interner } from "../values/interner.ts";

/**
 * The order of a component type's values: that of their leaf codes, whatever order they were met in. As many leaves as
 * fit exactly are one number, so that most types take one comparison.
 */
export class ValueOrder {
  /** Numbers kept for each value. */
  readonly width: number;
  keys = new Float64Array(16);
  /** Values with a smaller id have their numbers. */
  known = 0;
  readonly #interner: Interner;
  /** For each leaf, which number it is part of, and how many values it has. */
  readonly #parts: readonly (readonly [part: number, size: number])[];

  constructor({ leaves }: ComponentType, interner: Interner) {
    this.#interner = interner;
    let part = 0;
    let product = 1;
    this.#parts = leaves.map(({ size }) => {
      product *= size;
      if (product > Number.MAX_SAFE_INTEGER) {
        part++;
        product = size;
      }
      return [part, size];
    });
    this.width = part + 1;
  }

  /** Below 0 where the first id's value comes first, above 0 where the second's does, 0 where they are the same. */
  compare(a: number, b: number): number {
    if (a === b) return 0;
    if (a >= this.known || b >= this.known) this.learn();
    const { keys, width } = this;
    for (let i = 0; i < width; i++) {
      const difference = keys[a * width + i] - keys[b * width + i];
      if (difference !== 0) return difference;
    }
    return 0;
  }

  /** Makes the numbers of all values met so far. */
  learn(): void {
    const { next } = this.#interner;
    if (next * this.width > this.keys.length) {
      const keys = new Float64Array(Math.max(next * this.width, this.keys.length * 2));
      keys.set(this.keys);
      this.keys = keys;
    }
    for (let id = this.known; id < next; id++)
      this.#parts.forEach(([part, size], leaf) => {
        const at = id * this.width + part;
        this.keys[at] = this.keys[at] * size + this.#interner.code(id, leaf);
      });
    this.known = next;
  }
}
