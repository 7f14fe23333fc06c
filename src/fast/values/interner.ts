import type { ComponentType } from "../../derive/component.ts";
import { digitSizes } from "./leaves.ts";

/** A Map holds at most 2^24 keys; a fuller one is followed by another. */
const keysPerMap = 2 ** 23;

/** What the interners of all types have in common. */
export interface Numbering {
  /** Whether an id was given out that the layout of the states has no room for. */
  outgrown: boolean;
  /** Numbers a value of a type that was not met before. */
  claim: (type: number, codes: readonly number[]) => number;
}

/**
 * Numbers the values of one component type as they are met. The codes of value `id` are spread over columns, one for
 * each base-256 digit of each leaf, so that a trie can look at a single leaf of an id.
 */
export class Interner {
  /** The next id. */
  next = 0;
  /** One more than the largest id that the layout of the states has room for. */
  capacity = Infinity;
  /** How many leaves a value has. */
  readonly width: number;
  readonly #type: number;
  readonly #numbering: Numbering;
  /** Columns of all types; this type's start at `first`. */
  readonly #columns: Int32Array[];
  readonly #first: number;
  readonly #digits: readonly (readonly number[])[];
  /** The first column of each leaf. */
  readonly #starts: readonly number[];
  readonly #maps: Map<number | string, number>[] = [new Map()];
  readonly #key: (codes: readonly number[]) => number | string;

  constructor(type: number, { leaves }: ComponentType, columns: Int32Array[], numbering: Numbering) {
    this.#type = type;
    this.#numbering = numbering;
    this.#columns = columns;
    this.#first = columns.length;
    this.width = leaves.length;
    this.#digits = leaves.map(({ size }) => digitSizes(size));
    this.#starts = this.#digits.map((sizes) => {
      const start = columns.length;
      for (const _ of sizes) columns.push(new Int32Array(16));
      return start;
    });
    const values = leaves.reduce((product, { size }) => product * size, 1);
    this.#key =
      values <= Number.MAX_SAFE_INTEGER
        ? (codes) => codes.reduce((key, code, i) => key * leaves[i].size + code, 0)
        : (codes) => codes.join();
  }

  /** The id of the value with these leaf codes. */
  intern(codes: readonly number[]): number {
    const known = this.find(codes);
    return known >= 0 ? known : this.#numbering.claim(this.#type, codes);
  }

  /** The id of the value with these leaf codes, -1 where it has none yet. */
  find(codes: readonly number[]): number {
    const key = this.#key(codes);
    for (const map of this.#maps) {
      const id = map.get(key);
      if (id !== undefined) return id;
    }
    return -1;
  }

  /** Gives the next id to a value that has none yet. */
  add(codes: readonly number[]): number {
    const id = this.next++;
    if (this.next > this.capacity) this.#numbering.outgrown = true;
    if (this.#maps[0].size === keysPerMap) this.#maps.unshift(new Map());
    this.#maps[0].set(this.#key(codes), id);
    let column = this.#first;
    codes.forEach((code, leaf) => {
      let rest = code;
      for (let left = this.#digits[leaf].length; left > 0; left--, rest = Math.floor(rest / 256)) {
        const digit = left > 1 ? rest % 256 : rest;
        if (this.#columns[column].length <= id) this.#columns[column] = grown(this.#columns[column], id + 1);
        this.#columns[column++][id] = digit;
      }
    });
    return id;
  }

  /** The code of one leaf, by its place in the component, of an id. */
  code(id: number, leaf: number): number {
    const start = this.#starts[leaf];
    return this.#digits[leaf].reduce((sum, _, i) => sum + this.#columns[start + i][id] * 256 ** i, 0);
  }

  /** The leaf codes of an id. */
  codes(id: number): number[] {
    return this.#digits.map((_, leaf) => this.code(id, leaf));
  }
}

/** A copy of `array` with room for `length` elements at least, the new ones 0; at least doubled. */
export const grown = (array: Int32Array, length: number): Int32Array => {
  const larger = new Int32Array(Math.max(length, array.length * 2));
  larger.set(array);
  return larger;
};
