import { sharedMemory } from "./store.ts";

/** What the threads of a search do together; each phase ends before the next begins. */
export const phases = {
  /** Find the successors of the chunk's states, slice by slice. */
  expand: 1,
  /** Look the successors up, each thread those it owns. */
  insert: 2,
  /** Store, count and judge the new states. */
  commit: 3,
  /** Make the visited set anew, after the layout changed or threads joined. */
  rebuild: 4,
  /** Write down what was counted. */
  report: 5,
  /** End. */
  end: 6,
} as const;

/** Slices of a chunk, at most. */
export const mostSlices = 64;

const at = {
  go: 0,
  done: 1,
  ready: 2,
  phase: 3,
  from: 4,
  to: 5,
  perSlice: 6,
  slices: 7,
  next: 8,
  states: 9,
  keep: 10,
  parcels: 11,
  special: 12,
  exhausted: 13,
  failed: 14,
  headers: 16,
} as const;
const header = { expanded: 0, successors: 1, dead: 2, producer: 3, fresh: 4, base: 5, cells: 6 } as const;

/** The numbers by which the threads of a search understand each other, in memory that they share. */
export class Control {
  readonly cells: Int32Array;

  constructor(properties: number, cells?: Int32Array) {
    const length = at.headers + mostSlices * header.cells + properties;
    this.cells = cells ?? new Int32Array(sharedMemory(length * 4));
  }

  /** How many phases were begun; a thread waits for the next. */
  get go(): number {
    return Atomics.load(this.cells, at.go);
  }

  /** How many threads have been made ready. */
  get ready(): number {
    return Atomics.load(this.cells, at.ready);
  }

  /** The phase that was begun last. */
  get phase(): number {
    return this.cells[at.phase];
  }

  /** The states of the chunk: from, to (not included), by slice, slices. */
  get chunk(): {
    readonly from: number;
    readonly to: number;
    readonly perSlice: number;
    readonly slices: number;
  } {
    const { cells } = this;
    const [from, to] = [cells[at.from] >>> 0, cells[at.to] >>> 0];
    return { from, to, perSlice: cells[at.perSlice], slices: cells[at.slices] };
  }

  /** How many states are stored. */
  get states(): number {
    return this.cells[at.states] >>> 0;
  }

  /** Whether what was counted of the last chunk counts. */
  get keep(): boolean {
    return this.cells[at.keep] === 1;
  }

  /** How many parcels were sent to each thread. */
  get parcels(): number {
    return Atomics.load(this.cells, at.parcels);
  }

  /** Whether some state or transition of the chunk needs to be looked at in order. */
  get special(): boolean {
    return Atomics.load(this.cells, at.special) === 1;
  }

  /** Whether some thread had no memory for its share of the visited set. */
  get exhausted(): boolean {
    return Atomics.load(this.cells, at.exhausted) === 1;
  }

  /** One more than the first state at whose successors a guard, recipe or property failed in some thread; 0 if none. */
  get failed(): number {
    return Atomics.load(this.cells, at.failed) >>> 0;
  }

  /** Says that this thread is ready. */
  arrive(): void {
    Atomics.add(this.cells, at.ready, 1);
  }

  /** Waits for the phase after the one numbered `seen`. */
  waitForGo(seen: number): void {
    // The notice of a phase may come after a thread was done with it, and then wakes it for nothing.
    while (this.go === seen) Atomics.wait(this.cells, at.go, seen);
  }

  /** Begins a phase. */
  begin(phase: number, states: number): void {
    this.cells[at.phase] = phase;
    this.cells[at.states] = states;
    Atomics.store(this.cells, at.next, 0);
    Atomics.store(this.cells, at.done, 0);
    Atomics.add(this.cells, at.go, 1);
    Atomics.notify(this.cells, at.go);
  }

  /** Says that this thread is done with the phase. */
  finish(): void {
    Atomics.add(this.cells, at.done, 1);
    Atomics.notify(this.cells, at.done);
  }

