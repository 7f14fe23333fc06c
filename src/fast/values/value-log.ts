import { CheckError } from "../../errors.ts";
import type { Codes, Interner } from "./interner.ts";
import { sharedMemory } from "./memory.ts";

const lock = 0;
const used = 1;
const first = 2;
/** Bytes reserved; the system gives memory as it is written to. */
const bytes = 2 ** 29;
/** A thread that ended while it held the lock would leave the others waiting: milliseconds until they give up. */
const patience = 4_000;

/**
 * The values of all component types in the order in which the threads of a search met them, in memory that they share:
 * each thread numbers them in this order, so that an id means the same in all. An entry is a type and the codes of a value.
 */
export class ValueLog {
  readonly cells: Int32Array;
  /** How far this thread has read. */
  #read = first;

  constructor(cells: Int32Array = new Int32Array(sharedMemory(bytes))) {
    this.cells = cells;
    if (Atomics.load(cells, used) === 0) Atomics.store(cells, used, first);
  }

  /** Numbers what other threads have met since. */
  catchUp(types: readonly Interner[]): void {
    const end = Atomics.load(this.cells, used);
    while (this.#read < end) {
      const interner = types[this.cells[this.#read++]];
      const next = this.#read + interner.width;
      interner.add(this.cells.subarray(this.#read, next));
      this.#read = next;
    }
  }

  /**
   * The id of a value that this thread has not met, whether another has or not.
   * @throws CheckError when the log is full.
   */
  claim(types: readonly Interner[], type: number, codes: Codes): number {
    const { cells } = this;
    const waited = performance.now();
    while (Atomics.compareExchange(cells, lock, 0, 1) !== 0) {
      Atomics.wait(cells, lock, 1, 1);
      if (performance.now() - waited > patience)
        throw new Error("a worker holds the values and does not go on");
    }
    try {
      this.catchUp(types);
      const known = types[type].find(codes);
      if (known >= 0) return known;
      if (this.#read + 1 + codes.length > cells.length) throw full();
      cells[this.#read] = type;
      cells.set(codes, this.#read + 1);
      this.#read += 1 + codes.length;
      Atomics.store(cells, used, this.#read);
      return types[type].add(codes);
    } finally {
      Atomics.store(cells, lock, 0);
      Atomics.notify(cells, lock, 1);
    }
  }

  /** Writes down everything that was numbered before there was a log. */
  begin(types: readonly Interner[]): void {
    types.forEach((interner, type) => {
      for (let id = 0; id < interner.next; id++) {
        const codes = interner.codes(id);
        if (this.#read + 1 + codes.length > this.cells.length) throw full();
        this.cells[this.#read] = type;
        this.cells.set(codes, this.#read + 1);
        this.#read += 1 + codes.length;
      }
    });
    Atomics.store(this.cells, used, this.#read);
  }
}

const full = (): CheckError =>
  new CheckError(
    "limit",
    "the components of the state have more values than workers can share\n  run with --workers 1",
  );
