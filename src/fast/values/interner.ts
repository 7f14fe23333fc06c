import type { ComponentType } from "../../derive/component.ts";
import { digitSizes } from "./leaves.ts";
import { mixed } from "./mixed.ts";

/** What the interners of all types have in common. */
export interface Numbering {
  /** Whether an id was given out that the layout of the states has no room for. */
  outgrown: boolean;
  /** Numbers a value of a type that was not met before. */
  claim: (type: number, codes: Codes) => number;
}

/** The leaf codes of a value. */
export type Codes = ArrayLike<number>;

/** Leaves of a component, by place, each once, with the codes they are set to. */
export type Changes = readonly (readonly [place: number, code: number])[];

/** Places of the table, at least as many for each value: it is at most half full. */
const perValue = 2;

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
  /** Columns of all types. */
  readonly #columns: Int32Array[];
  /** How many columns each leaf has. */
  readonly #digits: readonly number[];
  /** The first column of each leaf. */
  readonly #starts: readonly number[];
  /** One more than the last column, and for each column from the first on the place of its leaf. */
  readonly #end: number;
  readonly #leafOf: readonly number[];
  /** What the code of each leaf is multiplied by in the sum of a value. */
  readonly #factors: Int32Array;
  readonly #patched: Int32Array;
  /** For each id the sum of its codes, each times its factor: that of a value with some other codes follows from it. */
  #sums: Int32Array = new Int32Array(16);
  /** An open-addressed table of ids, each one more than it is, 0 where there is none. */
  #table: Int32Array = new Int32Array(16 * perValue);

  constructor(type: number, { leaves }: ComponentType, columns: Int32Array[], numbering: Numbering) {
    this.#type = type;
    this.#numbering = numbering;
    this.#columns = columns;
    this.width = leaves.length;
    this.#digits = leaves.map(({ size }) => digitSizes(size).length);
    this.#starts = this.#digits.map((digits) => {
      const start = columns.length;
      for (let i = 0; i < digits; i++) columns.push(new Int32Array(16));
      return start;
    });
    this.#end = columns.length;
    this.#leafOf = this.#digits.flatMap((digits, leaf) => Array.from({ length: digits }, () => leaf));
    this.#factors = Int32Array.from(leaves, (_, leaf) => mixed(0, leaf + 1) | 1);
    this.#patched = new Int32Array(this.width);
  }

  /** The bytes of the table in which ids are looked up. */
  get bytes(): number {
    return this.#sums.byteLength + this.#table.byteLength;
  }

  /** The id of the value with these leaf codes. */
  intern(codes: Codes): number {
    const known = this.find(codes);
    return known >= 0 ? known : this.#numbering.claim(this.#type, codes);
  }

  /** The id of the value that has other codes than that of an id in some leaves. */
  patched(id: number, changes: Changes): number {
    let sum = this.#sums[id];
    for (const [place, code] of changes)
      sum = (sum + Math.imul(code - this.code(id, place), this.#factors[place])) | 0;
    const table = this.#table;
    for (let at = placeOf(sum, table); table[at] !== 0; at = (at + 1) & (table.length - 1)) {
      const other = table[at] - 1;
      if (this.#sums[other] === sum && this.#isPatched(other, id, changes)) return other;
    }
    const codes = this.#patched;
    this.read(id, codes);
    for (const [place, code] of changes) codes[place] = code;
    return this.#numbering.claim(this.#type, codes);
  }

  /** The id of the value with these leaf codes, -1 where it has none yet. */
  find(codes: Codes): number {
    const sum = this.#sum(codes);
    const table = this.#table;
    for (let at = placeOf(sum, table); ; at = (at + 1) & (table.length - 1)) {
      const id = table[at] - 1;
      if (id < 0 || (this.#sums[id] === sum && this.#has(id, codes))) return id;
    }
  }

  /** Gives the next id to a value that has none yet. */
  add(codes: Codes): number {
    const id = this.next++;
    if (this.next > this.capacity) this.#numbering.outgrown = true;
    if (this.#sums.length <= id) this.#grow(id + 1);
    this.#sums[id] = this.#sum(codes);
    this.#put(id);
    for (let leaf = 0; leaf < this.width; leaf++) {
      const start = this.#starts[leaf];
      let rest = codes[leaf];
      for (let digit = 0; digit < this.#digits[leaf]; digit++, rest = Math.floor(rest / 256)) {
        const column = start + digit;
        if (this.#columns[column].length <= id) this.#columns[column] = grown(this.#columns[column], id + 1);
        this.#columns[column][id] = digit + 1 < this.#digits[leaf] ? rest % 256 : rest;
      }
    }
    return id;
  }

  /** The code of one leaf, by its place in the component, of an id. */
  code(id: number, leaf: number): number {
    const start = this.#starts[leaf];
    let code = this.#columns[start][id];
    for (let digit = 1, unit = 256; digit < this.#digits[leaf]; digit++, unit *= 256)
      code += this.#columns[start + digit][id] * unit;
    return code;
  }

  /** Puts the leaf codes of an id into an array, from a place on. */
  read(id: number, to: Int32Array, at = 0): void {
    for (let leaf = 0; leaf < this.width; leaf++) to[at + leaf] = this.code(id, leaf);
  }

  /** The leaf codes of an id. */
  codes(id: number): Int32Array {
    const codes = new Int32Array(this.width);
    this.read(id, codes);
    return codes;
  }

  #has(id: number, codes: Codes): boolean {
    for (let leaf = 0; leaf < this.width; leaf++) if (this.code(id, leaf) !== codes[leaf]) return false;
    return true;
  }

  /** Whether a value is that of an id but for some leaves. */
  #isPatched(other: number, id: number, changes: Changes): boolean {
    for (const [place, code] of changes) if (this.code(other, place) !== code) return false;
    const start = this.#end - this.#leafOf.length;
    for (let column = start; column < this.#end; column++) {
      const codes = this.#columns[column];
      if (codes[other] === codes[id]) continue;
      const leaf = this.#leafOf[column - start];
      if (!changes.some(([place]) => place === leaf)) return false;
    }
    return true;
  }

  #sum(codes: Codes): number {
    let sum = 0;
    for (let leaf = 0; leaf < this.width; leaf++)
      sum = (sum + Math.imul(codes[leaf], this.#factors[leaf])) | 0;
    return sum;
  }

  #put(id: number): void {
    const table = this.#table;
    let at = placeOf(this.#sums[id], table);
    while (table[at] !== 0) at = (at + 1) & (table.length - 1);
    table[at] = id + 1;
  }

  #grow(length: number): void {
    this.#sums = grown(this.#sums, length);
    this.#table = new Int32Array(this.#sums.length * perValue);
    for (let id = 0; id < length - 1; id++) this.#put(id);
  }
}

/** Where in a table a sum is looked for first: by the upper bits of its hash, which are the good ones. */
const placeOf = (sum: number, table: Int32Array): number => mixed(0, sum) >>> (Math.clz32(table.length) + 1);

/** A copy of `array` with room for `length` elements at least, the new ones 0; at least doubled. */
export const grown = (array: Int32Array, length: number): Int32Array => {
  const larger = new Int32Array(Math.max(length, array.length * 2));
  larger.set(array);
  return larger;
};
