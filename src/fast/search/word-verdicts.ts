import type { StateVerdicts } from "../learn/state-verdicts.ts";
import type { Verdicts } from "../learn/verdicts.ts";
import type { Layout } from "../values/layout.ts";
import { wordSlots, type WordSlots } from "../values/word-slots.ts";

/** Of each component: where what its ids say begins, and how its id is shifted in a word, and its mask. */
const perMember = 3;
/** What single ids say is a bit for each property and answer, at most so many. */
const mostBits = 31;
/** Stands for what is not known from the id alone. */
const open = -1;
/** Stands for what is no verdict. */
const failed = -1;
/** What is said together is found by a hash of so many bits. */
const hashBits = 8;
const slotOf = (said: number): number => Math.imul(said, 0x9e3779b1) >>> (32 - hashBits);

/** A state at which a property failed, and how. */
export interface Misjudged {
  readonly word: number;
  readonly error: unknown;
}

/** What states of one word say where their ids alone say it, each for itself: joined bit by bit. */
export class WordVerdicts<S> {
  /** Where a property failed. */
  misjudged: Misjudged | undefined;
  readonly #looks: StateVerdicts<S>;
  readonly #verdicts: Verdicts;
  readonly #layout: Layout;
  readonly #slots: WordSlots;
  readonly #cells: Int32Array;
  /** What each bit says. */
  readonly #singles: number[] = [];
  /** The verdicts of what was said together last, by its hash. */
  readonly #together = new Int32Array(2 ** hashBits).fill(open);
  readonly #joined = new Int32Array(2 ** hashBits);

  private constructor(looks: StateVerdicts<S>, verdicts: Verdicts, layout: Layout, slots: WordSlots) {
    this.#looks = looks;
    this.#verdicts = verdicts;
    this.#layout = layout;
    this.#slots = slots;
    const { members, first, shift, mask, length } = slots;
    const begin = perMember * members.length;
    this.#cells = new Int32Array(begin + length).fill(open);
    for (const k of members.keys()) this.#cells.set([begin + first[k], shift[k], mask[k]], perMember * k);
  }

  /** Tables for states of a layout; nothing where it does not suit them. */
  static of<S>(looks: StateVerdicts<S>, verdicts: Verdicts, layout: Layout): WordVerdicts<S> | undefined {
    const slots = wordSlots(layout, looks.members);
    return slots && new WordVerdicts(looks, verdicts, layout, slots);
  }

  get bytes(): number {
    return this.#cells.byteLength + 2 * this.#joined.byteLength;
  }

  /**
   * Leaves in `into` the verdict of each of the first `count` states at `places` of `words`; gives for how many, all or
   * those before the first at which a property fails or is hit for the first time.
   */
  find(words: Int32Array, places: Int32Array, count: number, into: Int32Array): number {
    const cells = this.#cells;
    const end = perMember * this.#slots.members.length;
    const together = this.#together;
    const joined = this.#joined;
    for (let i = 0; i < count; i++) {
      const word = words[places[i]];
      let said = 0;
      for (let at = 0; at < end; at += perMember)
        said |= cells[cells[at] + ((word >>> cells[at + 1]) & cells[at + 2])];
      let verdict = 0;
      if (said !== 0) {
        const slot = slotOf(said);
        verdict =
          said !== open && together[slot] === said ? joined[slot] : this.#look(words, places[i], said);
        if (verdict === failed || this.#verdicts.news[verdict] === 1) return i;
      }
      into[i] = verdict;
    }
    return count;
  }

  /** The verdict of the state at a place, whose ids say something together. */
  #look(words: Int32Array, at: number, said: number): number {
    if (said === open) return this.#ask(words, at);
    const slot = slotOf(said);
    this.#together[slot] = said;
    return (this.#joined[slot] = this.#singles.reduce(
      (all, single, bit) => ((said >>> bit) & 1 ? this.#verdicts.join(all, single) : all),
      0,
    ));
  }

  /** The verdict of the state at a place, `failed` where a property fails there. */
  #ask(words: Int32Array, at: number): number {
    try {
      return this.#learn(words, at);
    } catch (error) {
      this.misjudged = { word: words[at], error };
      return failed;
    }
  }

  /** The verdict of the state at a place; its ids are known from then on. */
  #learn(words: Int32Array, at: number): number {
    const looks = this.#looks;
    const verdict = looks.verdict(words, at);
    const { members, shift, mask } = this.#slots;
    for (const [k, member] of members.entries()) {
      const place = (words[at] >>> shift[k]) & mask[k];
      const constant = looks.constant(member, place ^ this.#layout.flip[member]);
      if (constant >= 0) this.#cells[this.#cells[perMember * k] + place] = this.#bits(constant);
    }
    return verdict;
  }

  /** What a verdict says, a bit each; `open` where there are too many bits. */
  #bits(verdict: number): number {
    let bits = 0;
    for (const single of this.#verdicts.singles(verdict)) {
      const known = this.#singles.indexOf(single);
      const bit = known < 0 ? this.#singles.push(single) - 1 : known;
      if (bit >= mostBits) return open;
      bits |= 1 << bit;
    }
    return bits;
  }
}
