import { grown } from "../values/interner.ts";
import type { Layout } from "../values/layout.ts";
import { wordSlotsInContext, type WordSlots } from "../values/word-slots.ts";
import type { StepOutcomes } from "../learn/step-outcomes.ts";
import { mostAsleep, mostSleepy, rankShift, repeated, sideBySide } from "./asleep.ts";
import type { Counts } from "./counts.ts";
import { DecisionTrees } from "./decision-trees.ts";
import { Diamonds } from "./diamonds.ts";
import * as at from "./list-cells.ts";

/** Beyond so many cells no entry has a number. */
const mostUsed = at.perEntry * (2 ** at.entryBits - at.mostEntries);

/**
 * What the steps at home in a component do to a state of one word, for each id of it and each context. The steps of which
 * these say everything, and which change nothing else, are a list of what is xor-ed into the word; the others are to be
 * asked for in their tries. Made from the programs of the ids as these are met, for one layout.
 */
export class DeltaLists<S> implements at.ListCells {
  readonly slots: WordSlots;
  /** All numbers, as in `list-cells.ts`; another array where they became more. */
  cells: Int32Array;
  /** What stands for a step that is to be asked for, in the place of an entry, is its step and this. */
  readonly firstStep: number;
  readonly trees: DecisionTrees;
  readonly #diamonds: Diamonds;
  readonly #steps: number;
  #used: number;
  readonly #rankShift: number;
  /** Where the diamonds are of entries that are too far in their list to have any: nothing is asleep there. */
  readonly #noDiamonds: number;
  readonly #outcomes: StepOutcomes<S>;

