import { before, mostSleepy } from "./asleep.ts";
import type { AskedSteps } from "./asked-steps.ts";
import type { DeltaLists } from "./delta-lists.ts";
import * as cell from "./list-cells.ts";
import { perSleepSegment, SleepSets } from "./sleep-sets.ts";
import type { Successors } from "./successors.ts";

/** Successors may be written this far beyond the last of a state, before it is known how many there are. */
export const overhang = 2;

/**
 * Puts the successors of states of one word into a buffer. Most come from lists of what the steps xor into the word; the
 * others are asked for in their tries. They are not in the order of their steps; but of equal successors of a state the
 * first is that of the first step. Left out are successors by entries that are asleep: `asleep.ts` says why they are never
 * new. By which entry a successor came, from which state, and what is asleep in it, is in the cells of the lists.
 */
export class WordExpander<S> {
  /** States of the batch that have no successor. */
  dead: number[] = [];
  /** How many steps were taken in the batch. */
  taken = 0;
  readonly lists: DeltaLists<S>;
  /** The steps of the batch that are in no list; what failed there did so at the state that ended the batch. */
  readonly asked: AskedSteps<S>;
  /** What is asleep in the states that are to be expanded. */
  readonly sleepSets = new SleepSets();
  readonly #out: Successors;
  /** How many successors are queued, and how many of them are in the buffer. */
  #queued = 0;
  #emitted = 0;
  /** The chunk that is being expanded, its first state, and that of the batch. */
  #chunk: Int32Array = new Int32Array(0);
  #base = 0;
  #from = 0;
  /** The state that is being expanded, and where its successors begin. */
  #state = 0;
  #own = 0;

  constructor(lists: DeltaLists<S>, asked: AskedSteps<S>, out: Successors) {
    this.lists = lists;
    this.asked = asked;
    this.#out = out;
  }

  /**
   * Puts the successors of the states from `from` to `end`, all of one chunk that begins with the state `base`, into the
   * buffer, until there are `enough`; gives the first state that it did not expand. It expands none that is to be expanded
   * step by step: where something fails, has no room or is hit for the first time.
   */
  expand(chunk: Int32Array, base: number, from: number, end: number, enough: number): number {
    this.dead = [];
    this.asked.clear();
    this.taken = 0;
    this.#queued = 0;
    this.#emitted = 0;
    this.#chunk = chunk;
    this.#base = base;
    this.#from = from;
    this.lists.look();
    const last = Math.min(end, from + cell.mostStates);
    let state = from;
    for (let to = from; state === to && state < last;) {
      to = Math.min(last, state - (state % perSleepSegment) + perSleepSegment);
      state = this.#queue(state, to, enough);
    }
    this.#emit(this.#queued);
    this.#out.count = this.#queued;
    return state;
  }