  /** Waits until `threads` threads are done with the phase, some milliseconds at most; whether they are. */
  waitForDone(threads: number, milliseconds: number): boolean {
    const until = performance.now() + milliseconds;
    for (;;) {
      const done = Atomics.load(this.cells, at.done);
      if (done === threads) return true;
      const left = until - performance.now();
      if (left <= 0) return false;
      Atomics.wait(this.cells, at.done, done, left);
    }
  }

  /** Lays out the states from `from` to `to` in slices. */
  cut(from: number, to: number, perSlice: number): void {
    const slices = Math.ceil((to - from) / perSlice);
    this.cells[at.from] = from;
    this.cells[at.to] = to;
    this.cells[at.perSlice] = perSlice;
    this.cells[at.slices] = slices;
    this.cells[at.special] = 0;
    this.cells[at.exhausted] = 0;
    this.cells.fill(0, at.headers, at.headers + slices * header.cells);
  }

  /** Leaves the first slices of the chunk only. */
  shorten(slices: number): void {
    this.cells[at.slices] = slices;
  }

  /** The next slice that no thread has taken. */
  takeSlice(): number {
    return Atomics.add(this.cells, at.next, 1);
  }

  /** Says how far a slice was expanded, by whom, and how many of its states have no successor. */
  expanded(slice: number, states: number, successors: number, dead: number, producer: number): void {
    const cell = at.headers + slice * header.cells;
    this.cells[cell + header.expanded] = states;
    this.cells[cell + header.successors] = successors;
    this.cells[cell + header.dead] = dead;
    this.cells[cell + header.producer] = producer;
  }

  /** Says where the new states of a slice go in the store. */
  place(slice: number, base: number): void {
    this.cells[at.headers + slice * header.cells + header.base] = base;
  }

  /** Counts new states of a slice. */
  addFresh(slice: number, fresh: number): void {
    Atomics.add(this.cells, at.headers + slice * header.cells + header.fresh, fresh);
  }

  /** What is known of a slice. */
  slice(slice: number): {
    readonly expanded: number;
    readonly successors: number;
    readonly dead: number;
    readonly producer: number;
    readonly fresh: number;
    readonly base: number;
  } {
    const { cells } = this;
    const cell = at.headers + slice * header.cells;
    return {
      expanded: cells[cell + header.expanded],
      successors: cells[cell + header.successors],
      dead: cells[cell + header.dead],
      producer: cells[cell + header.producer],
      fresh: cells[cell + header.fresh],
      base: cells[cell + header.base] >>> 0,
    };
  }

  /** The successors of all slices. */
  get successors(): number {
    let sum = 0;
    for (let slice = 0; slice < this.chunk.slices; slice++) sum += this.slice(slice).successors;
    return sum;
  }

  /** Says that the chunk needs to be looked at in order. */
  isSpecial(): void {
    Atomics.store(this.cells, at.special, 1);
  }

  /** Says that a guard, recipe or property failed at a state: the chunk needs to be looked at in order. */
  hasFailed(state: number): void {
    for (let known = this.failed; known === 0 || known > state + 1; known = this.failed)
      Atomics.compareExchange(this.cells, at.failed, known | 0, (state + 1) | 0);
    this.isSpecial();
  }

  /** Forgets failures: they will be met again. */
  calm(): void {
    Atomics.store(this.cells, at.failed, 0);
  }

  /** Says that there is no memory for this thread's share of the visited set. */
  isExhausted(): void {
    Atomics.store(this.cells, at.exhausted, 1);
  }

  /** Says whether what was counted of the chunk counts. */
  settle(keep: boolean): void {
    this.cells[at.keep] = keep ? 1 : 0;
  }

  /** Says that a parcel was sent to each thread. */
  sent(): void {
    Atomics.add(this.cells, at.parcels, 1);
  }

  /** Says that a property was hit: it is no news any more. */
  hit(place: number): void {
    this.cells[at.headers + mostSlices * header.cells + place] = 1;
  }

  /** Whether a property was hit. */
  wasHit(place: number): boolean {
    return this.cells[at.headers + mostSlices * header.cells + place] === 1;
  }
}
