import { GrowableCells } from "./growable-cells.ts";
import { hash } from "./hash.ts";
import { ownMemory, type Allocate } from "../values/memory.ts";
import { Table } from "./table.ts";

const fewestSlots = 2 ** 12;
/** What the store can number: a state and its parent have 32 bits. */
const mostStates = 2 ** 32 - 1;
/** Bytes of a table at most: memory that grows where it is can have no more. */
const most = 2 ** 32;
/** How full a table may be. Hashes differ so little in how many states begin like them that this goes for each table. */
const usual = 0.6;
/**
 * How full where there is no memory for larger ones. Where not even a quarter more slots have room, the states that fill
 * the tables up to here take, in the store, what is left.
 */
const tight = 0.85;

/** What is asked of a table: of the states given, which are there or were not; how many were not. */
type Ask = (table: Table, states: Int32Array, count: number, fresh: Int32Array) => number;

/**
 * The visited set: packed states in one table or, where that would take more than 2^32 bytes, in 2, 4, 8, ... of the same
 * number of slots, by the first bits of the hash. A table grows, or becomes two, where it is; a small one is copied.
 */
export class Tables {
  /** The cells of each table; another array whenever they are other cells. */
  cells: readonly Int32Array[];
  #tables: readonly Table[];
  #words: number;
  readonly #allocate: Allocate;
  readonly #mostSlots: (words: number) => number;
  /** The states looked up in one of several tables, where they are in the batch, and what the table answers. */
  #some = new Int32Array(0);
  #places = new Int32Array(0);
  #said = new Int32Array(0);

  /** Takes the cells of tables, all 0 or those of others; a table may become `bytes` bytes, 2^14 or more. */
  constructor(
    words: number,
    cells: readonly Int32Array[],
    { allocate = ownMemory, bytes = most }: { readonly allocate?: Allocate; readonly bytes?: number } = {},
  ) {
    this.cells = cells;
    this.#words = words;
    this.#allocate = allocate;
    this.#mostSlots = (words) => Math.floor(bytes / 4 / words);
    const common = Math.log2(cells.length);
    this.#tables = cells.map((each) => new Table(words, new GrowableCells(each, allocate), common));
  }

  /** Makes tables for `states` states of `words` words. @throws RangeError when there is no memory for them. */
  static of(words: number, states: number, allocate?: Allocate): Tables {
    const tables = new Tables(words, [new Int32Array(0)], allocate && { allocate });
    tables.empty(words, states);
    return tables;
  }

  /** The bytes of new tables for `states` states of `words` words. */
  static bytesFor(states: number, words: number): number {
    return slotsFor(states) * words * 4;
  }

