/** A buffer of packed successors, with the parent, the step and the verdict of each transition. */
export class Successors {
  count = 0;
  words: Int32Array;
  readonly parent: Uint32Array;
  readonly step: Int32Array;
  readonly verdict: Int32Array;
  /** For each successor 1 if it is a new state, otherwise 0, once it was looked up. */
  readonly fresh: Int32Array;
  /** For how many successors there is room. */
  readonly room: number;

  /** Has room for a number of successors, of a number of words each at first. @throws RangeError when there is no memory for it. */
  constructor(room: number, words: number) {
    this.room = room;
    this.words = new Int32Array(room * words);
    this.parent = new Uint32Array(room);
    this.step = new Int32Array(room);
    this.verdict = new Int32Array(room);
    this.fresh = new Int32Array(room);
  }

  /** Empties the buffer and makes its states `words` words long. */
  clear(words: number): void {
    this.count = 0;
    if (this.words.length !== this.room * words) this.words = new Int32Array(this.room * words);
  }

  /** Leaves out those that are not marked as fresh; a state has `length` words. */
  keepFresh(length: number): void {
    const { count, words, parent, step, fresh } = this;
    let to = 0;
    for (let i = 0; i < count; i++) {
      if (fresh[i] === 0) continue;
      if (length === 1) words[to] = words[i];
      else words.copyWithin(to * length, i * length, (i + 1) * length);
      parent[to] = parent[i];
      step[to++] = step[i];
    }
    this.count = to;
  }

  /** The bytes of the buffer. */
  get bytes(): number {
    return this.words.byteLength + this.room * 16;
  }
}
