import type { StateVerdicts } from "../learn/state-verdicts.ts";
import type { Verdicts } from "../learn/verdicts.ts";
import type { Layout } from "../values/layout.ts";
import { wordSlots, type WordSlots } from "../values/word-slots.ts";

const bits = 6;
/** Stands for a verdict that is not known from the ids alone, and for those that are too many. */
const open = 2 ** bits - 1;

/** What states of one word say where their ids alone say it, each for itself: joined by a table, without a branch. */
export class WordVerdicts<S> {
  readonly #looks: StateVerdicts<S>;
  readonly #verdicts: Verdicts;
  readonly #layout: Layout;
  readonly #slots: WordSlots;
  /** For each place of an id, what all states with it say by its component. */
  readonly #said: Uint8Array;
  /** For each two verdicts, what they say together. */
  readonly #joins = new Uint8Array(2 ** (2 * bits)).fill(open);

  private constructor(looks: StateVerdicts<S>, verdicts: Verdicts, layout: Layout, slots: WordSlots) {
    this.#looks = looks;
    this.#verdicts = verdicts;
    this.#layout = layout;
    this.#slots = slots;
    this.#said = new Uint8Array(slots.length).fill(open);
  }

  /** Tables for states of a layout; nothing where it does not suit them. */
  static of<S>(looks: StateVerdicts<S>, verdicts: Verdicts, layout: Layout): WordVerdicts<S> | undefined {
    const slots = wordSlots(layout, looks.members);
    return slots && new WordVerdicts(looks, verdicts, layout, slots);
  }

  get bytes(): number {
    return this.#said.length + this.#joins.length;
  }

  /**
   * Leaves in `into` the verdict of each of the first `count` states at `places` of `words`; gives for how many, all or
   * those before the first that hits a property for the first time. Throws what a property throws.
   */
  find(words: Int32Array, places: Int32Array, count: number, into: Int32Array): number {
    const { first, shift, mask } = this.#slots;
    const said = this.#said;
    const joins = this.#joins;
    for (let i = 0; i < count; i++) {
      const word = words[places[i]];
      let verdict = 0;
      for (let k = 0; k < first.length; k++)
        verdict = joins[(verdict << bits) | said[first[k] + ((word >>> shift[k]) & mask[k])]];
      if (verdict === open) verdict = this.#learn(words, places[i]);
      const { news } = this.#verdicts;
      if (verdict !== 0 && news[verdict] === 1) return i;
      into[i] = verdict;
    }
    return count;
  }

  /** The verdict of the state at a place; its ids are known from then on. */
  #learn(words: Int32Array, at: number): number {
    const looks = this.#looks;
    const verdict = looks.verdict(words, at);
    const { members, first, shift, mask } = this.#slots;
    let before = 0;
    for (let k = 0; k < members.length; k++) {
      const place = (words[at] >>> shift[k]) & mask[k];
      const constant = looks.constant(members[k], place ^ this.#layout.flip[members[k]]);
      if (constant < 0 || constant >= open) return verdict;
      this.#said[first[k] + place] = constant;
      const joined = this.#verdicts.join(before, constant);
      if (joined >= open) return verdict;
      this.#joins[(before << bits) | constant] = joined;
      before = joined;
    }
    return verdict;
  }
}