  /** Queues the successors of states of one segment of the sleep sets; gives the first that it did not expand. */
  #queue(from: number, end: number, enough: number): number {
    const { slots } = this.lists;
    const { shift: contextShift, mask: contextMask } = slots.context;
    const homes = slots.members.length;
    const chunk = this.#chunk;
    const sleepSets = this.sleepSets.segment(from);
    let { cells } = this.lists;
    let at = from - this.#base;
    let number = from - this.#from;
    let queued = cell.queueAt + this.#queued;
    const full = cell.queueAt + enough;
    let all = 0;
    let state = from;
    for (; state < end && queued < full; state++) {
      const own = queued;
      const word = chunk[at];
      const asleep = sleepSets[state & (perSleepSegment - 1)];
      cells[cell.sleptAt + number] = asleep;
      const inContext = (word >>> contextShift) & contextMask;
      let taken = 0;
      let asks = 0;
      for (let k = 0; k < homes; k++) {
        const home = cell.perHome * k;
        const place =
          ((word >>> cells[home + cell.shiftOf]) & cells[home + cell.maskOf]) +
          (inContext << cells[home + cell.widthOf]);
        const slot = cells[home] + cell.perSlot * place;
        let head = cells[slot];
        if (head === 0) {
          this.asked.begin(chunk, at);
          head = this.asked.makeList(k, slot);
          ({ cells } = this.lists);
          if (head === 0) {
            this.#forget(word, k);
            this.#queued = own - cell.queueAt;
            this.taken += all;
            return state;
          }
        }
        cells[slot + cell.seenOf]++;
        if (k < mostSleepy) cells[cell.ranksAt + cell.perRanks * number + k] = cells[slot + cell.ranksOf];
        const awake =
          (head >>> 1) & ~((asleep >>> cells[home + cell.nibbleOf]) & cells[home + cell.sleepyOf]);
        const item = (number << cell.entryBits) | cell.firstOf(head);
        const count = cell.entriesOf(head);
        cells[queued] = item;
        queued += awake & 1;
        cells[queued] = item + 1;
        queued += (awake >>> 1) & 1;
        for (let i = 2; i < count; i++) {
          cells[queued] = item + i;
          queued += i < 4 ? (awake >>> i) & 1 : 1;
        }
        taken += count;
        asks |= (head & cell.hasAsks) << k;
      }
      if (asks !== 0) {
        this.#state = state;
        this.#own = own - cell.queueAt;
        this.#queued = queued - cell.queueAt;
        const more = this.#ask(asks);
        if (more < 0) {
          this.#forget(word, homes);
          this.#queued = this.#own;
          this.taken += all;
          return state;
        }
        taken += more;
        queued = this.#queued + cell.queueAt;
        ({ cells } = this.lists);
      }
      if (taken === 0) this.dead.push(state);
      all += taken;
      at++;
      number++;
    }
    this.#queued = queued - cell.queueAt;
    this.taken += all;
    return state;
  }

  /** Puts the successors that are queued, as far as `end`, into the buffer. */
  #emit(end: number): void {
    const { cells, slots } = this.lists;
    const sleepy = Math.min(slots.members.length, mostSleepy);
    const chunk = this.#chunk;
    const { words } = this.#out;
    const begin = this.#from - this.#base;
    for (let i = this.#emitted; i < end; i++) {
      const item = cells[cell.queueAt + i];
      const number = item >>> cell.entryBits;
      const entry = cell.perEntry * (item & (2 ** cell.entryBits - 1));
      const rank = cells[entry + cell.rankOf];
      const place = cells[entry + cell.placeOf];
      const slept = cells[cell.sleptAt + number];
      let asleep = slept;
      for (let k = 0; k < sleepy; k++)
        asleep |= before(cells[cell.ranksAt + cell.perRanks * number + k], rank) << (k << 2);
      const set = ((slept >>> place) | (place >>> 8)) & 15;
      const own = cells[cells[entry + cell.diamondsOf] + set];
      words[i] = chunk[begin + number] ^ cells[entry];
      cells[cell.asleepAt + i] = ((asleep & ~(15 << place)) | own) & ((place >>> 16) - 1);
    }
    this.#emitted = end;
  }

  /** Counts the ids of the states between two places of a chunk as not seen. */
  unsee(chunk: Int32Array, from: number, to: number): void {
    for (let at = from; at < to; at++) this.#forget(chunk[at], this.lists.slots.members.length);
  }

  /** Counts the first ids of a state as not seen. */
  #forget(word: number, homes: number): void {
    for (let k = 0; k < homes; k++) this.lists.cells[this.#slot(word, k) + cell.seenOf]--;
  }

  /** Where the numbers are of a component's id in a state. */
  #slot(word: number, k: number): number {
    const { cells, slots } = this.lists;
    const inContext = (word >>> slots.context.shift) & slots.context.mask;
    const place = ((word >>> slots.shift[k]) & slots.mask[k]) + (inContext << slots.width[k]);
    return cells[cell.perHome * k] + cell.perSlot * place;
  }

  /** Appends the successors by the steps to be asked for; gives how many there are, -1 where it cannot. */
  #ask(homes: number): number {
    const { asked } = this;
    const { count, said } = asked;
    const saidCount = said.length;
    const at = this.#state - this.#base;
    asked.begin(this.#chunk, at);
    for (let left = homes; left !== 0; left &= left - 1) {
      const slot = this.#slot(this.#chunk[at], 31 - Math.clz32(left & -left));
      const begin = this.lists.cells[slot + cell.asksOf];
      const end = begin + cell.perAsked * this.lists.cells[begin];
      for (let here = begin + 1; here < end; here += cell.perAsked) {
        const step = this.lists.cells[here];
        const taken = asked.take(step, here);
        if (taken === 1) this.#put(step, asked.after);
        if (taken >= 0) continue;
        asked.keep(count, saidCount);
        return -1;
      }
    }
    return asked.count - count;
  }

  /** Puts a successor into the buffer, after all that are queued: of equal ones of the state, the first is that of the first step. */
  #put(by: number, after: number): void {
    this.#emit(this.#queued);
    const { lists } = this;
    const { cells } = lists;
    const { words } = this.#out;
    const at = this.#queued++;
    this.#emitted = this.#queued;
    const item = ((this.#state - this.#from) << cell.entryBits) | (lists.firstStep + by);
    words[at] = after;
    cells[cell.queueAt + at] = item;
    cells[cell.asleepAt + at] = 0;
    for (let other = this.#own; other < at; other++) {
      const another = cells[cell.queueAt + other];
      if (words[other] !== after || lists.step(another) < by) continue;
      cells[cell.queueAt + at] = another;
      cells[cell.queueAt + other] = item;
      cells[cell.asleepAt + other] = 0;
      return;
    }
  }
}