  private constructor(outcomes: StepOutcomes<S>, layout: Layout, slots: WordSlots) {
    this.#outcomes = outcomes;
    this.slots = slots;
    this.#steps = outcomes.effects.homes.length;
    this.#rankShift = rankShift(this.#steps);
    this.#used = at.slotsAt + Math.ceil((at.perSlot * slots.length) / at.perEntry) * at.perEntry;
    this.cells = new Int32Array(this.#used + 64 * at.perEntry);
    for (const k of slots.members.keys())
      this.cells.set(
        [
          at.slotsAt + at.perSlot * slots.first[k],
          slots.shift[k],
          slots.mask[k],
          slots.width[k],
          (k % mostSleepy) * mostAsleep,
          k < mostSleepy ? 2 ** mostAsleep - 1 : 0,
        ],
        at.perHome * k,
      );
    this.firstStep = this.reserve(this.#steps * at.perEntry) / at.perEntry;
    for (let step = 0; step < this.#steps; step++)
      this.cells[at.perEntry * (this.firstStep + step) + at.stepOf] = step;
    this.#noDiamonds = this.reserve(2 ** mostAsleep);
    this.#diamonds = new Diamonds(this);
    this.trees = new DecisionTrees(this, outcomes.trie, layout);
  }

  /** Empty lists for states of a layout; nothing where it does not suit them. */
  static of<S>(outcomes: StepOutcomes<S>, layout: Layout): DeltaLists<S> | undefined {
    const homes = [...new Set(outcomes.effects.homes)];
    const slots = homes.length <= at.mostHomes ? wordSlotsInContext(layout, homes) : undefined;
    return slots && new DeltaLists(outcomes, layout, slots);
  }

  /** The bytes of the lists. */
  get bytes(): number {
    return this.cells.byteLength;
  }

  reserve(length: number): number {
    const here = this.#used;
    this.#used += Math.ceil(length / at.perEntry) * at.perEntry;
    if (this.#used > this.cells.length) this.cells = grown(this.cells, this.#used);
    return here;
  }

  /** Makes the list of a component, by its number among those of the places, in a state that has an id at `slot`; gives its head. */
  make(number: number, slot: number, ids: Int32Array): number {
    const { programs, trie } = this.#outcomes;
    const { members, context } = this.slots;
    const member = members[number];
    const known = programs.of(member, ids[member]);
    const program = known === 0 ? this.#outcomes.program(member, ids) : known;
    const entries: (readonly [step: number, outcome: number])[] = [];
    const asked: number[] = [];
    const most = this.#used < mostUsed ? at.mostEntries : 0;
    for (let cell = program + 1; cell <= program + trie.cells[program]; cell += 2) {
      const step = trie.cells[cell];
      const outcome = this.#outcome(step, cell + 1, ids, context.members);
      if (outcome === 0) continue;
      if (entries.length < most && this.#isDelta(outcome)) entries.push([step, outcome]);
      else asked.push(step, cell + 1, 0);
    }
    const first = this.reserve(entries.length * at.perEntry) / at.perEntry;
    entries.forEach(([step, outcome], place) =>
      this.#put(first + place, place, { number, ids, step, outcome }),
    );
    if (asked.length > 0) {
      const asks = this.reserve(asked.length + 1);
      this.cells.set([asked.length / at.perAsked, ...asked], asks);
      this.cells[slot + at.asksOf] = asks;
    }
    const { cells } = this;
    const isSleepy = cells[at.perHome * number + at.sleepyOf] !== 0;
    cells[slot + at.ranksOf] = sideBySide(isSleepy ? entries.map(([step]) => step >>> this.#rankShift) : []);
    const present = 2 ** Math.min(entries.length, mostAsleep) - 1;
    const head =
      (first << (32 - at.entryBits)) |
      (entries.length << 5) |
      (present << 1) |
      (asked.length > 0 ? at.hasAsks : 0);
    cells[slot] = head;
    if (isSleepy) this.#diamonds.add(number, slot);
    return head;
  }

  /** The step of an entry, with the number of a state before it or not. */
  step(item: number): number {
    return this.cells[at.perEntry * (item & (2 ** at.entryBits - 1)) + at.stepOf];
  }

  /** Looks which steps can be asleep by what was made since. */
  look(): void {
    this.#diamonds.look();
  }

  /** Counts the steps of all entries that the states seen had, their verdicts and what was found by them, and begins anew. */
  count({ fired, newStates }: Counts, said: Float64Array): void {
    const { cells } = this;
    const found = (entry: number): void => {
      const cell = at.perEntry * entry;
      newStates[cells[cell + at.stepOf]] += cells[cell + at.foundOf] >>> 0;
      cells[cell + at.foundOf] = 0;
    };
    for (let step = 0; step < this.#steps; step++) found(this.firstStep + step);
    for (let slot = at.slotsAt; slot < at.slotsAt + at.perSlot * this.slots.length; slot += at.perSlot) {
      const seen = cells[slot + at.seenOf] >>> 0;
      if (seen === 0) continue;
      const first = at.firstOf(cells[slot]);
      const end = first + at.entriesOf(cells[slot]);
      for (let entry = first; entry < end; entry++) {
        found(entry);
        fired[cells[at.perEntry * entry + at.stepOf]] += seen;
        const verdict = cells[at.perEntry * entry + at.verdictOf];
        if (verdict !== 0) said[verdict] += seen;
      }
      cells[slot + at.seenOf] = 0;
    }
  }

  /** The outcome of a step where the context says it, 0 where it is not enabled, -1 where it depends on more. */
  #outcome(step: number, cell: number, ids: Int32Array, context: readonly number[]): number {
    const { trie } = this.#outcomes;
    let here = trie.followWithin(cell, ids, context);
    if (here === 0) {
      this.#outcomes.outcome(step, cell, ids);
      here = trie.followWithin(cell, ids, context);
    }
    return here < 0 ? ~here : -1;
  }

  /** Whether an outcome changes its home alone, and hits nothing that was not hit before. */
  #isDelta(outcome: number): boolean {
    const { cells } = this.#outcomes.trie;
    const { news } = this.#outcomes.learned.verdicts;
    return (
      outcome > 0 && cells[outcome + 3] === 0 && cells[outcome + 4] === 0 && news[cells[outcome + 2]] === 0
    );
  }

  /** Writes an entry, the one at `place` of its list. */
  #put(
    entry: number,
    place: number,
    { number, ids, step, outcome }: { number: number; ids: Int32Array; step: number; outcome: number },
  ): void {
    const { slots, cells } = this;
    const { cells: outcomes } = this.#outcomes.trie;
    const home = at.perHome * number;
    const before = 2 ** Math.min(place, mostAsleep) - 1;
    const isLast = cells[home + at.sleepyOf] === 0 ? 1 : 0;
    cells.set(
      [
        (ids[slots.members[number]] ^ outcomes[outcome + 1]) << slots.shift[number],
        repeated(step >>> this.#rankShift),
        this.#noDiamonds,
        cells[home + at.nibbleOf] | (before << 8) | (isLast << 16),
        step,
        outcomes[outcome + 2],
      ],
      at.perEntry * entry,
    );
  }
}
