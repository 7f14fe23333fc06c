import { grown } from "../values/interner.ts";
import type { Layout } from "../values/layout.ts";
import { wordSlots, type WordSlots } from "../values/word-slots.ts";
import type { StepOutcomes } from "../learn/step-outcomes.ts";
import type { Counts } from "./counts.ts";

/** Entries of a list, at most: the others are asked for. */
const mostEntries = 127;
/** Where an entry can be, at most. */
const mostPlaces = 2 ** 23;
/** Each list has this many at least, so that as many can be read unasked. */
const fewest = 2;
/** The step of an entry that is only there to be read. */
const noStep = -1;
/** The home of what is no entry. */
export const none = -1;

/**
 * What the steps at home in a component do to a state of one word, for each id of it. The steps of which the id says
 * everything, and which change nothing else, are a list of what is xor-ed into the word; the others are to be asked for in
 * their tries. Made from the programs of the ids as these are met, for one layout.
 */
export class DeltaLists<S> {
  readonly slots: WordSlots;
  /**
   * For each place of an id its list, 0 where there is none yet: bit 0 says that there are steps to be asked for, 7 bits
   * how many entries there are, the others where they begin.
   */
  readonly heads: Int32Array;
  /** For each place of an id, how many states were expanded that have it, since they were last counted. */
  readonly seen: Uint32Array;
  /** For each place of an id, where its steps to be asked for are in `asked`. */
  readonly asks: Int32Array;
  /** The entries: what is xor-ed into a word. */
  deltas: Int32Array;
  /** The step of each entry. Where there could be one for each step, there is no entry: there stands the step itself. */
  steps: Int32Array;
  /** The component of each entry, by its number among those of the places. */
  homes: Int32Array;
  /** For each entry, how many new states it led to, since they were last counted. */
  found: Uint32Array;
  /** Lists of steps to be asked for: how many, then for each the step and the cell of its trie. */
  asked: Int32Array = new Int32Array(64);
  #verdicts: Int32Array;
  #used: number;
  #askedUsed = 1;
  readonly #layout: Layout;
  readonly #outcomes: StepOutcomes<S>;

  private constructor(outcomes: StepOutcomes<S>, layout: Layout, slots: WordSlots) {
    const steps = outcomes.effects.homes.length;
    this.#outcomes = outcomes;
    this.#layout = layout;
    this.slots = slots;
    this.heads = new Int32Array(slots.length);
    this.seen = new Uint32Array(slots.length);
    this.asks = new Int32Array(slots.length);
    this.#used = steps;
    this.deltas = new Int32Array(steps + 64);
    this.steps = Int32Array.from(this.deltas, (_, i) => (i < steps ? i : 0));
    this.#verdicts = new Int32Array(steps + 64);
    this.found = new Uint32Array(steps + 64);
    this.homes = new Int32Array(steps + 64).fill(none, 0, steps);
  }

  /** Empty lists for states of a layout; nothing where it does not suit them. */
  static of<S>(outcomes: StepOutcomes<S>, layout: Layout): DeltaLists<S> | undefined {
    const slots = wordSlots(layout, [...new Set(outcomes.effects.homes)]);
    return slots && new DeltaLists(outcomes, layout, slots);
  }

  /** The bytes of the lists. */
  get bytes(): number {
    return 4 * (3 * this.slots.length + 5 * this.deltas.length + this.asked.length);
  }

  /** Makes the list of the id of a component (by its number among those of the places) in a state; gives its head. */
  make(number: number, ids: Int32Array): number {
    const { programs, trie } = this.#outcomes;
    const member = this.slots.members[number];
    const known = programs.of(member, ids[member]);
    const program = known === 0 ? this.#outcomes.program(member, ids) : known;
    const asked: number[] = [];
    const first = this.#used;
    for (let at = program + 1; at <= program + trie.cells[program]; at += 2) {
      const step = trie.cells[at];
      const outcome = ~trie.cells[at + 1];
      if (this.#used - first < mostEntries && first < mostPlaces && this.#isDelta(outcome))
        this.#add(number, ids[member], step, outcome);
      else asked.push(step, at + 1);
    }
    const entries = this.#used - first;
    while (this.#used < first + fewest) this.steps[this.#next()] = noStep;
    const slot = this.#slot(number, ids[member]);
    if (asked.length > 0) this.asks[slot] = this.#addAsked(asked);
    return (this.heads[slot] = (first << 8) | (entries << 1) | (asked.length > 0 ? 1 : 0));
  }

  /** Counts the steps of all entries that the states seen had, their verdicts and what was found by them, and begins anew. */
  count({ fired, newStates }: Counts, said: Float64Array): void {
    const { heads, seen, steps, found } = this;
    for (let entry = 0; entry < this.#used; entry++)
      if (found[entry] > 0) newStates[steps[entry]] += found[entry];
    found.fill(0);
    for (let slot = 0; slot < seen.length; slot++) {
      if (seen[slot] === 0) continue;
      const first = heads[slot] >>> 8;
      const end = first + ((heads[slot] >>> 1) & mostEntries);
      for (let entry = first; entry < end; entry++) {
        fired[steps[entry]] += seen[slot];
        if (this.#verdicts[entry] !== 0) said[this.#verdicts[entry]] += seen[slot];
      }
      seen[slot] = 0;
    }
  }

  /** Whether an outcome is known (a cell of no answer gives -1), changes its home alone, and hits nothing that was not hit before. */
  #isDelta(outcome: number): boolean {
    const { cells } = this.#outcomes.trie;
    const { news } = this.#outcomes.learned.verdicts;
    return (
      outcome > 0 && cells[outcome + 3] === 0 && cells[outcome + 4] === 0 && news[cells[outcome + 2]] === 0
    );
  }

  #slot(number: number, id: number): number {
    const { first, members } = this.slots;
    return first[number] + (id ^ this.#layout.flip[members[number]]);
  }

  #add(number: number, id: number, step: number, outcome: number): void {
    const { cells } = this.#outcomes.trie;
    const entry = this.#next();
    this.deltas[entry] = (id ^ cells[outcome + 1]) << this.#layout.shift[this.slots.members[number]];
    this.steps[entry] = step;
    this.homes[entry] = number;
    this.#verdicts[entry] = cells[outcome + 2];
  }

  /** The next entry. */
  #next(): number {
    if (this.#used === this.deltas.length) {
      this.deltas = grown(this.deltas, this.#used + 1);
      this.steps = grown(this.steps, this.#used + 1);
      this.homes = grown(this.homes, this.#used + 1);
      this.#verdicts = grown(this.#verdicts, this.#used + 1);
      const found = new Uint32Array(this.deltas.length);
      found.set(this.found);
      this.found = found;
    }
    return this.#used++;
  }

  #addAsked(asked: readonly number[]): number {
    const at = this.#askedUsed;
    this.#askedUsed += asked.length + 1;
    if (this.#askedUsed > this.asked.length) this.asked = grown(this.asked, this.#askedUsed);
    this.asked.set([asked.length, ...asked], at);
    return at;
  }
}