  get bytes(): number {
    return this.#tables.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** How many states fit at a load of 60 %. */
  get room(): number {
    return Math.floor(this.#slots * usual);
  }

  /** How many fit at a load of 85 %, where memory is short. */
  get mostRoom(): number {
    return Math.floor(this.#slots * tight);
  }

  /** The bytes to be allocated before there are `factor` times the slots or, if `states` need it, more. */
  bytesToGrow(states: number, factor: number): number {
    const slots = slotsFor(states, this.#slots, factor);
    return slots === Infinity ? Infinity : this.#bytesFor(slots, this.#words);
  }

  /** The bytes to be allocated before the tables are emptied for `states` states of `words` words. */
  bytesToEmpty(words: number, states: number): number {
    const slots = this.#slotsToHold(words, states);
    return slots === Infinity ? Infinity : this.#bytesFor(slots, words);
  }

  /** Takes all states out, and makes sure of room for `states` states of `words` words. @throws RangeError when there is no memory for them. */
  empty(words: number, states: number): void {
    const slots = this.#slotsToHold(words, states);
    const { number, each } = this.#planned(slots, words);
    const more = Array.from({ length: number - this.#tables.length }, () => this.#memory(each * words));
    this.#words = words;
    this.#take([...this.#tables, ...more.map((memory) => new Table(words, memory))]);
    for (const table of this.#tables) table.empty(words, Math.log2(number), each);
    this.#take(this.#tables);
  }

  /**
   * Makes `factor` times as many slots or, if `states` states need it, more.
   * @throws RangeError when there is no memory for them; what is there is then as it was.
   */
  grow(states: number, factor = 2): void {
    const slots = slotsFor(states, this.#slots, factor);
    const { number, each } = this.#planned(slots, this.#words);
    while (this.#tables.length < number) this.#split();
    for (const table of this.#tables) {
      if (table.slots < each) table.grow(each);
      this.#take(this.#tables);
    }
  }

  /**
   * Puts `count` packed states into the tables, and leaves in `fresh` a 1 for each that was not there, otherwise 0; gives
   * how many were not.
   */
  insert(states: Int32Array, count: number, fresh: Int32Array): number {
    return this.#asked(states, count, fresh, insert);
  }

  /** Leaves in `fresh` a 0 for each of `count` packed states that is known to be there, as a table knows it, otherwise 1. */
  lacks(states: Int32Array, count: number, fresh: Int32Array): void {
    this.#asked(states, count, fresh, lacks);
  }

  #asked(states: Int32Array, count: number, fresh: Int32Array, ask: Ask): number {
    const tables = this.#tables;
    if (tables.length === 1) return ask(tables[0], states, count, fresh);
    const words = this.#words;
    const shift = 32 - Math.log2(tables.length);
    this.#fit(count);
    let more = 0;
    for (const [number, table] of tables.entries()) {
      let some = 0;
      for (let i = 0; i < count; i++) {
        if (hash(states, i * words, words) >>> shift !== number) continue;
        for (let word = 0; word < words; word++) this.#some[some * words + word] = states[i * words + word];
        this.#places[some++] = i;
      }
      more += ask(table, this.#some, some, this.#said);
      for (let i = 0; i < some; i++) fresh[this.#places[i]] = this.#said[i];
    }
    return more;
  }

  /** Makes room for a batch of this number of states. */
  #fit(count: number): void {
    if (this.#said.length < count) {
      this.#said = new Int32Array(count);
      this.#places = new Int32Array(count);
    }
    if (this.#some.length < count * this.#words) this.#some = new Int32Array(count * this.#words);
  }

  /** Makes two of each table; the second as large as the first. @throws RangeError when there is no memory for it; nothing changed then. */
  #split(): void {
    const memories = this.#tables.map(({ slots }) => this.#memory(slots * this.#words));
    this.#take(this.#tables.flatMap((table, i) => [table, table.split(memories[i])]));
  }

  #take(tables: readonly Table[]): void {
    this.#tables = tables;
    this.cells = tables.map(({ cells }) => cells);
  }

  #memory(cells: number): GrowableCells {
    return GrowableCells.of(cells, this.#allocate);
  }

  /** All slots, counted as if each table had the size of the smallest. */
  get #slots(): number {
    return this.#slotsOf(this.#words);
  }

  #slotsOf(words: number): number {
    const cells = this.#tables.reduce((least, { cells }) => Math.min(least, cells.length), Infinity);
    return Math.floor(cells / words) * this.#tables.length;
  }

  #slotsToHold(words: number, states: number): number {
    const slots = this.#slotsOf(words);
    return slots > 0 && states <= Math.floor(slots * tight) ? slots : slotsFor(states, slots);
  }

  /**
   * How many tables hold this number of slots, and how many each: no fewer than now, since none becomes smaller.
   * @throws RangeError when there can be no such tables.
   */
  #planned(slots: number, words: number): { readonly number: number; readonly each: number } {
    if (slots === Infinity) throw new RangeError("no tables have room for that many states");
    let number = this.#tables.length;
    while (slots > number * this.#mostSlots(words)) number *= 2;
    const each = Math.max(Math.ceil(slots / number), this.#slotsOf(words) / this.#tables.length);
    return { number, each };
  }

  #bytesFor(slots: number, words: number): number {
    const { number, each } = this.#planned(slots, words);
    const fresh = (number - this.#tables.length) * each * words * 4;
    const grown = this.#tables.filter(({ cells }) => cells.length < each * words);
    return grown.reduce((sum, table) => sum + table.bytesToGrow(each * words), fresh);
  }
}

const insert: Ask = (table, states, count, fresh) => table.insert(states, count, fresh);

const lacks: Ask = (table, states, count, fresh) => {
  table.lacks(states, count, fresh);
  return 0;
};

/** How many slots there are for `states` states: each time `factor` times as many as before, until they suffice. */
const slotsFor = (states: number, others = 0, factor = 2): number => {
  if (states > mostStates) return Infinity;
  let slots = Math.max(others, fewestSlots / 2);
  do slots = Math.ceil(slots * factor);
  while (states > slots * usual);
  return slots;
};
