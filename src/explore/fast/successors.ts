/** A buffer of packed successors, with the parent, the step and the verdict of each transition. */
export class Successors {
  count = 0;
  words: Int32Array;
  readonly parent: Uint32Array;
  readonly step: Int32Array;
  readonly verdict: Int32Array;
  readonly #room: number;

  constructor(room: number, words: number) {
    this.#room = room;
    this.words = new Int32Array(room * words);
    this.parent = new Uint32Array(room);
    this.step = new Int32Array(room);
    this.verdict = new Int32Array(room);
  }

  /** Empties the buffer and makes its states `words` words long. */
  clear(words: number): void {
    this.count = 0;
    if (this.words.length !== this.#room * words) this.words = new Int32Array(this.#room * words);
  }

  /** The bytes of the buffer. */
  get bytes(): number {
    return this.words.byteLength + this.#room * 12;
  }
}
