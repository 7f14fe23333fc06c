import { sharedMemory } from "../values/memory.ts";

/** What the threads of a search do together; each phase ends before the next begins. */
export const phases = {
  /** Expand a chunk of states, slice by slice. */
  expand: 1,
  /** Write down what was counted. */
  report: 2,
  /** End. */
  end: 3,
} as const;

const at = {
  go: 0,
  done: 1,
  ready: 2,
  phase: 3,
  from: 4,
  to: 5,
  perSlice: 6,
  next: 7,
  turn: 8,
  cut: 9,
  states: 10,
  room: 11,
  transitions: 12,
  dead: 13,
  messages: 14,
  failed: 15,
  waiting: 16,
  hits: 17,
} as const;

/** Milliseconds for which a thread waits for others before it looks around. */
const patience = 20;
/** How often a thread looks whether it is its turn before it sleeps: to be woken takes longer than most waits. */
const looks = 2_000;

/** The numbers by which the threads of a search understand each other, in memory that they share. */
export class Control {
  readonly cells: Int32Array;

  constructor(properties: number, cells?: Int32Array) {
    this.cells = cells ?? new Int32Array(sharedMemory((at.hits + properties) * 4));
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

  /** How many states are stored, or have a place. */
  get states(): number {
    return this.cells[at.states] >>> 0;
  }

  set states(states: number) {
    this.cells[at.states] = states;
  }

  /** How many states there may be before the chunk has to be cut. */
  get room(): number {
    return this.cells[at.room] >>> 0;
  }

  /** How many messages were sent to each thread. */
  get messages(): number {
    return Atomics.load(this.cells, at.messages);
  }

  /** One more than the first state at whose successors a guard, recipe or property failed in some thread; 0 if none. */
  get failed(): number {
    return Atomics.load(this.cells, at.failed) >>> 0;
  }

  /** The transitions of the chunk, and its states without a successor. */
  get counted(): { readonly transitions: number; readonly dead: number } {
    const { cells } = this;
    return { transitions: Atomics.load(cells, at.transitions), dead: Atomics.load(cells, at.dead) };
  }

  /** Where the first slice begins and ends that was not taken in full; where the chunk ends, twice, if all were. */
  get left(): { readonly from: number; readonly to: number } {
    return this.slice(Atomics.load(this.cells, at.cut));
  }

  /** Whether some slice was left to the first thread. */
  get wasCut(): boolean {
    return this.left.from < this.cells[at.to] >>> 0;
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
  begin(phase: number): void {
    this.cells[at.phase] = phase;
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
  waitForDone(threads: number): boolean {
    const until = performance.now() + patience;
    for (;;) {
      const done = Atomics.load(this.cells, at.done);
      if (done === threads) return true;
      const left = until - performance.now();
      if (left <= 0) return false;
      Atomics.wait(this.cells, at.done, done, left);
    }
  }

  /** Lays out the states from `from` to `to` in slices; `states` are stored, and there is room for `room`. */
  cut(from: number, to: number, perSlice: number, states: number, room: number): void {
    const { cells } = this;
    cells[at.from] = from;
    cells[at.to] = to;
    cells[at.perSlice] = perSlice;
    cells[at.next] = 0;
    cells[at.turn] = 0;
    cells[at.cut] = Math.ceil((to - from) / perSlice);
    cells[at.states] = states;
    cells[at.room] = Math.min(room, 0xffffffff);
    cells[at.transitions] = 0;
    cells[at.dead] = 0;
    cells[at.failed] = 0;
  }

  /** The states of a slice: from, to (not included). */
  slice(slice: number): { readonly from: number; readonly to: number } {
    const { cells } = this;
    const [first, last] = [cells[at.from] >>> 0, cells[at.to] >>> 0];
    const perSlice = cells[at.perSlice];
    return {
      from: Math.min(last, first + slice * perSlice),
      to: Math.min(last, first + (slice + 1) * perSlice),
    };
  }

  /** The next slice that no thread has taken; -1 where none is left. */
  takeSlice(): number {
    const slice = Atomics.add(this.cells, at.next, 1);
    return this.isCut(slice) ? -1 : slice;
  }

  /** Leaves a slice and all after it to the first thread. */
  cutAt(slice: number): void {
    const { cells } = this;
    for (let cut = Atomics.load(cells, at.cut); slice < cut; cut = Atomics.load(cells, at.cut))
      Atomics.compareExchange(cells, at.cut, cut, slice);
    Atomics.notify(cells, at.turn);
  }

  /** Whether a slice was left to the first thread. */
  isCut(slice: number): boolean {
    return slice >= Atomics.load(this.cells, at.cut);
  }

  /** Whether all slices before this one had their turn, or this one is cut. */
  isTurn(slice: number): boolean {
    return Atomics.load(this.cells, at.turn) === slice || this.isCut(slice);
  }

  /** Waits until all slices before this one had their turn or this one is cut, some milliseconds at most; whether they are. */
  waitForTurn(slice: number): boolean {
    const { cells } = this;
    for (let i = 0; i < looks; i++) if (this.isTurn(slice)) return true;
    Atomics.add(cells, at.waiting, 1);
    const turn = Atomics.load(cells, at.turn);
    if (!this.isTurn(slice)) Atomics.wait(cells, at.turn, turn, patience);
    Atomics.sub(cells, at.waiting, 1);
    return this.isTurn(slice);
  }

  /** Gives the turn to the next slice. */
  pass(slice: number): void {
    Atomics.store(this.cells, at.turn, slice + 1);
    if (Atomics.load(this.cells, at.waiting) > 0) Atomics.notify(this.cells, at.turn);
  }

  /** Counts what a slice has. */
  count(transitions: number, dead: number): void {
    Atomics.add(this.cells, at.transitions, transitions);
    Atomics.add(this.cells, at.dead, dead);
  }

  /** Says that a guard, recipe or property failed at a state. */
  hasFailed(state: number): void {
    for (let known = this.failed; known === 0 || known > state + 1; known = this.failed)
      Atomics.compareExchange(this.cells, at.failed, known | 0, (state + 1) | 0);
  }

  /** Says that a message was sent to each thread. */
  sent(): void {
    Atomics.add(this.cells, at.messages, 1);
  }

  /** Says that a property was hit: it is no news any more. */
  hit(place: number): void {
    this.cells[at.hits + place] = 1;
  }

  /** Whether a property was hit. */
  wasHit(place: number): boolean {
    return this.cells[at.hits + place] === 1;
  }
}
